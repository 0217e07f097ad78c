// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history/recorder.h"
#include "core/kernel/bpf/exact_programs.h"
#include "core/kernel/diag/dump_reader.h"
#include "core/kernel/diag/event_source.h"
#include "core/kernel/diag/source.h"
#include "core/kernel/diag/tracked_flow_reader.h"
#include "core/kernel/diag/virtual_services_reader.h"
#include "core/kernel/netns/netns_access.h"
#include "core/kernel/sysctl/sysctl_reader.h"
#include "core/model/contexts.h"
#include "core/monitor/context_maker.h"
#include "core/monitor/frame_builder.h"
#include "core/monitor/surroundings_of.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace halfopen {

/// A network namespace that is to be looked at, and by what.
struct WatchedNetns {
    std::unique_ptr<Source> source;      ///< never null
    std::unique_ptr<EventSource> events; ///< null: its ends are not told
    NetnsAccessPtr access;    ///< reads its settings and the names of its interfaces; null: they cannot be read
    std::uint64_t cookie = 0; ///< as in NetnsContext
    NetnsTier tier = NetnsTier::Own;
    std::string name;
    NetnsInside inside;
    std::optional<TcpSysctls> settings = std::nullopt; ///< given with it, where they cannot be read here
};

/// One network namespace as a Monitor looks at it: where its samples and its ends come from, its settings, and what is
/// remembered of its connections from one sample to the next. One thread, the one that samples.
class NetnsWatch {
public:
    /// @param index   its place in every frame
    /// @param number  NetnsContext::number
    NetnsWatch(WatchedNetns netns, std::uint16_t index, std::uint32_t number);

    /// Ends are recorded from now on. @param grader  see Recorder
    void openRecorder(Grader* grader);

    /// What a person calls it and who is inside, once that is known or when it changes.
    void setName(const std::string& name, const NetnsInside& inside) {
        m_netns.name = name;
        m_netns.inside = inside;
        m_context.setName(name, inside);
    }

    /// Its settings are these now; of one whose settings were given at first.
    void giveSettings(const TcpSysctls& settings) { m_netns.settings = settings; }

    /// Its ends are told by these from now on.
    void listenTo(std::unique_ptr<EventSource> events);

    /// Its samples are made by these programs from now on, where they can be. @param reader  reads the passes
    void lookExactly(const ExactProgramsPtr& programs, const DumpReaderPtr& reader);

    Source& source() { return *m_netns.source; }
    const WatchedNetns& netns() const { return m_netns; }
    std::uint16_t index() const { return m_index; }
    std::uint32_t number() const { return m_number; }
    /// Whether it is this one, as far as its first sample has told.
    bool isOf(NetnsId netns, std::uint32_t host) const { return m_context.isOf(netns, host); }
    Recorder* recorder() { return m_recorder ? &*m_recorder : nullptr; }
    const TcpSysctls& sysctls() const { return m_sysctls; }

    /// Reads its settings, or takes what its source tells of its machine; of another namespace that is not in view not
    /// at each sample.
    /// @return what they were before, where they have changed
    std::optional<TcpSysctls> readSettings(MonotonicTime now, bool inView);
    /// For poll(2); -1 where no ends are told.
    int eventDescriptor() const { return m_recorder && m_netns.events ? m_netns.events->descriptor() : -1; }
    /// Takes the destroy events that have come. @return how many times events were lost
    std::uint64_t takeEvents();

    /// What its connection tracking says of the flow of a connection; nullopt: it cannot be asked. Asks the kernel.
    std::optional<TrackedFlow> trackedFlow(const Connection& connection);

    /// What its next sample is made with.
    FrameBuilder::NetnsPass beginSample(const HostContextPtr& host, MonotonicTime now);
    /// What its rows mean that are shown again without a sample.
    NetnsContextPtr carried(const HostContextPtr& host) { return m_context.begin(host, m_sysctls); }
    /// Its sample showed these interfaces, which finishSample() names.
    void nameInterfaces(const std::vector<std::uint32_t>& indexes) { m_interfaces = indexes; }
    /// What its rows mean, with the names of their interfaces. @param sampled  as the sample left it
    NetnsContextPtr finishSample(const NetnsContextPtr& sampled, const HostContextPtr& host);

    std::chrono::nanoseconds cost = std::chrono::milliseconds(2); ///< CPU time of its last sample; first: a guess
    std::chrono::nanoseconds settingsCost{};                      ///< likewise of reading its settings before that
    MonotonicTime chosen{};                                       ///< when it was last sampled
    bool isSampled = false;                                       ///< in the frame at hand
    std::optional<Error> error; ///< why its last sample failed; its rows are those of the one before

private:
    void readTracking(MonotonicTime now);

    WatchedNetns m_netns;
    std::uint16_t m_index;
    std::uint32_t m_number;
    std::unique_ptr<PathSource> m_paths; ///< null where the source has none
    std::optional<Recorder> m_recorder;
    std::vector<DestroyEvent> m_drained; ///< of one takeEvents(), kept for its memory
    FlightMemory m_flights;
    std::optional<MachineFacts> m_recorded;        ///< nullopt: the kernel is asked
    std::optional<TcpSysctlReader> m_ownSettings;  ///< of the calling thread's namespace, where it is that one
    UniqueFd m_settings;                           ///< its net.ipv4, where it is another one
    UniqueFd m_mptcpSettings;                      ///< its net.mptcp
    std::optional<TrackedFlowReader> m_flowReader; ///< once somebody has asked
    std::optional<VirtualServicesReader> m_services;
    UniqueFd m_netfilter; ///< its net.netfilter
    MonotonicTime m_nextTracking{};
    MonotonicTime m_nextSettings{}; ///< while it is not in view
    TcpSysctls m_sysctls;
    NetnsContextMaker m_context;
    std::vector<std::uint32_t> m_interfaces;
};

} // namespace halfopen
