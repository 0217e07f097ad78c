// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/negotiation.h"

#include <algorithm>
#include <charconv>
#include <system_error>

namespace halfopen {

namespace {

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kBlanks = " \t";
    text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
    return text.substr(0, text.find_last_not_of(kBlanks) + 1);
}

/// A separator in a quoted string is none (RFC 9110, 5.6.4).
std::size_t endOfItem(std::string_view list, char separator) {
    bool quoted = false;
    for (std::size_t at = 0; at < list.size(); ++at) {
        if (quoted && list[at] == '\\')
            ++at;
        else if (list[at] == '"')
            quoted = !quoted;
        else if (!quoted && list[at] == separator)
            return at;
    }
    return list.size();
}

std::string_view unquoted(std::string_view text) {
    const bool quoted = text.size() >= 2 && text.front() == '"' && text.back() == '"';
    return quoted ? text.substr(1, text.size() - 2) : text;
}

/// Takes one item from the front of a list, without the blanks around it.
std::string_view takeItem(std::string_view& list, char separator) {
    const std::size_t end = endOfItem(list, separator);
    const std::string_view item = trimmed(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
    return item;
}

bool isSame(std::string_view one, std::string_view lower) {
    return std::ranges::equal(
        one, lower, [](char a, char b) { return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b; });
}

/// 0 for what is no weight: it is not asked for.
double weightOf(std::string_view text) {
    double weight = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), weight);
    return error == std::errc() && end == text.data() + text.size() && weight <= 1 ? weight : 0;
}

/// One of the types that a client takes.
struct MediaRange {
    std::string_view type;
    std::string_view version; ///< "": any
    double weight = 1;
};

MediaRange mediaRange(std::string_view text) {
    MediaRange range{takeItem(text, ';'), {}};
    while (!text.empty()) {
        std::string_view value = takeItem(text, ';');
        const std::string_view name = takeItem(value, '=');
        if (isSame(name, "q"))
            range.weight = weightOf(trimmed(value));
        else if (isSame(name, "version"))
            range.version = unquoted(trimmed(value));
    }
    return range;
}

} // namespace

Exposition expositionFor(std::string_view accept) {
    double openMetrics = 0;
    double text = 0;
    while (!accept.empty()) {
        const MediaRange range = mediaRange(takeItem(accept, ','));
        if (isSame(range.type, "application/openmetrics-text") && (range.version.empty() || range.version == "1.0.0"))
            openMetrics = std::max(openMetrics, range.weight);
        else if (isSame(range.type, "text/plain"))
            text = std::max(text, range.weight);
    }
    return openMetrics > 0 && openMetrics >= text ? Exposition::OpenMetrics : Exposition::Text;
}

} // namespace halfopen
