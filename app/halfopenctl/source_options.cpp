// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopenctl/source_options.h"

#include "app/halfopenctl/language.h"
#include "app/halfopenctl/terminal.h"
#include "core/format/dead_sockets.h"
#include "core/format/duration.h"
#include "core/format/other_machine.h"
#include "core/kernel/bpf/exact_source.h"
#include "core/kernel/descriptor_limit.h"
#include "core/kernel/diag/recording.h"
#include "core/kernel/netns/netns_access.h"
#include "core/monitor/all_netns.h"
#include "core/monitor/netns_lookup.h"

#include <unistd.h>

#include <charconv>
#include <tuple>

namespace halfopen::ctl {

void SourceOptions::addFilter(CLI::App& command) {
    command.add_option("FILTER", filter,
                       say(Sentence::tr("What to find: words (an address, port, process, user, state, diagnosis), "
                                        "key:value, idle>10m, and all that ss "
                                        "takes: state established dport = :443. Put '-' before what not to find; quote "
                                        "what the shell would take. See "
                                        "FILTERS in halfopenctl(1)")));
}

void SourceOptions::addReplay(CLI::App& command) {
    command
        .add_option("--replay", replay,
                    say(Sentence::tr("Read a recording (halfopenctl record, ss -D) instead of the kernel")))
        ->type_name("FILE");
    addSource(command);
}

void SourceOptions::addSource(CLI::App& command) {
    CLI::Option* const chosen = command.add_option(
        "--source", source,
        say(Sentence::tr(
            "What tells of the sockets: auto (bpf for whoever may load it, which is exact, else sock_diag), "
            "bpf (for others after a question), or sock_diag")));
    chosen->type_name("WORD")->check(CLI::IsMember({"auto", "bpf", "sock_diag"}));
    if (CLI::Option* recording = command.get_option_no_throw("--replay"))
        chosen->excludes(recording);
}

CLI::Option* SourceOptions::addHost(CLI::App& command) {
    CLI::Option* const chosen = command.add_option(
        "--host", host,
        say(Sentence::tr("Another machine, by ssh: its name, or user@name; halfopenctl must be there")));
    chosen->type_name("HOST")->check([](const std::string& name) {
        return stream::checkHost(name) ? std::string() : say(Sentence::tr("'{0}' is no name of a machine", name));
    });
    for (const char* other : {"--replay", "--source", "--all-netns", "--exact"})
        if (CLI::Option* option = command.get_option_no_throw(other))
            chosen->excludes(option);
    return chosen;
}

void SourceOptions::addRefusedHost(CLI::App& command) {
    addHost(command)->group("");
}

void SourceOptions::addNoOwners(CLI::App& command) {
    command.add_flag("--no-owners", noOwners,
                     say(Sentence::tr("Do not look up processes, nor read the options of their sockets")));
}

void SourceOptions::addNames(CLI::App& command) {
    command.add_flag("--names", hostNames,
                     say(Sentence::tr("Look up the names of remote hosts, which may take seconds")));
}

void SourceOptions::addColumns(CLI::App& command) {
    CLI::Option* chosen =
        command.add_option("--columns", columns, say(Sentence::tr("Columns to print, separated by commas")));
    if (CLI::Option* asJson = command.get_option_no_throw("--json"))
        chosen->excludes(asJson);
}

void SourceOptions::addGroupBy(CLI::App& command) {
    command
        .add_option(
            "--group-by", groupBy,
            say(Sentence::tr(
                "One line for all that have the same: program, process, remote-host, remote-net, service, unit, "
                "user, state, diagnosis or netns")))
        ->type_name("KEY")
        ->excludes(command.get_option("--columns"));
}

/// What is in TIME-WAIT belongs to nobody any more: it is a group of its own where owners are told apart.
Result<Grouping> SourceOptions::grouping() const {
    if (groupBy.empty())
        return Grouping{};
    const auto by = groupByOf(groupBy);
    if (!by)
        return failure(ErrorCode::Usage, Sentence::tr("There is nothing called '{0}' to group by. There are: {1}.",
                                                      groupBy, groupByWords()));
    const bool ofOwners =
        *by == GroupBy::Program || *by == GroupBy::Process || *by == GroupBy::Unit || *by == GroupBy::User;
    return Grouping{.by = *by, .sort = GroupSort::Worst, .foldTimeWait = ofOwners};
}

void SourceOptions::addJson(CLI::App& command, const Sentence& what) {
    command.add_flag("--json", json, say(what));
}

void SourceOptions::addNetns(CLI::App& command, bool all) {
    CLI::Option* one =
        command.add_option("--netns", netns,
                           say(Sentence::tr("Another network namespace: its name, a process in it, its path, "
                                            "or cookie:N")));
    one->type_name("NAME");
    CLI::Option* replayed = command.get_option_no_throw("--replay");
    if (replayed)
        one->excludes(replayed);
    if (!all)
        return;
    CLI::Option* every =
        command.add_flag("--all-netns", allNetns, say(Sentence::tr("All network namespaces of this machine")));
    every->excludes(one);
    if (replayed)
        every->excludes(replayed);
}

namespace {

AskForExact g_askForExact = nullptr;

/// By this process's own rights, else by those of the helper, after a question.
Result<ExactProgramsPtr> programs(const ExactPrograms::Wanted& wanted) {
    auto own = ExactPrograms::load(wanted);
    if (own || own.error().code != ErrorCode::NotPermitted || ::geteuid() == 0 || g_askForExact == nullptr)
        return own;
    const auto handed = g_askForExact();
    if (handed)
        return *handed;
    const PrivilegeErrorKind why = handed.error().kind;
    if (why == PrivilegeErrorKind::NotInstalled || why == PrivilegeErrorKind::NoBus)
        return own;
    return tl::unexpected(toError(handed.error()));
}

} // namespace

void setAskForExact(AskForExact ask) {
    g_askForExact = ask;
}

/// Null: sock_diag tells. Who asked for BPF and cannot have it is told why.
Result<ExactProgramsPtr> SourceOptions::exactPrograms() const {
    if (source == "sock_diag" || !replay.empty() || (source == "auto" && !ExactPrograms::mayLoad()))
        return nullptr;
    ExactPrograms::Wanted wanted{.owners = !noOwners};
    if (m_tellsEnds)
        wanted.ends.emplace();
    if (!m_programs)
        m_programs = source == "bpf" ? programs(wanted) : ExactPrograms::load(wanted);
    if (!*m_programs && source == "auto")
        return nullptr;
    return *m_programs;
}

SourceOptions SourceOptions::withoutOwners() const {
    std::ignore = exactPrograms();
    SourceOptions without = *this;
    without.noOwners = true;
    return without;
}

/// ssh asks where it can and has to: for a key that it does not know, a passphrase.
Result<WatchedNetns> SourceOptions::openHost() const {
    if (!netns.empty() && !stream::isPlainWord(netns))
        return failure(ErrorCode::Usage, stream::cannotBeAsked(netns));
    if (!m_remote)
        m_remote = std::make_shared<stream::RemoteLink>(stream::FarRequest{.host = host,
                                                                           .netns = netns,
                                                                           .interval = m_interval.value_or(kOnce),
                                                                           .owners = !noOwners,
                                                                           .once = !m_interval},
                                                        stream::askingHere());
    auto watched = stream::watchRemote(m_remote);
    if (watched)
        m_hello = static_cast<stream::RemoteSource&>(*watched->source).hello();
    return watched;
}

HostFacts SourceOptions::hostFacts() const {
    return m_remote ? HostFacts{m_hello.host, m_hello.kernel} : thisHost();
}

Result<void> SourceOptions::refuseHost() const {
    if (host.empty())
        return {};
    return failure(ErrorCode::NotSupported, nothingIsChangedOn(host));
}

Result<WatchedNetns> SourceOptions::open() const {
    if (!host.empty())
        return openHost();
    if (!replay.empty()) {
        auto recording = RecordingSource::open(replay);
        if (!recording)
            return tl::unexpected(recording.error());
        return WatchedNetns{.source = std::move(*recording)};
    }
    const auto exact = exactPrograms();
    if (!exact)
        return tl::unexpected(exact.error());
    if (!netns.empty()) {
        const auto named = findNetns(listNetns(), netns);
        if (!named)
            return tl::unexpected(named.error());
        auto opened = openNetns(named->netns, named->label, *exact);
        if (opened && opened->tier != NetnsTier::Own && opened->tier != NetnsTier::Public)
            m_found = named->netns;
        return opened;
    }
    auto live = openLiveSource(*exact);
    if (!live)
        return tl::unexpected(live.error());
    return WatchedNetns{.source = std::move(*live), .access = ownNetnsAccess(), .cookie = ownNetnsCookie()};
}

Result<void> SourceOptions::enterNetns() const {
    if (netns.empty() || !host.empty())
        return {};
    const auto named = findNetns(listNetns(), netns);
    if (!named)
        return tl::unexpected(named.error());
    return enterNetnsForGood(openNetnsFile(named->netns), named->label.name);
}

Result<std::unique_ptr<Monitor>> SourceOptions::monitorWith(Monitor::Config config) const {
    auto looked = open();
    if (!looked)
        return tl::unexpected(looked.error());
    if (looked->source->live() && host.empty())
        config.exact = exactPrograms().value_or(nullptr);
    config.owners = config.options = !noOwners && looked->source->live();
    config.congestion = json; // of what is printed, JSON alone tells it
    // Whoever looks once lets go at once.
    if (m_found && m_interval)
        config.keepers.emplace(*m_found);
    config.others = allNetns ? Monitor::Others::AtOnce : Monitor::Others::None;
    if (allNetns)
        raiseDescriptorLimit();
    return std::make_unique<Monitor>(std::move(*looked), std::move(config));
}

Result<std::unique_ptr<Monitor>> SourceOptions::monitor(std::vector<std::uint64_t> only) const {
    return monitorWith({.calibrate = false, .only = std::move(only)});
}

Result<std::unique_ptr<Monitor>> SourceOptions::filteringMonitor(std::vector<std::uint64_t> only) const {
    return monitorWith({.calibrate = false, .leavesOut = true, .only = std::move(only)});
}

Result<std::unique_ptr<Monitor>> SourceOptions::watchingMonitor(HistoryPtr history,
                                                                std::chrono::milliseconds interval) const {
    m_interval = interval;
    m_tellsEnds = history != nullptr;
    return monitorWith({.history = std::move(history)});
}

std::string SourceOptions::withNetns(std::string_view usual, const Frame& frame) const {
    return (allNetns || frame.namespaces.size() > 1 ? "netns," : "") + std::string(usual);
}

Query SourceOptions::query(const TypedFilter& typed) const {
    Query query;
    query.summary = false;
    typed.putInto(query);
    query.sort = SortKey::Kernel;
    query.owners = !noOwners;
    query.hostNames = hostNames;
    return query;
}

Result<std::chrono::milliseconds> parseInterval(const std::string& text) {
    using namespace std::chrono_literals;
    const auto interval = parseDuration(text);
    if (!interval || *interval < 250ms || *interval > 10s)
        return failure(ErrorCode::Usage, Sentence::tr("The interval '{0}' is not between 250ms and 10s.", text));
    return *interval;
}

std::function<std::string(const std::string&)> wholeNumber(std::uint64_t lowest, std::uint64_t highest) {
    return [lowest, highest](const std::string& text) {
        std::uint64_t number = 0;
        const char* const end = text.data() + text.size();
        const auto [behind, error] = std::from_chars(text.data(), end, number);
        const bool decimal = error == std::errc() && behind == end && (text.size() == 1 || text.front() != '0');
        if (decimal && number >= lowest && number <= highest)
            return std::string();
        return say(Sentence::tr("'{0}' is no whole number from {1} to {2}", text, lowest, highest));
    };
}

const Row* findAnywhere(const Frame& frame, std::uint64_t cookie) {
    const Row* row = nullptr;
    for (std::uint16_t index = 0; !row && index < frame.namespaces.size(); ++index)
        row = frame.find(cookie, index);
    return row;
}

void tellNotes(const Frame& frame) {
    for (const Sentence& note : frame.notes)
        tell(note);
}

void noteDeadSockets(const Frame& frame) {
    for (const Sentence& note : deadSocketNotes(frame.dead, frame.taken))
        tell(note);
}

} // namespace halfopen::ctl
