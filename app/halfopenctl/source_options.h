// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/halfopenctl/terminal.h"
#include "app/halfopenctl/typed_filter.h"
#include "core/format/json.h"
#include "core/kernel/bpf/exact_programs.h"
#include "core/kernel/diag/source.h"
#include "core/kernel/netns/netns_finder.h"
#include "core/model/privilege_error.h"
#include "core/monitor/monitor.h"
#include "core/stream/remote_source.h"

#include <CLI/CLI.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen::ctl {

/// How long a command that looks once waits for owners and options.
inline constexpr std::chrono::seconds kTimeLimit{5};
/// The same where one connection is meant: a machine with a million descriptors and much else to do.
inline constexpr std::chrono::seconds kLongTimeLimit{15};

/// Asks somebody for the programs that read every socket, who may ask a person first.
using AskForExact = Outcome<ExactProgramsPtr> (*)();
/// Who is asked where somebody wants BPF and this process may not load it; null, as at first: nobody is. To be called
/// before any command.
void setAskForExact(AskForExact ask);

/// The words that several subcommands share: where to look, and for what.
struct SourceOptions {
    std::vector<std::string> filter;
    std::string replay;
    std::string host;            ///< another machine, as ssh takes it; "": this one
    std::string source = "auto"; ///< "auto", "bpf" or "sock_diag"
    std::string netns;           ///< another network namespace, in the words of findNetns(); "": the own one
    bool allNetns = false;       ///< all there are
    std::string columns;         ///< "": the usual ones
    std::string groupBy;         ///< "": no groups
    bool noOwners = false;
    bool hostNames = false; ///< remote hosts are looked up
    bool json = false;

    void addFilter(CLI::App& command);
    /// --replay, and --source.
    void addReplay(CLI::App& command);
    /// --host; after what it cannot be together with.
    CLI::Option* addHost(CLI::App& command);
    /// The same of a command that changes something, for refuseHost() alone: its help says nothing of it.
    void addRefusedHost(CLI::App& command);
    /// --netns. @param all  and --all-netns
    void addNetns(CLI::App& command, bool all);
    /// --source.
    void addSource(CLI::App& command);
    void addNoOwners(CLI::App& command);
    void addNames(CLI::App& command);
    /// --columns, after --json where there is one; then --group-by.
    void addColumns(CLI::App& command);
    void addGroupBy(CLI::App& command);
    /// @return Usage where --group-by names nothing
    Result<Grouping> grouping() const;
    void addJson(CLI::App& command, const Sentence& what);

    /// The same without owners; what was loaded for these is there for both.
    SourceOptions withoutOwners() const;

    /// The live kernel, here, in --netns or on --host, or the recording of --replay.
    Result<WatchedNetns> open() const;
    /// Where the frames are from: this machine, or --host, once it has been opened.
    HostFacts hostFacts() const;
    /// NotSupported: Halfopen changes nothing on another machine.
    Result<void> refuseHost() const;
    /// The line to --host; null: there is none.
    const stream::RemoteLinkPtr& remote() const { return m_remote; }
    /// Enters --netns for good with the whole process, which has one thread: for what is done there and not only seen.
    /// @return Usage, NotPermitted, NotSupported
    Result<void> enterNetns() const;
    /// A monitor on open()'s source, looking up owners where they are asked for. It looks once: so it opens no
    /// connection of its own to measure the kernel's tick, which takes longer than anybody waits, and which others
    /// would see.
    /// @param only  cookies of the sockets to look into, and no other; empty: all
    Result<std::unique_ptr<Monitor>> monitor(std::vector<std::uint64_t> only = {}) const;
    /// The same for what the filter lets through and nothing else.
    /// @param only  as monitor() has it
    Result<std::unique_ptr<Monitor>> filteringMonitor(std::vector<std::uint64_t> only = {}) const;
    /// One that goes on looking.
    /// @param history   where it puts ended connections; null: nowhere
    /// @param interval  between two samples
    Result<std::unique_ptr<Monitor>> watchingMonitor(HistoryPtr history = nullptr,
                                                     std::chrono::milliseconds interval = kOnce) const;
    /// FILTER...; to be checked before anything is done.
    TypedFilter typedFilter() const { return TypedFilter(joined(filter)); }
    /// These columns, with that of the namespace before them where there are several, in a recording, too.
    std::string withNetns(std::string_view usual, const Frame& frame) const;
    /// What the table is asked for; unsorted (the kernel's order).
    Query query(const TypedFilter& typed = TypedFilter({})) const;

private:
    static constexpr std::chrono::milliseconds kOnce{1000};

    Result<WatchedNetns> openHost() const;
    Result<ExactProgramsPtr> exactPrograms() const;
    Result<std::unique_ptr<Monitor>> monitorWith(Monitor::Config config) const;

    mutable std::optional<Result<ExactProgramsPtr>> m_programs;  ///< loaded once
    mutable std::optional<FoundNetns> m_found;                   ///< --netns, once it has been entered by open()
    mutable stream::RemoteLinkPtr m_remote;                      ///< opened once
    mutable stream::Hello m_hello;                               ///< of its other side
    mutable std::optional<std::chrono::milliseconds> m_interval; ///< of a sample after the other; nullopt: of one
    mutable bool m_tellsEnds = false;                            ///< to be set before anything is loaded
};

/// How often what goes on looking does so, from 250 ms to 10 s. @return  else Usage
Result<std::chrono::milliseconds> parseInterval(const std::string& text);

/// What an option without a sign has to be checked by: CLI11 takes "-1" for the largest number there is, "010" for 8,
/// and whatever is too large for the largest one.
/// @param highest  at most INT64_MAX
std::function<std::string(const std::string&)> wholeNumber(std::uint64_t lowest, std::uint64_t highest);

/// The row of a cookie in whatever namespace; nullptr: there is none.
const Row* findAnywhere(const Frame& frame, std::uint64_t cookie);

/// Prints a frame's notes on stderr, one line each.
void tellNotes(const Frame& frame);
/// Prints on stderr which dead sockets there are; nothing where there is none.
void noteDeadSockets(const Frame& frame);

} // namespace halfopen::ctl
