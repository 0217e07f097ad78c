// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopenctl/any_netns.h"
#include "app/halfopenctl/commands.h"
#include "app/halfopenctl/language.h"
#include "app/halfopenctl/operations.h"
#include "app/halfopenctl/source_options.h"
#include "app/halfopenctl/targets.h"
#include "app/halfopenctl/terminal.h"
#include "core/actions/direct_operations.h"
#include "core/actions/socket_checks.h"
#include "core/format/duration.h"
#include "core/model/keepalive_limits.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <optional>

namespace halfopen::ctl {

namespace {

struct SetOptions : SourceOptions {
    std::vector<std::string> cookies;
    std::string keepalive;
    std::string idle;
    std::string interval;
    std::optional<std::int32_t> probes;
    std::optional<std::int32_t> userTimeout;
};

/// @return Usage where it is no duration in whole seconds
Result<std::optional<std::int32_t>> seconds(const std::string& text) {
    if (text.empty())
        return std::nullopt;
    const auto duration = parseDuration(text);
    if (!duration || duration->count() % 1000 != 0 || duration->count() / 1000 > INT32_MAX)
        return failure(ErrorCode::Usage,
                       Sentence::tr("\"{0}\" is not a time in whole seconds, such as 90, 10m or 1h30m.", text));
    return static_cast<std::int32_t>(duration->count() / 1000);
}

Result<OptionsChange> wanted(const SetOptions& options) {
    OptionsChange change;
    if (!options.keepalive.empty())
        change.enabled = options.keepalive == "on";
    const auto idle = seconds(options.idle);
    if (!idle)
        return tl::unexpected(idle.error());
    const auto interval = seconds(options.interval);
    if (!interval)
        return tl::unexpected(interval.error());
    change.idleSeconds = *idle;
    change.intervalSeconds = *interval;
    change.probes = options.probes;
    change.userTimeoutMs = options.userTimeout;
    if (auto checked = checkChange(change); !checked)
        return tl::unexpected(toError(checked.error()));
    return change;
}

void take(const std::vector<std::uint64_t>& batch, const Outcome<std::vector<SetResult>>& outcome, bool json,
          std::vector<SocketReading>& made, Failures& failures) {
    if (!outcome) {
        for (const std::uint64_t cookie : batch)
            failures.add(cookie, outcome.error(), json);
        return;
    }
    for (const SetResult& result : *outcome) {
        if (result.outcome)
            made.push_back({result.cookie, *result.outcome, {}});
        else
            failures.add(result.cookie, result.outcome.error(), json);
    }
}

/// Sets all of them, in as few calls as can be. What is in effect afterwards, by cookie; the rest is in `failures`.
std::vector<SocketReading> setAll(SocketOperations& operations, const SocketsOfNetns& sockets,
                                  const OptionsChange& change, bool json, Failures& failures) {
    std::vector<SocketReading> made;
    const auto& cookies = sockets.cookies;
    const std::size_t most = ::geteuid() == 0 ? cookies.size() : kSocketBatch; // over the bus
    for (std::size_t next = 0; next < cookies.size(); next += most) {
        const std::size_t end = std::min(next + most, cookies.size());
        const std::vector<std::uint64_t> batch(cookies.begin() + static_cast<std::ptrdiff_t>(next),
                                               cookies.begin() + static_cast<std::ptrdiff_t>(end));
        operations.setOptions(sockets.netns, batch, change, [&](const Outcome<std::vector<SetResult>>& outcome) {
            take(batch, outcome, json, made, failures);
        });
    }
    return made;
}

int set(const SetOptions& options) {
    auto cookies = parseCookies(options.cookies);
    if (!cookies)
        return fail(cookies.error(), options.json);
    const auto change = wanted(options);
    if (!change)
        return fail(change.error(), options.json);
    if (auto here = options.refuseHost(); !here)
        return fail(here.error(), options.json);
    if (auto entered = options.enterNetns(); !entered)
        return fail(entered.error(), options.json);
    Failures failures;
    const auto look = lookAtFree(options, *cookies, failures);
    if (!look)
        return fail(look.error(), options.json);
    const FramePtr& before = look->frame;
    AnyNetnsOperations operations(chooseSocketOperations());
    std::vector<std::uint64_t> made;
    for (const SocketsOfNetns& sockets : byNetns(*before, *cookies)) {
        const auto readings = setAll(operations, sockets, *change, options.json, failures);
        look->monitor->take(ReadingsOrder{sockets.netns, readings});
        std::ranges::transform(readings, std::back_inserter(made), &SocketReading::cookie);
    }
    const FramePtr after = options.allNetns ? look->monitor->sampleSettled(options.query(), kLongTimeLimit)
                                            : look->monitor->sample(options.query()); // the timer is the proof
    if (after->error)
        return fail(*after->error, options.json);
    std::vector<SocketChange> changes;
    for (const std::uint64_t cookie : made)
        changes.push_back({findAnywhere(*before, cookie), findAnywhere(*after, cookie)});
    StandardOutput out;
    if (options.json)
        out.write(socketChangesJson(changes, *before, *after, failures.all()));
    else
        for (const SocketChange& one : changes)
            out.writeText(socketChangeText(one, *after, language()));
    const int written = out.finish(options.json);
    return written != 0 ? written : failures.exitCode(made.size());
}

} // namespace

void addSet(CLI::App& app, Run& run) {
    auto options = std::make_shared<SetOptions>();
    CLI::App* command = app.add_subcommand(
        "set", say(Sentence::tr("Other keepalive options for living connections (may ask for authentication)")));
    command
        ->add_option("COOKIE", options->cookies, say(Sentence::tr("The sockets' cookies in hex, as list prints them")))
        ->required();
    command->add_option("--keepalive", options->keepalive, say(Sentence::tr("Turn keepalive on or off")))
        ->check(CLI::IsMember({"on", "off"}));
    command->add_option(
        "--idle", options->idle,
        say(Sentence::tr("Idle time before the first probe: 90, 10m, 2h (1 s to {0} s)", kMaxKeepaliveIdle)));
    command->add_option("--interval", options->interval,
                        say(Sentence::tr("Time between probes (1 s to {0} s)", kMaxKeepaliveInterval)));
    command->add_option("--probes", options->probes,
                        say(Sentence::tr("Unanswered probes until it is given up (1 to {0})", kMaxKeepaliveProbes)));
    command
        ->add_option("--user-timeout", options->userTimeout,
                     say(Sentence::tr("Milliseconds without an answer until it is given up; 0: no such limit")))
        ->type_name("MS");
    options->addNetns(*command, true);
    options->addHost(*command);
    options->addJson(*command, Sentence::tr("Before and after as JSON (schema 1)"));
    command->callback([options, &run] { run = [options] { return set(*options); }; });
}

} // namespace halfopen::ctl
