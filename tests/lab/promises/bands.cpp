// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/promises/bands.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>

namespace halfopen::promises {

double quantile(std::vector<double> values, double part) {
    if (values.empty())
        return 0;
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(part * static_cast<double>(values.size() - 1))];
}

std::string Bands::toString() const {
    constexpr std::array kFrom = {0.0, 300.0, 1000.0, 3000.0, 10'000.0, 30'000.0, 100'000.0, 1e12};
    auto text = fmt::format("{:24} {:>7} {:>9} {:>9} {:>9} {:>9} {:>10}\n", "time left to the end, s", "ends",
                            "points %", "width ms", "90 % ms", "worst ms", "width/left");
    for (std::size_t i = 0; i + 1 < kFrom.size(); ++i) {
        std::vector<double> widths, parts;
        for (const auto& [timeLeft, width] : m_bands) {
            if (timeLeft < kFrom[i] || timeLeft >= kFrom[i + 1])
                continue;
            widths.push_back(width);
            parts.push_back(width / std::max(timeLeft, 1.0));
        }
        if (widths.empty())
            continue;
        const auto points = std::count(widths.begin(), widths.end(), 0.0);
        const auto range = i + 2 < kFrom.size() ? fmt::format("{} to {}", kFrom[i] / 1000, kFrom[i + 1] / 1000)
                                                : fmt::format("{} and more", kFrom[i] / 1000);
        text += fmt::format("{:24} {:7} {:9.0f} {:9.0f} {:9.0f} {:9.0f} {:10.2f}\n", range, widths.size(),
                            100.0 * static_cast<double>(points) / static_cast<double>(widths.size()),
                            quantile(widths, 0.5), quantile(widths, 0.9), quantile(widths, 1), quantile(parts, 0.5));
    }
    return text;
}

} // namespace halfopen::promises
