// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/contract/bus_sentence.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace halfopen {
namespace {

constexpr char kGap = '\x1f';
constexpr int kDeepest = 8;             ///< sentences within sentences
constexpr std::size_t kMostParts = 100; ///< whatever says more is not believed

/// Nothing of it divides parts, or lines.
std::string oneLine(std::string line) {
    std::replace_if(
        line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
    return line;
}

void append(std::string& parts, const Sentence& sentence);

void append(std::string& parts, const Sentence::Argument& argument) {
    struct Visitor {
        std::string& parts;
        void operator()(const std::string& text) const { parts += kGap + ('t' + oneLine(text)); }
        void operator()(std::int64_t number) const { parts += kGap + ('n' + std::to_string(number)); }
        void operator()(Errno error) const { parts += kGap + ('e' + std::to_string(error.value)); }
        void operator()(const Sentence& sentence) const {
            parts += kGap;
            append(parts, sentence);
        }
    };
    std::visit(Visitor{parts}, argument.value);
}

void append(std::string& parts, const Sentence& sentence) {
    parts += 's' + oneLine(sentence.english());
    for (const auto& argument : sentence.arguments())
        append(parts, argument);
}

std::vector<std::string_view> split(std::string_view text) {
    std::vector<std::string_view> parts;
    for (;;) {
        const std::size_t end = text.find(kGap);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos)
            return parts;
        text.remove_prefix(end + 1);
    }
}

/// How many arguments follow: the highest place, and those below it.
int placesOf(std::string_view english) {
    int places = 0;
    for (std::size_t at = 0; at + 2 < english.size(); ++at)
        if (english[at] == '{' && english[at + 1] >= '0' && english[at + 1] <= '9' && english[at + 2] == '}')
            places = std::max(places, english[at + 1] - '0' + 1);
    return places;
}

std::optional<std::int64_t> numberFrom(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

using Parts = std::span<const std::string_view>; ///< those that are left

std::string_view take(Parts& parts) {
    const std::string_view first = parts.front();
    parts = parts.subspan(1);
    return first;
}

std::optional<Sentence> takeSentence(Parts& parts, int depth);

std::optional<Sentence::Argument> takeArgument(Parts& parts, int depth) {
    if (parts.empty())
        return std::nullopt;
    if (parts.front().starts_with('s'))
        return takeSentence(parts, depth + 1);
    const std::string_view part = take(parts);
    if (part.starts_with('t'))
        return part.substr(1);
    const auto number = part.empty() ? std::nullopt : numberFrom(part.substr(1));
    if (number && part.starts_with('n'))
        return *number;
    if (number && part.starts_with('e'))
        return Errno{static_cast<int>(*number)};
    return std::nullopt;
}

std::optional<Sentence> takeSentence(Parts& parts, int depth) {
    if (depth > kDeepest || parts.empty() || !parts.front().starts_with('s'))
        return std::nullopt;
    const std::string_view english = take(parts).substr(1);
    std::vector<Sentence::Argument> arguments;
    for (int place = 0; place < placesOf(english); ++place) {
        auto argument = takeArgument(parts, depth);
        if (!argument)
            return std::nullopt;
        arguments.push_back(*std::move(argument));
    }
    return Sentence::received(std::string(english), std::move(arguments));
}

} // namespace

std::string partsOf(const Sentence& sentence) {
    if (sentence.arguments().empty())
        return {};
    std::string parts;
    append(parts, sentence);
    return parts;
}

Sentence sentenceFrom(std::string_view english, std::string_view parts) {
    const std::vector<std::string_view> all = split(parts);
    Parts left = all;
    if (left.size() <= kMostParts)
        if (auto sentence = takeSentence(left, 0); sentence && left.empty())
            return *std::move(sentence);
    return Sentence::received(std::string(english), {});
}

} // namespace halfopen
