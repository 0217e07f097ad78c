// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/unique_fd.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace halfopen {

/// What tells of ends: the programs of sockets.bpf.c at two tracepoints, and where they write. They go with the last
/// descriptor of their links.
struct ExactEnds {
    static constexpr std::size_t kLinks = 4; ///< two of each tracepoint
    static constexpr std::size_t kDescriptors = 2 + kLinks;

    UniqueFd ring; ///< a BPF ring buffer of EXACT_RING_BYTES, to be mapped
    UniqueFd lost; ///< a page of it says how many have found no room in there
    std::array<UniqueFd, kLinks> links;
    std::uint64_t netns = 0; ///< cookie of the namespace that is told of; 0: of all

    /// All of them in the order in which they are handed over.
    std::array<int, kDescriptors> descriptors() const;
    /// What was handed over. @return nullopt where one is missing
    static std::optional<ExactEnds> from(std::span<UniqueFd> descriptors, std::uint64_t netns);
};

} // namespace halfopen
