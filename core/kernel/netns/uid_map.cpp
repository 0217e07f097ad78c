// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/netns/uid_map.h"

#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

namespace halfopen {

UidMap UidMap::parse(std::string_view text) {
    UidMap map;
    std::istringstream lines{std::string(text)};
    for (Range range; lines >> range.inside >> range.outside >> range.count;)
        map.m_ranges.push_back(range);
    return map;
}

UidMap UidMap::of(std::int32_t pid) {
    std::ifstream file(fmt::format("/proc/{}/uid_map", pid));
    return parse(std::string(std::istreambuf_iterator<char>(file), {}));
}

std::uint32_t UidMap::outside(std::uint32_t inside) const {
    constexpr std::uint32_t kNobody = 65534;
    if (m_ranges.empty())
        return inside;
    for (const Range& range : m_ranges)
        if (inside - range.inside < range.count)
            return range.outside + (inside - range.inside);
    return kNobody;
}

} // namespace halfopen
