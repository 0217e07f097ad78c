// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopenctl/commands.h"
#include "app/halfopenctl/source_options.h"
#include "app/halfopenctl/terminal.h"
#include "core/actions/guard_rules.h"
#include "core/format/duration.h"
#include "core/kernel/process/unit_cgroups.h"
#include "core/model/keepalive_limits.h"
#include "core/text/json_writer.h"

#include <fmt/format.h>
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

/// "1 process", "2 processes".
std::string counted(std::size_t number, std::string_view one, std::string_view many) {
    return fmt::format("{} {}", number, number == 1 ? one : many);
}

/// Its file and its pin are root's.
Result<void> mayChange() {
    if (::geteuid() == 0)
        return {};
    return failure(ErrorCode::NotPermitted, Sentence::tr("Rules are changed by root alone."));
}

std::string nameOf(const GuardRule& rule) {
    return rule.unit.empty() ? "every connection" : rule.unit;
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

std::string optionsText(const GuardRule& rule) {
    std::string text = fmt::format("first probe after {} s of silence", rule.idle);
    if (rule.interval != 0)
        text += fmt::format(", then every {} s", rule.interval);
    if (rule.probes != 0)
        text += fmt::format(", {} in all", rule.probes);
    if (rule.userTimeout != 0)
        text += fmt::format(", user timeout {} ms", rule.userTimeout);
    return text;
}

std::string previewText(const GuardRule& rule, const Touched& touched) {
    std::string text = fmt::format("{}: keepalive for each new connection whose program does not ask for it: {}.\n",
                                   nameOf(rule), optionsText(rule));
    if (touched.groups.ids.empty())
        text += "It is not running now; the rule counts when it does.\n";
    else
        text += fmt::format(
            "Now it has {}{}.\n", counted(touched.groups.processes, "process", "processes"),
            touched.connections ? " and " + counted(*touched.connections, "open connection", "open connections") : "");
    text += "Open connections stay as they are (halfopenctl set changes them), and so do sockets made before their "
            "process came into the unit.\n";
    text += fmt::format("It costs a packet and its answer for each {} s of silence, so that sleeping devices wake and "
                        "peers that sleep too long are given up; and the machine about a microsecond a connection.\n",
                        rule.idle);
    return text;
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
        out.writeText(previewText(*rule, *touched));
    if (!options.dryRun)
        if (auto done = machinesRules().set(*rule); !done)
            return fail(done.error(), options.json);
    if (options.json)
        out.write(changeText(*rule, *touched, !options.dryRun));
    else
        out.write(
            options.dryRun
                ? "Nothing was changed.\n"
                : "In effect. Kept: after a reboot halfopen-guard.service puts it in effect again, once enabled.\n");
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

std::string stateText(const ListedGuard& one, bool known) {
    if (!known)
        return "kept";
    if (!one.counts)
        return "kept, and not in effect (halfopenctl guard restore)";
    const std::string failed = one.counts->failed != 0 ? fmt::format(", {} failed", one.counts->failed) : "";
    return fmt::format("guarded {} connected and {} accepted, {} had asked themselves{}", one.counts->active,
                       one.counts->passive, one.counts->asked, failed);
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
        out.writeLine(
            fmt::format("{}: {}; {}.", nameOf(one.rule), optionsText(one.rule), stateText(one, !rules->notInEffect)));
    if (rules->rules.empty())
        out.write("There are no rules.\n");
    else if (rules->notInEffect)
        tell("What is in effect is not known. " + inEnglish(*rules->notInEffect));
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
    out.write(options.json ? "{\"schema\":1,\"forgotten\":true}\n"
                           : "New connections are guarded no more. Those that are keep their keepalive.\n");
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
    CLI::App* command = app.add_subcommand("guard", "Keepalive for programs that never ask for it (as root)");
    command->require_subcommand(0, 1);
    command->add_option("UNIT", options->unit, "A unit or control group: postgresql.service");
    command->add_flag("--all", options->all, "Every connection of the machine");
    command->add_option("--idle", options->idle,
                        fmt::format("Idle time before the first probe: 90, 10m, 2h (1 s to {} s)", kMaxKeepaliveIdle));
    command->add_option("--interval", options->interval,
                        fmt::format("Time between probes (1 s to {} s)", kMaxKeepaliveInterval));
    command->add_option("--probes", options->probes,
                        fmt::format("Unanswered probes until it is given up (1 to {})", kMaxKeepaliveProbes));
    command->add_option("--user-timeout", options->userTimeout, "Milliseconds without an answer until it is given up")
        ->type_name("MS");
    command->add_flag("--dry-run", options->dryRun, "Say what it would do, and do nothing");
    options->addJson(*command, "As JSON (schema 1)");
    command->callback([options, command, &run] {
        if (command->get_subcommands().empty())
            run = [options] { return set(*options); };
    });
    CLI::App* listing = command->add_subcommand("list", "The rules, and what they have done");
    options->addJson(*listing, "As JSON (schema 1)");
    listing->callback([options, &run] { run = [options] { return list(options->json); }; });
    CLI::App* forgetting = command->add_subcommand("forget", "Take a rule back");
    forgetting->add_option("UNIT", options->unit, "The unit of the rule");
    forgetting->add_flag("--all", options->all, "All rules");
    options->addJson(*forgetting, "As JSON (schema 1)");
    forgetting->callback([options, &run] { run = [options] { return forget(*options); }; });
    CLI::App* restoring = command->add_subcommand("restore", "Put the rules that are kept in effect, as at boot");
    restoring->callback([&run] { run = [] { return restore(); }; });
}

} // namespace halfopen::ctl
