// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/parse_time.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

namespace halfopen {

namespace {

std::optional<double> unitMicroseconds(std::string_view unit) {
    static constexpr std::array<std::pair<std::string_view, double>, 26> kUnits{{{"us", 1},
                                                                                 {"\u00b5s", 1},
                                                                                 {"\u03bcs", 1},
                                                                                 {"\u5fae\u79d2", 1},
                                                                                 {"ms", 1e3},
                                                                                 {"\u6beb\u79d2", 1e3},
                                                                                 {"s", 1e6},
                                                                                 {"sec", 1e6},
                                                                                 {"second", 1e6},
                                                                                 {"seconds", 1e6},
                                                                                 {"\u79d2", 1e6},
                                                                                 {"m", 6e7},
                                                                                 {"min", 6e7},
                                                                                 {"minute", 6e7},
                                                                                 {"minutes", 6e7},
                                                                                 {"\u5206", 6e7},
                                                                                 {"\u5206\u949f", 6e7},
                                                                                 {"h", 36e8},
                                                                                 {"hour", 36e8},
                                                                                 {"hours", 36e8},
                                                                                 {"\u65f6", 36e8},
                                                                                 {"\u5c0f\u65f6", 36e8},
                                                                                 {"d", 864e8},
                                                                                 {"day", 864e8},
                                                                                 {"days", 864e8},
                                                                                 {"\u5929", 864e8}}};
    const auto* found = std::ranges::find(kUnits, unit, &std::pair<std::string_view, double>::first);
    return found == kUnits.end() ? std::nullopt : std::optional(found->second);
}

/// @return whether there was one
bool skipBlank(std::string_view& text) {
    const std::size_t length = std::min(text.find_first_not_of(' '), text.size());
    text.remove_prefix(length);
    return length > 0;
}

struct Term {
    double value;
    double unit; ///< microseconds
};

/// Takes one "1.5h" or "1.5 h" off the front of text.
std::optional<Term> takeTerm(std::string_view& text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
    if (error != std::errc() || !(value >= 0))
        return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    skipBlank(text);
    const std::size_t unitEnd = std::min(text.find_first_of("0123456789. "), text.size());
    const auto unit = unitMicroseconds(text.substr(0, unitEnd));
    text.remove_prefix(unitEnd);
    return unit ? std::optional(Term{value, *unit}) : std::nullopt;
}

} // namespace

std::optional<std::chrono::microseconds> parseTime(std::string_view text, std::string_view bareUnit) {
    constexpr double kLongest = 100.0 * 365 * 864e8;
    if (text.empty())
        return std::nullopt;
    std::string whole(text);
    if (text.find_first_not_of("0123456789.") == std::string_view::npos)
        whole += bareUnit;
    std::string_view rest = whole;
    double total = 0;
    double before = std::numeric_limits<double>::max();
    while (!rest.empty()) {
        const bool apart = skipBlank(rest);
        const auto term = takeTerm(rest);
        if (!term || (apart && term->unit >= before)) // "10m 5m" are two
            return std::nullopt;
        total += term->value * term->unit;
        before = term->unit;
    }
    if (total > kLongest)
        return std::nullopt;
    return std::chrono::microseconds(std::llround(total));
}

} // namespace halfopen
