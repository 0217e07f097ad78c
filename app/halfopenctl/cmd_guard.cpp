// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopenctl/commands.h"
#include "app/halfopenctl/language.h"
#include "app/halfopenctl/operations.h"
#include "app/halfopenctl/source_options.h"
#include "app/halfopenctl/terminal.h"
#include "core/actions/direct_guard_operations.h"
#include "core/format/duration.h"
#include "core/format/guard_text.h"
#include "core/kernel/process/unit_cgroups.h"
#include "core/model/keepalive_limits.h"
#include "core/text/json_writer.h"

#include <unistd.h>

#include <algorithm>
#include <memory>
#include <optional>

namespace halfopen::ctl {

namespace {

struct GuardOptions : SourceOptions {
    std::string unit;
    std::string idle;
    std::string interval;
    std::int32_t probes = 0;
    std::int32_t userTimeout = 0;
    bool all = false;
    bool untilReboot = false;
    bool dryRun = false;
};

Outcome<GuardList> listAll() {
    Outcome<GuardList> answer;
    chooseGuardOperations()->listGuards([&answer](Outcome<GuardList> list) { answer = std::move(list); });
    return answer;
}

Outcome<void> forgetOne(const std::string& unit) {
    Outcome<void> answer;
    chooseGuardOperations()->forgetGuard(unit, [&answer](Outcome<void> outcome) { answer = std::move(outcome); });
    return answer;
}

/// @return Usage where it is no duration in whole seconds
Result<std::int32_t> seconds(const std::string& text) {
    const auto duration = text.empty() ? std::optional<std::chrono::milliseconds>(0) : parseDuration(text);
    if (!duration || duration->count() % 1000 != 0 || duration->count() / 1000 > INT32_MAX)
        return failure(ErrorCode::Usage,
                       Sentence::tr("\"{0}\" is not a time in whole seconds, such as 90, 10m or 1h30m.", text));
    return static_cast<std::int32_t>(duration->count() / 1000);
}

Error nameOne() {
    return {ErrorCode::Usage, Sentence::tr("Name one unit, or give --all for every connection.")};
}

Result<GuardRule> wanted(const GuardOptions& options) {
    if (options.all != options.unit.empty())
        return tl::unexpected(nameOne());
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
    GuardRule rule{options.unit, *idle, *interval, options.probes, options.userTimeout};
    if (auto checked = checkRule(rule); !checked)
        return tl::unexpected(checked.error());
    return rule;
}

std::optional<std::size_t> connectionsIn(const UnitCgroups& groups, const SourceOptions& options) {
    const auto monitor = options.monitor();
    const FramePtr frame = monitor ? (*monitor)->sampleSettled(options.query(), kTimeLimit) : nullptr;
    if (!frame || frame->error)
        return std::nullopt;
    return static_cast<std::size_t>(std::count_if(frame->rows.begin(), frame->rows.end(), [&](const Row& row) {
        return row.connection.state == State::Established && groups.ids.contains(cgroupId(row.connection.cgroup));
    }));
}

Result<GuardTouches> touchedBy(const GuardRule& rule, const SourceOptions& options) {
    const UnitCgroups groups = findUnitCgroups(machinesGuardPlaces().cgroup, rule.unit);
    if (auto checked = checkGuardedUnit(rule.unit, groups); !checked)
        return tl::unexpected(checked.error());
    return GuardTouches{!groups.ids.empty(), groups.processes, connectionsIn(groups, options)};
}

std::vector<Sentence> preview(const GuardRule& rule, const GuardTouches& touches) {
    return {guardEffectText(rule), guardTouchesText(touches),
            Sentence::tr("Open connections stay as they are (halfopenctl set changes them), and so do sockets made "
                         "before their process came into the unit."),
            guardCostText(rule)};
}

void put(JsonWriter& json, const GuardRule& rule) {
    json.putName("unit", rule.unit);
    json.put("idle_s", rule.idle);
    json.putIf("interval_s", rule.interval != 0, rule.interval);
    json.putIf("probes", rule.probes != 0, rule.probes);
    json.putIf("user_timeout_ms", rule.userTimeout != 0, rule.userTimeout);
}

std::string changeText(const GuardRule& rule, const GuardTouches& touches, const GuardOptions& options) {
    JsonWriter json;
    json.object([&] {
        json.put("schema", 1);
        json.object("rule", [&] { put(json, rule); });
        json.put("processes", touches.processes);
        json.putIf("connections", touches.connections.has_value(), touches.connections.value_or(0));
        json.put("set", !options.dryRun);
        json.put("kept", !options.dryRun && !options.untilReboot);
    });
    return std::string(json.text()) + '\n';
}

Sentence doneText(const GuardOptions& options) {
    if (options.dryRun)
        return Sentence::tr("Nothing was changed.");
    return options.untilReboot ? Sentence::tr("In effect until the next boot.")
                               : Sentence::tr("In effect, and kept after a reboot.");
}

int set(const GuardOptions& options) {
    if (auto here = options.refuseHost(); !here)
        return fail(here.error(), options.json);
    const auto rule = wanted(options);
    if (!rule)
        return fail(rule.error(), options.json);
    const auto touches = touchedBy(*rule, options);
    if (!touches)
        return fail(touches.error(), options.json);
    StandardOutput out;
    if (!options.json)
        for (const Sentence& sentence : preview(*rule, *touches))
            out.writeLine(sentence);
    if (!options.dryRun) {
        Outcome<void> done;
        chooseGuardOperations()->setGuard(*rule, !options.untilReboot,
                                          [&done](Outcome<void> outcome) { done = std::move(outcome); });
        if (!done)
            return fail(toError(done.error()), options.json);
    }
    if (options.json)
        out.write(changeText(*rule, *touches, options));
    else
        out.writeLine(doneText(options));
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
                    json.put("kept", one.kept);
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
    const Sentence counts = guardCountsText(*one.counts);
    return one.kept ? counts : listOf({Sentence::tr("until the next boot"), counts});
}

int list(const GuardOptions& options) {
    if (auto here = options.refuseHost(); !here)
        return fail(here.error(), options.json);
    const auto rules = listAll();
    if (!rules)
        return fail(toError(rules.error()), options.json);
    StandardOutput out;
    if (options.json) {
        out.write(listJson(*rules));
        return out.finish(true);
    }
    for (const ListedGuard& one : rules->rules)
        out.writeLine(Sentence::tr("{0}: {1}; {2}.", guardedText(one.rule.unit), guardOptionsText(one.rule),
                                   stateText(one, !rules->notInEffect)));
    if (rules->rules.empty() && !rules->notInEffect)
        out.writeLine(Sentence::tr("There are no rules."));
    else if (rules->rules.empty())
        out.writeLine(Sentence::tr("No rules are kept."));
    if (rules->notInEffect)
        tell(Sentence::tr("What is in effect is not known.") + rules->notInEffect->sentence);
    return out.finish(false);
}

/// Root whatever stands in the file; anybody else one rule after the other, as far as they can be seen.
Outcome<void> forgetAll() {
    if (::geteuid() == 0)
        return GuardRules(machinesGuardPlaces()).forgetAll().map_error(toPrivilegeError);
    const auto rules = listAll();
    if (!rules)
        return tl::unexpected(rules.error());
    for (const ListedGuard& one : rules->rules)
        if (auto done = forgetOne(one.rule.unit); !done)
            return done;
    return {};
}

/// Nobody is asked about a rule that is not there.
Outcome<void> forgetNamed(const std::string& unit) {
    const auto rules = listAll();
    if (!rules)
        return tl::unexpected(rules.error());
    const bool there = std::any_of(rules->rules.begin(), rules->rules.end(),
                                   [&](const ListedGuard& one) { return one.rule.unit == unit; });
    if (there || rules->notInEffect)
        return forgetOne(unit);
    return refusal(PrivilegeErrorKind::NoSuchConnection, Sentence::tr("There is no rule of {0}.", guardedText(unit)));
}

int forget(const GuardOptions& options) {
    if (auto here = options.refuseHost(); !here)
        return fail(here.error(), options.json);
    if (options.all != options.unit.empty())
        return fail(nameOne(), options.json);
    const auto done = options.all ? forgetAll() : forgetNamed(unitCalled(options.unit).value_or(""));
    if (!done)
        return fail(toError(done.error()), options.json);
    StandardOutput out;
    if (options.json)
        out.write("{\"schema\":1,\"forgotten\":true}\n");
    else
        out.writeLine(Sentence::tr("New connections are guarded no more. Those that are keep their keepalive."));
    return out.finish(options.json);
}

int restore(const GuardOptions& options) {
    if (auto here = options.refuseHost(); !here)
        return fail(here.error(), false);
    if (::geteuid() != 0)
        return fail({ErrorCode::NotPermitted, Sentence::tr("Rules are put in effect by root alone.")}, false);
    const auto restored = GuardRules(machinesGuardPlaces()).restore();
    return restored ? 0 : fail(restored.error(), false);
}

} // namespace

void addGuard(CLI::App& app, Run& run) {
    auto options = std::make_shared<GuardOptions>();
    CLI::App* command = app.add_subcommand(
        "guard", say(Sentence::tr("Keepalive for programs that never ask for it (asks for authentication)")));
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
    command->add_flag("--until-reboot", options->untilReboot,
                      say(Sentence::tr("Keep the rule in the kernel alone, not in /etc/halfopen")));
    command->add_flag("--dry-run", options->dryRun, say(Sentence::tr("Say what it would do, and do nothing")));
    options->addRefusedHost(*command);
    options->addJson(*command, Sentence::tr("As JSON (schema 1)"));
    command->callback([options, command, &run] {
        if (command->get_subcommands().empty())
            run = [options] { return set(*options); };
    });
    CLI::App* listing = command->add_subcommand("list", say(Sentence::tr("The rules, and what they have done")));
    options->addRefusedHost(*listing);
    options->addJson(*listing, Sentence::tr("As JSON (schema 1)"));
    listing->callback([options, &run] { run = [options] { return list(*options); }; });
    CLI::App* forgetting = command->add_subcommand("forget", say(Sentence::tr("Take a rule back")));
    forgetting->add_option("UNIT", options->unit, say(Sentence::tr("The unit of the rule")));
    forgetting->add_flag("--all", options->all, say(Sentence::tr("All rules")));
    options->addRefusedHost(*forgetting);
    options->addJson(*forgetting, Sentence::tr("As JSON (schema 1)"));
    forgetting->callback([options, &run] { run = [options] { return forget(*options); }; });
    CLI::App* restoring =
        command->add_subcommand("restore", say(Sentence::tr("Put the rules that are kept in effect, as at boot")));
    options->addRefusedHost(*restoring);
    restoring->callback([options, &run] { run = [options] { return restore(*options); }; });
}

} // namespace halfopen::ctl
