// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopenctl/commands.h"
#include "app/halfopenctl/language.h"
#include "app/halfopenctl/source_options.h"
#include "app/halfopenctl/terminal.h"
#include "core/actions/guard_rules.h"
#include "core/format/duration.h"
#include "core/kernel/process/unit_cgroups.h"
#include "core/model/keepalive_limits.h"
#include "core/text/json_writer.h"

#include <unistd.h>

#include <algorithm>
#include <memory>
#include <optional>

namespace halfopen::ctl {

namespace {

constexpr std::chrono::seconds kTimeLimit{5}; // as list

struct GuardOptions : SourceOptions {
    std::string unit;
    std::string idle;
    std::string interval;
    std::int32_t probes = 0;
    std::int32_t userTimeout = 0;
    bool all = false;
    bool dryRun = false;
};

GuardRules machinesRules() {
    return GuardRules(machinesGuardPlaces());
}

/// Its file and its pin are root's.
Result<void> mayChange() {
    if (::geteuid() == 0)
        return {};
    return failure(ErrorCode::NotPermitted, Sentence::tr("Rules are changed by root alone."));
}

Sentence nameOf(const GuardRule& rule) {
    return rule.unit.empty() ? Sentence::tr("every connection") : Sentence::tr("{0}", rule.unit);
}

/// @return Usage where it is no duration in whole seconds
Result<std::int32_t> seconds(const std::string& text) {
    const auto duration = text.empty() ? std::optional<std::chrono::milliseconds>(0) : parseDuration(text);
    if (!duration || duration->count() % 1000 != 0 || duration->count() / 1000 > INT32_MAX)
        return failure(ErrorCode::Usage,
                       Sentence::tr("\"{0}\" is not a time in whole seconds, such as 90, 10m or 1h30m.", text));
    return static_cast<std::int32_t>(duration->count() / 1000);
}

/// The one unit that is named, or "" for --all.
Result<std::string> unitOf(const GuardOptions& options) {
    if (options.all != options.unit.empty())
        return failure(ErrorCode::Usage, Sentence::tr("Name one unit, or give --all for every connection."));
    return options.unit;
}

Result<GuardRule> wanted(const GuardOptions& options) {
    const auto unit = unitOf(options);
    if (!unit)
        return tl::unexpected(unit.error());
    if (options.idle.empty())
        return failure(
            ErrorCode::Usage,
            Sentence::tr("--idle is missing: the time of silence before the first probe, such as 60 or 5m."));
    const auto idle = seconds(options.idle);
    if (!idle)
        return tl::unexpected(idle.error());
    const auto interval = seconds(options.interval);
    if (!interval)
        return tl::unexpected(interval.error());
    GuardRule rule{*unit, *idle, *interval, options.probes, options.userTimeout};
    if (auto checked = checkRule(rule); !checked)
        return tl::unexpected(checked.error());
    return rule;
}

/// Whom a rule is about now.
struct Touched {
    UnitCgroups groups;
    std::optional<std::size_t> connections; ///< of this network namespace, open now; nullopt: not known
};

std::optional<std::size_t> connectionsIn(const UnitCgroups& groups, const SourceOptions& options) {
    const auto monitor = options.monitor();
    const FramePtr frame = monitor ? (*monitor)->sampleSettled(options.query(), kTimeLimit) : nullptr;
    if (!frame || frame->error)
        return std::nullopt;
    return static_cast<std::size_t>(std::count_if(frame->rows.begin(), frame->rows.end(), [&](const Row& row) {
        return row.connection.state == State::Established && groups.ids.contains(cgroupId(row.connection.cgroup));
    }));
}

Result<Touched> touchedBy(const GuardRule& rule, const SourceOptions& options) {
    Touched touched{findUnitCgroups(machinesGuardPlaces().cgroup, rule.unit), std::nullopt};
    if (touched.groups.ids.empty() && !isUnitName(rule.unit))
        return failure(ErrorCode::Usage, Sentence::tr("\"{0}\" is neither the name of a unit (with .service, .scope, "
                                                      ".slice or .socket) nor a control group that is there.",
                                                      rule.unit));
    touched.connections = connectionsIn(touched.groups, options);
    return touched;
}

Sentence optionsText(const GuardRule& rule) {
    std::vector<Sentence> parts{Sentence::tr("first probe after {0} s of silence", rule.idle)};
    if (rule.interval != 0)
        parts.push_back(Sentence::tr("then every {0} s", rule.interval));
    if (rule.probes != 0)
        parts.push_back(Sentence::tr("{0} in all", rule.probes));
    if (rule.userTimeout != 0)
        parts.push_back(Sentence::tr("user timeout {0} ms", rule.userTimeout));
    return listOf(parts);
}

Sentence whoIsThere(const Touched& touched) {
    if (touched.groups.ids.empty())
        return Sentence::tr("It is not running now; the rule counts when it does.");
    const Sentence processes = touched.groups.processes == 1 ? Sentence::tr("{0} process", touched.groups.processes)
                                                             : Sentence::tr("{0} processes", touched.groups.processes);
    if (!touched.connections)
        return Sentence::tr("Now it has {0}.", processes);
    return Sentence::tr("Now it has {0} and {1}.", processes,
                        *touched.connections == 1 ? Sentence::tr("{0} open connection", *touched.connections)
                                                  : Sentence::tr("{0} open connections", *touched.connections));
}

std::vector<Sentence> preview(const GuardRule& rule, const Touched& touched) {
    return {Sentence::tr("{0}: keepalive for each new connection whose program does not ask for it: {1}.", nameOf(rule),
                         optionsText(rule)),
            whoIsThere(touched),
            Sentence::tr("Open connections stay as they are (halfopenctl set changes them), and so do sockets made "
                         "before their process came into the unit."),
            Sentence::tr("It costs a packet and its answer for each {0} s of silence, so that sleeping devices wake "
                         "and peers that sleep too long are given up; and the machine about a microsecond a "
                         "connection.",
                         rule.idle)};
}

void put(JsonWriter& json, const GuardRule& rule) {
    json.putName("unit", rule.unit);
    json.put("idle_s", rule.idle);
    json.putIf("interval_s", rule.interval != 0, rule.interval);
    json.putIf("probes", rule.probes != 0, rule.probes);
    json.putIf("user_timeout_ms", rule.userTimeout != 0, rule.userTimeout);
}

std::string changeText(const GuardRule& rule, const Touched& touched, bool set) {
    JsonWriter json;
    json.object([&] {
        json.put("schema", 1);
        json.object("rule", [&] { put(json, rule); });
        json.put("processes", touched.groups.processes);
        json.putIf("connections", touched.connections.has_value(), touched.connections.value_or(0));
        json.put("set", set);
    });
    return std::string(json.text()) + '\n';
}

int set(const GuardOptions& options) {
    const auto rule = wanted(options);
    if (!rule)
        return fail(rule.error(), options.json);
    const auto touched = touchedBy(*rule, options);
    if (!touched)
        return fail(touched.error(), options.json);
    if (auto may = mayChange(); !may && !options.dryRun)
        return fail(may.error(), options.json);
    StandardOutput out;
    if (!options.json)
        for (const Sentence& sentence : preview(*rule, *touched))
            out.writeLine(sentence);
    if (!options.dryRun)
        if (auto done = machinesRules().set(*rule); !done)
            return fail(done.error(), options.json);
    if (options.json)
        out.write(changeText(*rule, *touched, !options.dryRun));
    else
        out.writeLine(options.dryRun ? Sentence::tr("Nothing was changed.")
                                     : Sentence::tr("In effect. Kept: after a reboot halfopen-guard.service puts it in "
                                                    "effect again, once enabled."));
    return out.finish(options.json);
}

std::string listJson(const GuardList& list) {
    JsonWriter json;
    json.object([&] {
        json.put("schema", 1);
        json.array("rules", [&] {
            for (const ListedGuard& one : list.rules)
                json.object([&] {
                    put(json, one.rule);
                    json.putIf("in_effect", !list.notInEffect, one.counts.has_value());
                    const GuardCounts counts = one.counts.value_or(GuardCounts());
                    json.putIf("guarded_active", one.counts.has_value(), counts.active);
                    json.putIf("guarded_passive", one.counts.has_value(), counts.passive);
                    json.putIf("asked_themselves", one.counts.has_value(), counts.asked);
                    json.putIf("failed", one.counts.has_value(), counts.failed);
                });
        });
    });
    return std::string(json.text()) + '\n';
}

Sentence stateText(const ListedGuard& one, bool known) {
    if (!known)
        return Sentence::tr("kept");
    if (!one.counts)
        return Sentence::tr("kept, and not in effect (halfopenctl guard restore)");
    const Sentence text = Sentence::tr("guarded {0} connected and {1} accepted, {2} had asked themselves",
                                       one.counts->active, one.counts->passive, one.counts->asked);
    return one.counts->failed != 0 ? listOf({text, Sentence::tr("{0} failed", one.counts->failed)}) : text;
}

int list(bool json) {
    const auto rules = machinesRules().list();
    if (!rules)
        return fail(rules.error(), json);
    StandardOutput out;
    if (json) {
        out.write(listJson(*rules));
        return out.finish(true);
    }
    for (const ListedGuard& one : rules->rules)
        out.writeLine(Sentence::tr("{0}: {1}; {2}.", nameOf(one.rule), optionsText(one.rule),
                                   stateText(one, !rules->notInEffect)));
    if (rules->rules.empty())
        out.writeLine(Sentence::tr("There are no rules."));
    else if (rules->notInEffect)
        tell(Sentence::tr("What is in effect is not known.") + rules->notInEffect->sentence);
    return out.finish(false);
}

int forget(const GuardOptions& options) {
    const auto unit = unitOf(options);
    if (!unit)
        return fail(unit.error(), options.json);
    if (auto may = mayChange(); !may)
        return fail(may.error(), options.json);
    if (options.all) {
        if (auto done = machinesRules().forgetAll(); !done)
            return fail(done.error(), options.json);
    } else {
        const auto forgotten = machinesRules().forget(*unit);
        if (!forgotten)
            return fail(forgotten.error(), options.json);
        if (!*forgotten)
            return fail({ErrorCode::NotFound, Sentence::tr("There is no rule of {0}.", *unit)}, options.json);
    }
    StandardOutput out;
    if (options.json)
        out.write("{\"schema\":1,\"forgotten\":true}\n");
    else
        out.writeLine(Sentence::tr("New connections are guarded no more. Those that are keep their keepalive."));
    return out.finish(options.json);
}

int restore() {
    if (auto may = mayChange(); !may)
        return fail(may.error(), false);
    const auto restored = machinesRules().restore();
    return restored ? 0 : fail(restored.error(), false);
}

} // namespace

void addGuard(CLI::App& app, Run& run) {
    auto options = std::make_shared<GuardOptions>();
    CLI::App* command =
        app.add_subcommand("guard", say(Sentence::tr("Keepalive for programs that never ask for it (as root)")));
    command->require_subcommand(0, 1);
    command->add_option("UNIT", options->unit, say(Sentence::tr("A unit or control group: postgresql.service")));
    command->add_flag("--all", options->all, say(Sentence::tr("Every connection of the machine")));
    command->add_option(
        "--idle", options->idle,
        say(Sentence::tr("Idle time before the first probe: 90, 10m, 2h (1 s to {0} s)", kMaxKeepaliveIdle)));
    command->add_option("--interval", options->interval,
                        say(Sentence::tr("Time between probes (1 s to {0} s)", kMaxKeepaliveInterval)));
    command->add_option("--probes", options->probes,
                        say(Sentence::tr("Unanswered probes until it is given up (1 to {0})", kMaxKeepaliveProbes)));
    command
        ->add_option("--user-timeout", options->userTimeout,
                     say(Sentence::tr("Milliseconds without an answer until it is given up")))
        ->type_name("MS");
    command->add_flag("--dry-run", options->dryRun, say(Sentence::tr("Say what it would do, and do nothing")));
    options->addJson(*command, Sentence::tr("As JSON (schema 1)"));
    command->callback([options, command, &run] {
        if (command->get_subcommands().empty())
            run = [options] { return set(*options); };
    });
    CLI::App* listing = command->add_subcommand("list", say(Sentence::tr("The rules, and what they have done")));
    options->addJson(*listing, Sentence::tr("As JSON (schema 1)"));
    listing->callback([options, &run] { run = [options] { return list(options->json); }; });
    CLI::App* forgetting = command->add_subcommand("forget", say(Sentence::tr("Take a rule back")));
    forgetting->add_option("UNIT", options->unit, say(Sentence::tr("The unit of the rule")));
    forgetting->add_flag("--all", options->all, say(Sentence::tr("All rules")));
    options->addJson(*forgetting, Sentence::tr("As JSON (schema 1)"));
    forgetting->callback([options, &run] { run = [options] { return forget(*options); }; });
    CLI::App* restoring =
        command->add_subcommand("restore", say(Sentence::tr("Put the rules that are kept in effect, as at boot")));
    restoring->callback([&run] { run = [] { return restore(); }; });
}

} // namespace halfopen::ctl
