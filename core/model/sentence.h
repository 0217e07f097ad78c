// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <concepts>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

/// For lupdate alone, which takes it for Q_DECLARE_TR_FUNCTIONS (ui/look/CMakeLists.txt): the context of the
/// translations.
#define HALFOPEN_TRANSLATIONS(context)

namespace halfopen {

/// An error number of errno(3), said in the reader's language.
struct Errno {
    int value = 0;
    bool operator==(const Errno&) const = default;
};

/// A cookie as in the terminal: 0x1d2.
struct Hex {
    std::uint64_t value = 0;
};

/// The English of a sentence with places {0}, {1}, ... for what it is said of. Only a literal becomes one, and only if
/// it names each of its places and no other: anything else does not compile.
template <std::size_t Places>
class Template {
public:
    consteval Template(const char* english) // NOLINT(google-explicit-constructor): written as a plain literal
        : m_english(english) {
        std::uint32_t named = 0;
        for (const char* at = english; *at != '\0'; ++at)
            if (*at == '{')
                named |= 1U << placeAt(at);
        if (named != (1U << Places) - 1)
            throw "a place of the sentence has no argument, or an argument no place";
    }
    constexpr std::string_view english() const { return m_english; }
    constexpr operator std::string_view() const { return m_english; } // NOLINT(google-explicit-constructor)

private:
    static consteval unsigned placeAt(const char* brace) {
        if (brace[1] < '0' || brace[1] > '9' || brace[2] != '}')
            throw "a place is written {0} to {9}";
        return static_cast<unsigned>(brace[1] - '0');
    }

    std::string_view m_english;
};

/// Something said to a person: which sentence (its English is its identity, as with gettext), and what of. It is put
/// into words where it is shown: by a Language in the terminal, translated() (ui/look) in the window, inEnglish() in
/// the log and in JSON.
class Sentence {
    HALFOPEN_TRANSLATIONS(Core)
public:
    struct Argument;

    Sentence() = default; ///< nothing is said

    /// @param arguments  names, paths, numbers, Errno, or sentences; never a literal: words belong into sentences
    template <class... Arguments>
    static Sentence tr(Template<sizeof...(Arguments)> english, Arguments&&... arguments);

    /// Only marks it for the translators: for tables, from which tr() or word() makes a sentence.
    static consteval Template<0> mark(Template<0> english) { return english; }
    /// Of what was marked where it stands, such as the words of an enumeration.
    static Sentence word(std::string_view marked);

    /// One that came over the bus: of this program's sentences, or of another version's.
    static Sentence received(std::string english, std::vector<Argument> arguments);

    const std::string& english() const { return m_english; }
    const std::vector<Argument>& arguments() const { return m_arguments; }
    bool empty() const { return m_english.empty(); }
    bool operator==(const Sentence& other) const;

private:
    std::string m_english;
    std::vector<Argument> m_arguments;
};

struct Sentence::Argument {
    std::variant<std::string, std::int64_t, Errno, Sentence> value;

    Argument(std::string text) // NOLINT(google-explicit-constructor): as all of these
        : value(std::move(text)) {}
    Argument(std::string_view text)
        : value(std::string(text)) {}
    Argument(const char* text)
        : value(std::string(text)) {}
    template <std::integral Number>
    requires(!std::same_as<Number, bool> && !std::same_as<Number, char>) Argument(Number number)
        : value(static_cast<std::int64_t>(number)) {}
    Argument(Hex number);
    Argument(Errno error)
        : value(error) {}
    Argument(Sentence sentence)
        : value(std::move(sentence)) {}

    bool operator==(const Argument& other) const;
};

template <class... Arguments>
Sentence Sentence::tr(Template<sizeof...(Arguments)> english, Arguments&&... arguments) {
    static_assert((!std::is_array_v<std::remove_reference_t<Arguments>> && ...),
                  "a literal as an argument would never be translated");
    Sentence sentence;
    sentence.m_english = english.english();
    sentence.m_arguments.reserve(sizeof...(Arguments));
    (sentence.m_arguments.emplace_back(std::forward<Arguments>(arguments)), ...);
    return sentence;
}

/// One sentence after the other. An empty one is left out.
Sentence operator+(const Sentence& first, const Sentence& second);
/// "a, b, c". Empty ones are left out.
Sentence listOf(const std::vector<Sentence>& parts);
/// "a; b; c".
Sentence clausesOf(const std::vector<Sentence>& parts);

/// @param translate  from the English of a sentence, with its places, to that of the reader's language
std::string inWords(const Sentence& sentence, const std::function<std::string(const std::string&)>& translate);

std::string inEnglish(const Sentence& sentence);

/// The language of who reads a text that is made for people. What a program reads is English.
class Language {
public:
    /// From the English of a sentence, with its places, to that of the language; the English itself where it has none.
    using Translate = std::string_view (*)(std::string_view english);

    constexpr Language() = default; ///< English
    constexpr explicit Language(Translate translate)
        : m_translate(translate) {}

    std::string operator()(const Sentence& sentence) const;
    /// One that was marked, without an allocation.
    std::string_view word(std::string_view marked) const { return m_translate ? m_translate(marked) : marked; }

private:
    Translate m_translate = nullptr;
};
inline constexpr Language kEnglish;

} // namespace halfopen

#ifdef HALFOPEN_LUPDATE // never; lupdate, which loses the namespace in functions that return something of std, reads on
using halfopen::Sentence;
#endif
