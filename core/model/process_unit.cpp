// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/process_unit.h"

#include <fmt/format.h>

#include <algorithm>

namespace halfopen {

namespace {

constexpr std::size_t kIdLength = 64;
constexpr std::size_t kShortId = 12;

} // namespace

bool isContainerId(std::string_view text) {
    return text.size() == kIdLength &&
           std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

std::string describeContainer(const ProcessUnit& unit) {
    if (unit.container.empty())
        return {};
    return fmt::format("{} {}", unit.runtime,
                       isContainerId(unit.container) ? unit.container.substr(0, kShortId) : unit.container);
}

std::string describe(const ProcessUnit& unit) {
    const std::string container = describeContainer(unit);
    if (unit.unit.empty())
        return container;
    return container.empty() ? unit.unit : fmt::format("{} in {}", unit.unit, container);
}

} // namespace halfopen
