// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/filter_words.h"

#include "core/query/filter_keys.h"
#include "core/query/filter_values.h"

#include <algorithm>
#include <charconv>

namespace halfopen::filter {

namespace {

template <class T>
std::optional<T> number(std::string_view text) {
    T value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() && !text.empty() ? std::optional(value)
                                                                                     : std::nullopt;
}

struct Zoned {
    std::optional<IpAddress> address; ///< nullopt: it is none
    std::string zone;
};

/// Source: RFC 4007, section 11: <address>%<zone_id>.
Zoned parseAddress(std::string_view text) {
    if (text.size() >= 2 && text.front() == '[' && text.back() == ']')
        text = text.substr(1, text.size() - 2);
    const std::size_t percent = text.find('%');
    Zoned found{IpAddress::parse(text.substr(0, percent)), {}};
    if (percent != std::string_view::npos)
        found.zone = text.substr(percent + 1);
    if (percent != std::string_view::npos && (found.zone.empty() || !found.address || !found.address->isLinkLocal()))
        found.address.reset();
    return found;
}

/// Whatever the family of the socket: as it is shown.
Test addressTest(Zoned zoned, std::optional<std::uint16_t> port) {
    HostTest test{.side = Side::Either, .prefixes = {}, .zone = std::move(zoned.zone), .port = port};
    if (zoned.address)
        test.prefixes.push_back({*zoned.address, 128, Prefix::Sockets::Any});
    return test;
}

/// "10.0.0.0/8", "2001:db8::/32", "10.1/16"; not "2/6", which a cell shows too.
std::optional<Test> prefixTest(std::string_view word, const FilterNames& names) {
    const auto slash = word.find('/');
    if (slash == std::string_view::npos || word.substr(0, slash).find_first_of(".:") == std::string_view::npos)
        return std::nullopt;
    auto host = hostOf({.text = std::string(word)}, Side::Either, names, {});
    if (!host || host->prefixes.empty())
        return std::nullopt;
    return Test(std::move(*host));
}

std::optional<Test> hostAndPort(std::string_view word) {
    if (word.starts_with("*.")) {
        const auto port = number<std::uint16_t>(word.substr(2));
        return port ? std::optional(addressTest({}, port)) : std::nullopt;
    }
    const auto colon = word.rfind(':');
    if (colon == std::string_view::npos)
        return std::nullopt;
    const auto host = word.substr(0, colon);
    const auto port = number<std::uint16_t>(word.substr(colon + 1));
    Zoned zoned = parseAddress(host);
    if (!port || !(host.empty() || host == "*" || zoned.address))
        return std::nullopt;
    return addressTest(std::move(zoned), port);
}

/// Whether it is `shown`, or one of the words that this is put together of: "probe" of "keepalive-probe", "accepted" of
/// "not accepted yet". Shorter ones than "syn" are in too many.
bool isWordOf(std::string_view word, std::string_view shown) {
    if (word == shown)
        return true;
    const auto ends = [&](std::size_t at) { return at == shown.size() || shown[at] == '-' || shown[at] == ' '; };
    for (std::size_t at = shown.find(word); word.size() > 2 && at != std::string_view::npos;
         at = shown.find(word, at + 1))
        if ((at == 0 || ends(at - 1)) && ends(at + word.size()))
            return true;
    return false;
}

/// The bits of those words that it is, or is a word of.
std::uint32_t bitsOf(MaskKey key, std::string_view word) {
    std::uint32_t bits = 0;
    for (const auto& [name, bit] : wordsOf(key))
        bits |= isWordOf(word, name) ? bit : 0;
    return bits;
}

/// Of this very word.
std::uint32_t bitNamed(MaskKey key, std::string_view word) {
    const auto words = wordsOf(key);
    const auto found = std::ranges::find(words, word, &MaskWord::first);
    return found == words.end() ? 0 : found->second;
}

/// Of those that it begins.
std::uint32_t bitsBegun(MaskKey key, std::string_view word) {
    std::uint32_t bits = 0;
    for (const auto& [name, bit] : wordsOf(key))
        bits |= name.starts_with(word) ? bit : 0;
    return bits;
}

std::string withoutDashes(std::string_view text) {
    std::string left(text);
    std::erase_if(left, [](char c) { return c == '-' || c == '_'; });
    return left;
}

/// States match from their start, as they are shown, and without their dashes ("closewait").
std::uint32_t statesBegun(std::string_view word) {
    std::uint32_t bits = 0;
    const std::string bare = withoutDashes(word);
    for (std::uint32_t state = 0; state <= static_cast<std::uint32_t>(State::Bound); ++state) {
        const std::string shown = lowerCase(toString(static_cast<State>(state)));
        if (shown.starts_with(word) || isWordOf(word, shown) ||
            (bare.size() > 2 && withoutDashes(shown).starts_with(bare)))
            bits |= 1U << state;
    }
    const auto state = parseState(word);
    return bits | (state ? 1U << static_cast<unsigned>(*state) : 0U);
}

std::uint32_t unknownOwners(std::string_view word) {
    std::uint32_t bits = 0;
    for (unsigned why = 1; why <= static_cast<unsigned>(OwnerUnknown::ProcHidden); ++why)
        bits |= isWordOf(word, lowerCase(toString(static_cast<OwnerUnknown>(why)))) ? 1U << why : 0U;
    return bits;
}

/// "7200/75/9", "2/6", "on" as cells have them; other words than numbers and slashes give none.
std::vector<std::int32_t> cellNumbers(std::string_view word) {
    std::vector<std::int32_t> numbers;
    while (!word.empty()) {
        const auto one = word.substr(0, word.find('/'));
        const auto value = number<std::int32_t>(one);
        if (!value || numbers.size() == 3)
            return {};
        numbers.push_back(*value);
        word.remove_prefix(std::min(one.size() + 1, word.size()));
    }
    return numbers.size() > 1 ? numbers : std::vector<std::int32_t>{};
}

/// The words that cells show.
/// @param bits  of a key's words that a word is
void addCells(WordTest& test, std::string_view word, std::uint32_t (*bits)(MaskKey, std::string_view)) {
    test.timers |= bits(MaskKey::Timer, word) & ~1U; // "none" is shown nowhere
    test.next |= bits(MaskKey::Next, word) & ~1U;
    test.givesUp |= bits(MaskKey::GivesUp, word) & ~1U;
    test.keepalive |= bits(MaskKey::Keepalive, word.starts_with('~') ? word.substr(1) : word) &
                      (keepalive::On | keepalive::Off | keepalive::Unknown);
    test.unknownOwner |= unknownOwners(word);
}

/// As the screen says it: whole, or from its start where it is not ASCII (an input method commits word by word).
void addAliases(WordTest& test, const FilterNames& names) {
    const bool ascii = std::ranges::all_of(test.text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    for (const auto& alias : names.words) {
        if (!isWordOf(test.text, alias.shown) && (ascii || !alias.shown.starts_with(test.text)))
            continue;
        addCells(test, alias.word, bitNamed);
        test.states |= bitNamed(MaskKey::State, alias.word);
        test.diagnoses |= bitNamed(MaskKey::Diagnosis, alias.word);
        test.conditions |= bitNamed(MaskKey::Condition, alias.word);
    }
}

Test textTest(std::string_view word, const FilterNames& names) {
    WordTest test{.text = lowerCase(word)};
    test.states = statesBegun(test.text);
    test.diagnoses = bitsBegun(MaskKey::Diagnosis, test.text);
    test.conditions = bitsBegun(MaskKey::Condition, test.text);
    test.cellNumbers = cellNumbers(test.text);
    test.service = names.services.portOf(test.text);
    test.maybeAddress = test.text.find_first_not_of("0123456789abcdef.:*[]") == std::string::npos ||
                        test.text.find_first_of("%]:") != std::string::npos;
    test.sixOnly = test.text.find_first_of("abcdef[]%") != std::string::npos || contains(test.text, "::");
    addCells(test, test.text, bitsOf);
    addAliases(test, names);
    return test;
}

Test oneWord(std::string_view word, bool quoted, const FilterNames& names) {
    if (quoted)
        return textTest(word, names);
    if (Zoned whole = parseAddress(word); whole.address)
        return addressTest(std::move(whole), std::nullopt);
    if (const auto pid = number<std::int32_t>(word))
        return PortOrPidTest{number<std::uint16_t>(word), *pid};
    if (auto test = hostAndPort(word))
        return *std::move(test);
    if (auto test = prefixTest(word, names))
        return *std::move(test);
    return textTest(word, names);
}

} // namespace

std::vector<Test> wordTests(const Token& word, const FilterNames& names) {
    const auto values = valuesOf(word);
    std::vector<Test> tests;
    if (values.size() > 1)
        for (const Value& value : values)
            tests.push_back(oneWord(value.text, value.quoted, names));
    if (values.size() != 1 || values.front().text.size() == word.text.size())
        tests.push_back(oneWord(word.text, word.literal, names)); // a name may have a comma
    else
        tests.push_back(oneWord(values.front().text, values.front().quoted, names));
    return tests;
}

} // namespace halfopen::filter
