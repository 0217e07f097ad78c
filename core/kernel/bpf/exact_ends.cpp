// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/bpf/exact_ends.h"

#include <algorithm>
#include <utility>

namespace halfopen {

std::array<int, ExactEnds::kDescriptors> ExactEnds::descriptors() const {
    std::array<int, kDescriptors> all{ring.get(), lost.get()};
    std::ranges::transform(links, all.begin() + 2, &UniqueFd::get);
    return all;
}

std::optional<ExactEnds> ExactEnds::from(std::span<UniqueFd> descriptors, std::uint64_t netns) {
    if (descriptors.size() != kDescriptors || std::ranges::any_of(descriptors, [](const UniqueFd& fd) { return !fd; }))
        return std::nullopt;
    ExactEnds ends{.ring = std::move(descriptors[0]), .lost = std::move(descriptors[1]), .links = {}, .netns = netns};
    std::ranges::move(descriptors.subspan(2), ends.links.begin());
    return ends;
}

} // namespace halfopen
