// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/filter_values.h"

#include "core/text/parse_time.h"

#include <algorithm>
#include <charconv>
#include <limits>

namespace halfopen::filter {

namespace {

constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

tl::unexpected<FilterError> wrong(FilterProblem problem, const Value& value, std::string expected = {},
                                  std::string suggestion = {}) {
    return tl::unexpected(FilterError{.problem = problem,
                                      .from = value.from,
                                      .to = value.to,
                                      .word = value.text,
                                      .expected = std::move(expected),
                                      .suggestion = std::move(suggestion)});
}

/// Decimal, or hex after 0x.
template <class T>
std::optional<T> whole(std::string_view text) {
    const bool hex = text.starts_with("0x") || text.starts_with("0X");
    if (hex)
        text.remove_prefix(2);
    T number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, hex ? 16 : 10);
    return error == std::errc() && end == text.data() + text.size() && !text.empty() ? std::optional(number)
                                                                                     : std::nullopt;
}

/// A number of bytes: 64k, 1.5M, 2GiB, "2.0 GiB" as cells have it; powers of 1024.
std::optional<std::int64_t> bytes(std::string_view text) {
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
    if (error != std::errc() || !(number >= 0))
        return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    const std::string unit = lowerCase(text);
    constexpr std::string_view kUnits = "bkmgt";
    const bool bare = unit.empty() || unit == "byte" || unit == "bytes" || unit == "\u5b57\u8282";
    const std::size_t power = bare ? 0 : kUnits.find(unit.front());
    if (power == std::string_view::npos ||
        (!bare && unit.size() > 1 && unit.substr(1) != "b" && unit.substr(1) != "ib"))
        return std::nullopt;
    number *= static_cast<double>(std::uint64_t{1} << (10 * power));
    return number < 9e18 ? std::optional(static_cast<std::int64_t>(number)) : std::nullopt;
}

struct UnitRule {
    FilterProblem problem;
    std::string_view bare; ///< unit of a time without one
    std::int64_t microseconds;
};

UnitRule ruleOf(Unit unit) {
    switch (unit) {
    case Unit::Count:
        return {FilterProblem::NotANumber, {}, 0};
    case Unit::Bytes:
    case Unit::BytesPerSecond:
        return {FilterProblem::NotASize, {}, 0};
    case Unit::Milliseconds:
        return {FilterProblem::NotADuration, "s", 1000};
    case Unit::Microseconds:
        return {FilterProblem::NotADuration, "ms", 1};
    case Unit::Seconds:
        return {FilterProblem::NotADuration, "s", 1'000'000};
    }
    return {};
}

std::optional<std::int64_t> quantity(std::string_view text, Unit unit) {
    if (unit == Unit::Count)
        return whole<std::int64_t>(text);
    if (unit == Unit::BytesPerSecond && text.ends_with("/s"))
        text.remove_suffix(2);
    if (unit == Unit::Bytes || unit == Unit::BytesPerSecond)
        return bytes(text);
    const UnitRule rule = ruleOf(unit);
    const auto time = parseTime(lowerCase(text), rule.bare);
    return time ? std::optional<std::int64_t>(time->count() / rule.microseconds) : std::nullopt;
}

struct Interval {
    std::int64_t low = kLeast;
    std::int64_t high = kMost;
};

Interval compared(Compare compare, std::int64_t value) {
    switch (compare) {
    case Compare::Less:
        return {kLeast, value == kLeast ? kLeast : value - 1};
    case Compare::LessEqual:
        return {kLeast, value};
    case Compare::Greater:
        return {value == kMost ? kMost : value + 1, kMost};
    case Compare::GreaterEqual:
        return {value, kMost};
    default:
        return {value, value};
    }
}

/// "1m..5m", "8000-9000": both ends. nullopt: it is no range
template <class Of>
std::optional<Interval> rangeOf(std::string_view text, const Of& of) {
    for (const std::string_view sign : {std::string_view(".."), std::string_view("-")}) {
        const auto at = text.find(sign);
        if (at == std::string_view::npos || at == 0)
            continue;
        const auto low = of(text.substr(0, at));
        const auto high = of(text.substr(at + sign.size()));
        if (low && high)
            return Interval{*low, *high};
    }
    return std::nullopt;
}

Parsed<Interval> intervalOf(const Key& key, Compare compare, const Value& value) {
    const auto of = [&](std::string_view text) { return quantity(text, key.unit); };
    if (const auto number = of(value.text))
        return compared(compare, *number);
    const auto range = rangeOf(value.text, of);
    if (range && !isOrder(compare))
        return *range;
    return wrong(ruleOf(key.unit).problem, value, std::string(key.example));
}

/// What one of the words has, or all that begin with it; nullopt: none
struct Bits {
    std::uint32_t whole = 0;
    std::uint32_t begun = 0;

    void add(std::string_view shown, std::string_view typed, std::uint32_t bits) {
        whole |= shown == typed ? bits : 0;
        begun |= shown.starts_with(typed) ? bits : 0;
    }
    std::uint32_t best() const { return whole != 0 ? whole : begun; }
};

std::uint32_t bitsOf(std::span<const MaskWord> words, std::string_view typed) {
    Bits bits;
    for (const auto& [word, of] : words)
        bits.add(word, typed, of);
    return bits.best();
}

/// As the screen says it; "\u4fdd\u6d3b" stands for several of the language's words, of which each key has its own.
std::uint32_t bitsShown(std::span<const MaskWord> words, std::string_view typed, const FilterNames& names) {
    Bits bits;
    for (const auto& [shown, word] : names.words)
        if (const auto found = std::ranges::find(words, word, &MaskWord::first); found != words.end())
            bits.add(shown, typed, found->second);
    return bits.best();
}

/// "none", as the screen says it too.
bool isNone(const Value& value, const FilterNames& names) {
    const auto isSo = [&](const FilterNames::Alias& alias) {
        return alias.word == "none" && equalsAnyCase(value.text, alias.shown);
    };
    return !value.quoted && (equalsAnyCase(value.text, "none") || std::ranges::any_of(names.words, isSo));
}

/// The first for each of its meanings, with commas between them.
std::string wordsToShow(std::span<const MaskWord> words) {
    std::string all;
    for (std::size_t at = 0; at < words.size(); ++at) {
        if (std::ranges::find(words.first(at), words[at].second, &MaskWord::second) == words.first(at).end())
            (all += all.empty() ? "" : ", ") += words[at].first;
    }
    return all;
}

Parsed<Test> maskTest(const Key& key, const Value& value, const FilterNames& names) {
    const auto words = wordsOf(*key.mask);
    const std::string typed = lowerCase(value.text);
    std::string name = typed;
    if (*key.mask != MaskKey::Keepalive)
        std::ranges::replace(name, '_', '-');
    if (const std::uint32_t bits = bitsOf(words, name); bits != 0 && !name.empty())
        return MaskTest{*key.mask, bits};
    if (const std::uint32_t bits = bitsShown(words, typed, names); bits != 0 && !typed.empty())
        return MaskTest{*key.mask, bits};
    std::vector<std::string_view> all;
    std::ranges::transform(words, std::back_inserter(all), &MaskWord::first);
    const auto near = nearest(name, all);
    return wrong(FilterProblem::NoSuchOption, value, near.empty() ? wordsToShow(words) : std::string(key.example),
                 std::string(near));
}

Parsed<Test> numberTest(const Key& key, Compare compare, const Value& value, const FilterNames& names) {
    if (!isOrder(compare) && !isQuantity(value.text, key.unit)) {
        if (key.mask) {
            auto found = maskTest(key, value, names);
            if (found || !isNone(value, names))
                return found;
        }
        if (isNone(value, names) || equalsAnyCase(value.text, "never"))
            return NoNumberTest{key.number};
    }
    const auto interval = intervalOf(key, compare, value);
    if (!interval)
        return tl::unexpected(interval.error());
    return NumberTest{key.number, interval->low, interval->high};
}

Parsed<Test> pidTest(const Key& key, Compare compare, const Value& value) {
    const auto interval = intervalOf(key, compare, value);
    if (!interval)
        return tl::unexpected(interval.error());
    return PidTest{interval->low, interval->high};
}

Parsed<Test> textTest(const Key& key, Compare compare, const Value& value, const FilterNames& names) {
    const auto digits = whole<std::int64_t>(value.text);
    if (digits && !value.quoted && key.text == TextKey::Process)
        return PidTest{*digits, *digits};
    if (digits && !value.quoted && key.text == TextKey::User)
        return NumberTest{keyNamed("uid")->number, *digits, *digits};
    if (isNone(value, names))
        return TextTest{key.text, TextMatch::Nothing, {}};
    std::string text = lowerCase(value.text);
    if (!value.quoted && text.find_first_of("*?") != std::string::npos)
        return TextTest{key.text, TextMatch::Glob, std::move(text)};
    return TextTest{key.text, compare == Compare::Matches ? TextMatch::Contains : TextMatch::Equals, std::move(text)};
}

Parsed<Test> cookieTest(const Value& value, std::string_view example) {
    std::string_view hex = value.text;
    if (hex.starts_with("0x") || hex.starts_with("0X"))
        hex.remove_prefix(2);
    std::uint64_t cookie = 0;
    const auto [end, error] = std::from_chars(hex.data(), hex.data() + hex.size(), cookie, 16);
    if (error != std::errc() || end != hex.data() + hex.size())
        return wrong(FilterProblem::NotACookie, value, std::string(example));
    return CookieTest{{cookie}};
}

Parsed<Test> stateTest(const Key& key, const Value& value, const FilterNames& names) {
    const Key asMask{
        .name = key.name, .others = {}, .kind = KeyKind::Mask, .example = key.example, .mask = MaskKey::State};
    return maskTest(asMask, value, names);
}

Parsed<Test> markTest(const Key& key, const Value& value, std::vector<KernelQuestion>& questions) {
    const auto slash = value.text.find('/');
    const auto mark = whole<std::uint32_t>(std::string_view(value.text).substr(0, slash));
    const auto mask = slash == std::string::npos ? std::optional(0xffffffffU)
                                                 : whole<std::uint32_t>(std::string_view(value.text).substr(slash + 1));
    if (!mark || !mask)
        return wrong(FilterProblem::NotAMark, value, std::string(key.example));
    return ask({.fact = KernelFact::Mark, .mark = *mark, .mask = *mask}, questions);
}

} // namespace

bool isOrder(Compare compare) {
    return compare >= Compare::Less;
}

FilterProblem missingFor(const Key& key) {
    switch (key.kind) {
    case KeyKind::Port:
        return FilterProblem::MissingPort;
    case KeyKind::Host:
        return FilterProblem::MissingAddress;
    case KeyKind::State:
        return FilterProblem::MissingState;
    case KeyKind::Pid:
        return FilterProblem::MissingNumber;
    case KeyKind::Number:
        return key.unit < Unit::Milliseconds ? FilterProblem::MissingNumber : FilterProblem::MissingDuration;
    default:
        return FilterProblem::MissingValue;
    }
}

bool isOrdered(const Key& key) {
    return key.number != nullptr || key.kind == KeyKind::Port || key.kind == KeyKind::Pid;
}

bool isQuantity(std::string_view text, Unit unit) {
    const auto of = [&](std::string_view part) { return quantity(part, unit); };
    return of(text) || rangeOf(text, of);
}

Test ask(KernelQuestion question, std::vector<KernelQuestion>& questions) {
    auto found = std::ranges::find(questions, question);
    if (found == questions.end())
        found = questions.insert(found, std::move(question));
    return KernelTest{static_cast<std::size_t>(found - questions.begin())};
}

std::vector<Value> valuesOf(const Token& word, std::size_t from) {
    std::vector<Value> values;
    std::size_t begin = from;
    for (std::size_t at = from; at <= word.text.size(); ++at) {
        const bool ends = at == word.text.size() || (word.text[at] == ',' && !word.quoted[at]);
        if (!ends)
            continue;
        if (at > begin)
            values.push_back({word.text.substr(begin, at - begin), word.at[begin], word.at[at],
                              word.quoted.size() > begin && word.quoted[begin]});
        begin = at + 1;
    }
    return values;
}

bool goesOn(Unit unit, std::string_view values, std::string_view next) {
    const std::string_view last = values.substr(values.rfind(',') + 1);
    std::string piece = std::string(last) + ' ';
    for (;;) {
        const std::size_t comma = std::min(next.find(','), next.size());
        if (!isQuantity(piece += next.substr(0, comma), unit))
            return false;
        if (comma == next.size())
            return true;
        next.remove_prefix(comma + 1);
        piece.clear();
    }
}

Parsed<Test> testOf(const Key& key, Compare compare, const Value& value, const FilterNames& names,
                    std::vector<KernelQuestion>& questions) {
    switch (key.kind) {
    case KeyKind::Number:
        return numberTest(key, compare, value, names);
    case KeyKind::Mask:
        return maskTest(key, value, names);
    case KeyKind::Text:
        return textTest(key, compare, value, names);
    case KeyKind::Port:
        return portOf(value, compare, key.side, names, key.example);
    case KeyKind::Host:
        return hostOf(value, key.side, names, key.example).map([](HostTest test) { return Test(std::move(test)); });
    case KeyKind::Pid:
        return pidTest(key, compare, value);
    case KeyKind::Cookie:
        return cookieTest(value, key.example);
    case KeyKind::State:
        return stateTest(key, value, names);
    case KeyKind::Device:
        return DeviceTest{value.text, whole<std::uint32_t>(value.text)};
    case KeyKind::Mark:
        return markTest(key, value, questions);
    case KeyKind::Group:
        return ask({.fact = KernelFact::ControlGroup, .mark = 0, .mask = 0, .group = value.text}, questions);
    }
    return NoneTest{};
}

} // namespace halfopen::filter
