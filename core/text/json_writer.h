// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <charconv>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace halfopen {

/// Writes JSON (RFC 8259) from left to right into one buffer, on one line, without a tree: a list of 200,000 sockets is
/// 300 MB of it. Keys are literals of ASCII that need no escape. Any bytes may come as a string: invalid UTF-8 becomes
/// U+FFFD, and what isTrick() is escaped, so that a terminal does not obey it. Whoever calls pairs keys and values.
class JsonWriter {
public:
    JsonWriter() = default;
    JsonWriter(const JsonWriter&) = delete;
    JsonWriter& operator=(const JsonWriter&) = delete;

    /// { ... }: as an element, or as the whole.
    template <class Fill>
    void object(Fill fill) {
        enclosed(room(1), '{', '}', fill);
    }
    template <std::size_t N, class Fill>
    void object(const char (&key)[N], Fill fill) {
        enclosed(member(key, 1), '{', '}', fill);
    }
    template <std::size_t N, class Fill>
    void array(const char (&key)[N], Fill fill) {
        enclosed(member(key, 1), '[', ']', fill);
    }
    template <class Fill>
    void array(Fill fill) {
        enclosed(room(1), '[', ']', fill);
    }

    /// A member of an object. @param value  an integer, bool, string or nullptr
    template <std::size_t N, class Value>
    void put(const char (&key)[N], const Value& value) {
        write(member(key, kMostPlain), value);
    }
    /// null unless `known`.
    template <std::size_t N, class Value>
    void putIf(const char (&key)[N], bool known, const Value& value) {
        char* const at = member(key, kMostPlain);
        known ? write(at, value) : write(at, nullptr);
    }
    /// The same, with a key from a table of names.
    template <class Value>
    void putIf(std::string_view key, bool known, const Value& value) {
        char* at = room(key.size() + 3 + kMostPlain);
        *at++ = '"';
        at = std::copy_n(key.data(), key.size(), at);
        *at++ = '"';
        *at++ = ':';
        known ? write(at, value) : write(at, nullptr);
    }
    /// null where the text is empty.
    template <std::size_t N>
    void putName(const char (&key)[N], std::string_view text) {
        putIf(key, !text.empty(), text);
    }
    /// One of our own words, which needs no escape.
    template <std::size_t N>
    void putWord(const char (&key)[N], std::string_view word) {
        char* at = member(key, word.size() + 3);
        *at++ = '"';
        at = std::copy_n(word.data(), word.size(), at);
        *at++ = '"';
        end(at);
    }
    /// A cookie as the contract has it: "0x1d2".
    template <std::size_t N>
    void putHex(const char (&key)[N], std::uint64_t value) {
        char* at = std::copy_n("\"0x", 3, member(key, kMostPlain));
        at = std::to_chars(at, at + kMostDigits, value, 16).ptr;
        *at++ = '"';
        end(at);
    }
    /// A member whose value is written already.
    template <std::size_t N>
    void putJson(const char (&key)[N], std::string_view json) {
        end(std::copy_n(json.data(), json.size(), member(key, json.size() + 1)));
    }
    /// An element of an array.
    template <class Value>
    void element(const Value& value) {
        write(room(kMostPlain), value);
    }
    /// What is no JSON value of its own, before the next element: a line feed; the head of a longer text. A comma
    /// stands between two elements already.
    void append(std::string_view text) { m_at = std::copy_n(text.data(), text.size(), room(text.size())); }

    std::string_view text() const {
        const auto size = static_cast<std::size_t>(m_at - m_text.get());
        return {m_text.get(), size - (size > 0 && m_at[-1] == ',' ? 1 : 0)};
    }
    /// Empty again; keeps its memory.
    void clear() { m_at = m_text.get(); }

private:
    static constexpr std::size_t kMostDigits = 20;
    static constexpr std::size_t kMostPlain = kMostDigits + 5; ///< of a number, quoted or not, and a word, with a comma

    // Every value is written with the comma that follows it; whatever closes after it takes the comma's place.
    // What is written may be anything to the compiler, this object too: so a member takes one look for room and one
    // note of where it ends.

    /// Room for as many more bytes, at the end.
    char* room(std::size_t bytes) {
        if (static_cast<std::size_t>(m_end - m_at) < bytes)
            grow(bytes);
        return m_at;
    }
    void grow(std::size_t bytes);
    void end(char* at) {
        *at = ',';
        m_at = at + 1;
    }
    /// Writes the key. @return room for as many more bytes behind it
    template <std::size_t N>
    char* member(const char (&key)[N], std::size_t bytes) {
        char* at = room(N + 2 + bytes);
        *at = '"';
        std::memcpy(at + 1, key, N - 1);
        at[N] = '"';
        at[N + 1] = ':';
        return at + N + 2;
    }
    template <class Fill>
    void enclosed(char* at, char open, char close, Fill fill) {
        *at = open;
        m_at = at + 1;
        fill();
        at = room(2);
        if (at[-1] == ',')
            --at;
        *at = close;
        end(at + 1);
    }
    // Each takes room for kMostPlain bytes at the end.
    void write(char* at, std::nullptr_t) { end(std::copy_n("null", 4, at)); }
    void write(char* at, bool value) { end(value ? std::copy_n("true", 4, at) : std::copy_n("false", 5, at)); }
    void write(char* at, const std::string& text) { string(at, text); }
    void write(char* at, const char* text) { string(at, text); }
    void write(char* at, std::string_view text) { string(at, text); }
    template <std::integral Integer>
    void write(char* at, Integer value) {
        if (static_cast<std::uint64_t>(value) < 10) { // most of them
            *at = static_cast<char>('0' + value);
            return end(at + 1);
        }
        end(std::to_chars(at, at + kMostDigits, value).ptr);
    }
    void string(char* at, std::string_view text);
    void escaped(std::string_view text);
    void escape(char32_t code);
    void unit(unsigned value);

    std::unique_ptr<char[]> m_text;
    char* m_at = nullptr;  ///< behind what is written
    char* m_end = nullptr; ///< of the memory
};

/// JSON that another writer made, with escapes for what isTrick() in it; its content stays. @param json  valid
std::string withoutTricks(std::string_view json);

} // namespace halfopen
