// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopenctl/commands.h"
#include "app/halfopenctl/language.h"
#include "app/halfopenctl/operations.h"
#include "app/halfopenctl/source_options.h"
#include "app/halfopenctl/terminal.h"
#include "core/actions/direct_operations.h"
#include "core/format/duration.h"
#include "core/format/json.h"
#include "core/format/netns_report.h"
#include "core/format/sysctl_report.h"
#include "core/kernel/netns/netns_id.h"
#include "core/kernel/sysctl/report_reader.h"
#include "core/kernel/sysctl/sysctl_writer.h"
#include "core/model/followers.h"
#include "core/model/keepalive_defaults.h"
#include "core/model/keepalive_limits.h"
#include "core/text/foreign_text.h"
#include "core/tuning/followers.h"

#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <optional>

namespace halfopen::ctl {

namespace {

struct SetOptions : SourceOptions {
    std::string time;
    std::string interval;
    std::optional<std::int32_t> probes;
    bool persist = false;
};

/// Who follows, as far as this process may see; nullopt with a line on stderr where nothing can be seen.
std::optional<Followers> followersNow(const SourceOptions& options) {
    auto monitor = options.monitor();
    const std::optional<Error> error = monitor ? std::nullopt : std::optional(monitor.error());
    const FramePtr frame = monitor ? (*monitor)->sampleSettled(options.query(), kTimeLimit) : nullptr;
    if (!frame || frame->error) {
        tell(Sentence::tr("Who follows is not known.") + (frame ? *frame->error : *error).sentence);
        return std::nullopt;
    }
    return countFollowers(*frame);
}

SysctlReport report(const SourceOptions& options) {
    auto read = readSysctlReport();
    read.netns = ownNetns();
    read.followers = followersNow(options);
    return read;
}

void warn(const SysctlReport& report) {
    for (const Sentence& warning : overrideWarnings(report.overrides))
        tellText(harmless(say(Sentence::tr("warning: {0}", warning))) + '\n');
}

/// What another machine tells: what is in effect, and not why.
SysctlReport reportOf(const Frame& frame, const std::string& host) {
    SysctlReport report{.host = host, .netns = frame.inView().netns, .lines = {}, .overrides = {}};
    const TcpSysctls& sysctls = frame.inView().sysctls;
    for (const SettingInfo& info : allSettings()) {
        if (!isThere(sysctls, info.id))
            continue;
        if (isUnread(sysctls, info.id))
            report.lines.push_back({info.id, std::nullopt, {}, Sentence::tr("It could not be read there.")});
        else
            report.lines.push_back({info.id, sysctls.*info.field, {}, {}});
    }
    report.followers = countFollowers(frame);
    return report;
}

int showHost(const SourceOptions& options) {
    auto monitor = options.monitor();
    if (!monitor)
        return fail(monitor.error(), options.json);
    const FramePtr frame = (*monitor)->sampleSettled(options.query(), kTimeLimit);
    if (frame->error)
        return fail(*frame->error, options.json);
    const SysctlReport report = reportOf(*frame, options.host);
    StandardOutput out;
    if (options.json) {
        out.write(sysctlJson(report, frameHeadJson(*frame, options.hostFacts())));
        return out.finish(true);
    }
    out.writeText(sysctlText(report, language()));
    out.writeLine(followersText(*report.followers));
    tellNotes(*frame);
    return out.finish(false);
}

/// The settings of every namespace, side by side.
int showAll(const SourceOptions& options) {
    auto monitor = options.monitor();
    if (!monitor)
        return fail(monitor.error(), options.json);
    Query query = options.query();
    query.owners = false;
    const FramePtr frame = (*monitor)->sampleSettled(query, kTimeLimit);
    if (frame->error)
        return fail(*frame->error, options.json);
    StandardOutput out;
    if (options.json)
        out.write(frameHeadJson(*frame, options.hostFacts()) + "\n");
    else
        out.writeText(settingsByNetnsText(*frame, language()));
    if (!options.json)
        tellNotes(*frame);
    return out.finish(options.json);
}

int show(const SourceOptions& options) {
    if (!options.host.empty())
        return showHost(options);
    if (options.allNetns)
        return showAll(options);
    if (auto entered = options.enterNetns(); !entered)
        return fail(entered.error(), options.json);
    const auto read = report(options);
    StandardOutput out;
    options.json ? out.write(sysctlJson(read)) : out.writeText(sysctlText(read, language()));
    if (!options.json && read.followers)
        out.writeLine(followersText(*read.followers));
    if (!options.json && read.dropIn)
        warn(read);
    return out.finish(options.json);
}

/// @return Usage where it is no duration, or not whole seconds
Result<std::int32_t> seconds(const std::string& text, std::int32_t otherwise) {
    if (text.empty())
        return otherwise;
    const auto duration = parseDuration(text);
    if (!duration || duration->count() % 1000 != 0)
        return failure(ErrorCode::Usage,
                       Sentence::tr("\"{0}\" is not a time in whole seconds, such as 90, 10m or 1h30m.", text));
    const auto count = duration->count() / 1000;
    if (count > INT32_MAX)
        return failure(ErrorCode::Usage, Sentence::tr("\"{0}\" is too long.", text));
    return static_cast<std::int32_t>(count);
}

/// What is in effect, with what was given on the command line in its place.
Result<KeepaliveDefaults> wanted(const SetOptions& options) {
    if (options.time.empty() && options.interval.empty() && !options.probes && !options.persist)
        return failure(ErrorCode::Usage,
                       Sentence::tr("Nothing to set: give --time, --interval, --probes or --persist."));
    auto values = readKeepaliveDefaults();
    if (!values)
        return values;
    const auto time = seconds(options.time, values->time);
    if (!time)
        return tl::unexpected(time.error());
    const auto interval = seconds(options.interval, values->interval);
    if (!interval)
        return tl::unexpected(interval.error());
    values->time = *time;
    values->interval = *interval;
    values->probes = options.probes.value_or(values->probes);
    if (auto checked = checkRange(*values); !checked)
        return tl::unexpected(checked.error());
    return values;
}

int set(const SetOptions& options) {
    if (auto here = options.refuseHost(); !here)
        return fail(here.error(), options.json);
    if (auto entered = options.enterNetns(); !entered)
        return fail(entered.error(), options.json);
    const auto values = wanted(options);
    if (!values)
        return fail(values.error(), options.json);
    const auto before = followersNow(options); // afterwards, those with the old values would look like their own
    const KeepaliveChange change{ownNetns(), *values, options.persist};
    Outcome<KeepaliveDefaults> answer;
    chooseOperations()->setKeepaliveDefaults(
        change, [&answer](Outcome<KeepaliveDefaults> outcome) { answer = std::move(outcome); });
    if (!answer)
        return fail(toError(answer.error()), options.json);
    auto read = readSysctlReport();
    read.netns = change.netns;
    read.followers = before;
    StandardOutput out;
    if (options.json) {
        out.write(changeJson(read, *answer, options.persist));
        return out.finish(true);
    }
    const Sentence inEffect = Sentence::tr("In effect: {0}", sentenceFor(*answer));
    out.writeLine(options.persist ? inEffect + Sentence::tr("Kept after a reboot.") : inEffect);
    if (before)
        out.writeLine(followersAfterChangeText(*before));
    if (read.dropIn)
        warn(read);
    return out.finish(false);
}

int forget(const SetOptions& options) {
    const bool json = options.json;
    if (auto here = options.refuseHost(); !here)
        return fail(here.error(), json);
    Outcome<void> answer;
    chooseOperations()->forgetKeepaliveDefaults(ownNetns(),
                                                [&answer](Outcome<void> outcome) { answer = std::move(outcome); });
    if (!answer)
        return fail(toError(answer.error()), json);
    StandardOutput out;
    if (json)
        out.write("{\"schema\":1,\"forgotten\":true}\n");
    else
        out.writeLine(
            Sentence::tr("Nothing of Halfopen's is kept for the next boot. The values in effect stay until then."));
    return out.finish(json);
}

} // namespace

void addSysctl(CLI::App& app, Run& run) {
    auto options = std::make_shared<SetOptions>();
    CLI::App* command = app.add_subcommand(
        "sysctl", say(Sentence::tr("The kernel's TCP settings, where they come from, and who follows them")));
    command->require_subcommand(0, 1);
    options->addNetns(*command, true);
    options->addHost(*command);
    options->addJson(*command, Sentence::tr("As JSON (schema 1)"));
    command->callback([options, command, &run] {
        if (command->get_subcommands().empty())
            run = [options] { return show(*options); };
    });

    CLI::App* change =
        command->add_subcommand("set", say(Sentence::tr("Change the keepalive defaults (asks for authentication)")));
    change->add_option(
        "--time", options->time,
        say(Sentence::tr("Idle time before the first probe: 90, 10m, 2h (1 s to {0} s)", kMaxKeepaliveIdle)));
    change->add_option("--interval", options->interval,
                       say(Sentence::tr("Time between probes (1 s to {0} s)", kMaxKeepaliveInterval)));
    change->add_option(
        "--probes", options->probes,
        say(Sentence::tr("Unanswered probes until the connection is given up (1 to {0})", kMaxKeepaliveProbes)));
    options->addNetns(*change, false);
    options->addRefusedHost(*change);
    change->add_flag("--persist", options->persist, say(Sentence::tr("Keep them after a reboot, in /etc/sysctl.d")));
    options->addJson(*change, Sentence::tr("As JSON (schema 1)"));
    change->callback([options, &run] { run = [options] { return set(*options); }; });

    CLI::App* forgetting = command->add_subcommand("forget", say(Sentence::tr("Remove what --persist has kept")));
    options->addRefusedHost(*forgetting);
    options->addJson(*forgetting, Sentence::tr("As JSON (schema 1)"));
    forgetting->callback([options, &run] { run = [options] { return forget(*options); }; });
}

} // namespace halfopen::ctl
