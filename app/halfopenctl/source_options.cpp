// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopenctl/source_options.h"

#include "app/halfopenctl/terminal.h"
#include "core/format/dead_sockets.h"
#include "core/kernel/diag/netlink_source.h"
#include "core/kernel/diag/recording.h"

namespace halfopen::ctl {

void SourceOptions::addFilter(CLI::App& command) {
    command.add_option(
        "FILTER", filter,
        "What to find: words (an address, port, process, user, state, diagnosis), key:value, idle>10m, and all that ss "
        "takes: state established dport = :443. Put '-' before what not to find; quote what the shell would take. See "
        "FILTERS in halfopenctl(1)");
}

void SourceOptions::addReplay(CLI::App& command) {
    command.add_option("--replay", replay, "Read a recording (halfopenctl record, ss -D) instead of the kernel")
        ->type_name("FILE");
}

void SourceOptions::addNoOwners(CLI::App& command) {
    command.add_flag("--no-owners", noOwners, "Do not look up processes, nor read the options of their sockets");
}

void SourceOptions::addJson(CLI::App& command, const std::string& what) {
    command.add_flag("--json", json, what);
}

Result<std::unique_ptr<Source>> SourceOptions::open() const {
    if (!replay.empty()) {
        auto recording = RecordingSource::open(replay);
        if (!recording)
            return tl::unexpected(recording.error());
        return std::unique_ptr<Source>(std::move(*recording));
    }
    auto live = NetlinkSource::open();
    if (!live)
        return tl::unexpected(live.error());
    return std::unique_ptr<Source>(std::move(*live));
}

Result<std::unique_ptr<Monitor>> SourceOptions::monitorWith(Monitor::Config config) const {
    auto source = open();
    if (!source)
        return tl::unexpected(source.error());
    config.owners = config.options = !noOwners && (*source)->live();
    config.congestion = json; // of what is printed, JSON alone tells it
    return std::make_unique<Monitor>(std::move(*source), std::move(config));
}

Result<std::unique_ptr<Monitor>> SourceOptions::monitor(std::vector<std::uint64_t> only) const {
    return monitorWith({.calibrate = false, .only = std::move(only)});
}

Result<std::unique_ptr<Monitor>> SourceOptions::filteringMonitor() const {
    return monitorWith({.calibrate = false, .leavesOut = true});
}

Result<std::unique_ptr<Monitor>> SourceOptions::watchingMonitor(HistoryPtr history) const {
    return monitorWith({.history = std::move(history)});
}

Query SourceOptions::query(const TypedFilter& typed) const {
    Query query;
    typed.putInto(query);
    query.sort = SortKey::Kernel;
    query.owners = !noOwners;
    return query;
}

void tellNotes(const Frame& frame) {
    for (const std::string& note : frame.notes)
        tell(note);
}

void noteDeadSockets(const Frame& frame) {
    for (const std::string& note : deadSocketNotes(frame.dead, frame.taken))
        tell(note);
}

} // namespace halfopen::ctl
