// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/bpf/exact_programs.h"
#include "core/kernel/bpf/ring_memory.h"
#include "core/kernel/diag/event_source.h"
#include "core/model/error.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace halfopen {

/// The ends that ExactEnds tells, sorted by network namespace. One thread reads it, and one EndRing at a time.
class EndRing : public std::enable_shared_from_this<EndRing> {
public:
    /// From now on: what has ended before is not told.
    /// @param programs  with ends(). @return Unreadable where this process may not map it
    static Result<std::shared_ptr<EndRing>> open(ExactProgramsPtr programs);
    ~EndRing();

    /// Those of one namespace; null where it is not told of. @param cookie  of the namespace
    std::unique_ptr<EventSource> of(std::uint64_t cookie);

private:
    class View;

    EndRing(ExactProgramsPtr programs, RingMemory ring, const std::uint64_t* lost);
    void read();

    ExactProgramsPtr m_programs;
    RingMemory m_ring;
    const std::uint64_t* m_lost; ///< a page of which this is the first word
    std::uint64_t m_lostBefore;
    std::int32_t m_hz;
    std::vector<View*> m_views;
};
using EndRingPtr = std::shared_ptr<EndRing>;

} // namespace halfopen
