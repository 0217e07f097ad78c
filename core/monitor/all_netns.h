// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/bpf/exact_programs.h"
#include "core/kernel/diag/dump_reader.h"
#include "core/kernel/netns/netns_finder.h"
#include "core/kernel/process/netns_names.h"
#include "core/model/error.h"
#include "core/model/order.h"
#include "core/monitor/netns_watch.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace halfopen {

class Monitor;

/// The best look into a namespace that this process may have: its own, entered with its rights, else from outside.
/// @param exact   by which it is dumped where it can be; null: by sock_diag
/// @param reader  reads its dumps, of others too
/// @return        NotPermitted where it may not be entered and no process lives there to be looked at, NotFound where
/// it
///                has ended meanwhile
Result<WatchedNetns> openNetns(const FoundNetns& netns, const NetnsLabel& label,
                               const ExactProgramsPtr& exact = nullptr,
                               const DumpReaderPtr& reader = std::make_shared<DumpReader>());

/// Has a Monitor look at every network namespace of the machine that may be looked at, as they come and go. One thread,
/// the one that samples.
class AllNetns {
public:
    /// @param monitor  looks at the own one already; must outlive this
    /// @param most     so many others are looked at
    AllNetns(Monitor& monitor, std::size_t most)
        : m_monitor(monitor)
        , m_most(most) {}

    /// To be called before each sample; looks once a second at most, and at what that found within `budget`: what is
    /// left over has its turn with the next call.
    /// @param depth  as for NetnsFinder::look()
    void look(MonotonicTime now, std::chrono::nanoseconds budget,
              NetnsFinder::Depth depth = NetnsFinder::Depth::InTurn);
    /// Looks into one that was seen from outside so far. Where it cannot be, or is gone, nothing changes.
    void open(const NetnsOpened& opened);
    const DumpReaderPtr& reader() const { return m_reader; } ///< of all of them
    /// Those that cannot be looked into, by name, and why; in the order of their names.
    std::vector<std::pair<std::string, Error>> refused() const;
    /// See NetnsFinder::othersHidden().
    bool othersHidden() const { return m_finder.othersHidden(); }
    /// How many more there are than may be looked at.
    std::size_t leftOut() const { return m_leftOut; }

private:
    using Identity = std::tuple<std::uint64_t, NetnsId, NetnsId>; ///< a cookie, or the inodes where it is not known
    struct Known {
        std::uint16_t place = 0; ///< in frames; 0: refused
        bool isOutside = false;  ///< it is looked at as NetnsTier::Public
        std::string name;
        NetnsInside inside;
        Error error;
    };
    static Identity identityOf(const FoundNetns& netns);
    std::optional<Known> meet(const FoundNetns& netns);
    void follow(Known& known, const FoundNetns& netns);

    Monitor& m_monitor;
    DumpReaderPtr m_reader = std::make_shared<DumpReader>(); ///< of all of them
    NetnsFinder m_finder;
    std::map<Identity, Known> m_known; ///< without the own one
    MonotonicTime m_next{};
    std::size_t m_most;
    std::size_t m_leftOut = 0;
    bool m_leftOver = false; ///< some that were found have not been opened yet
};

} // namespace halfopen
