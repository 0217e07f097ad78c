// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopenctl/commands.h"
#include "app/halfopenctl/language.h"
#include "app/halfopenctl/operations.h"
#include "app/halfopenctl/source_options.h"
#include "app/halfopenctl/targets.h"
#include "app/halfopenctl/terminal.h"
#include "core/actions/direct_operations.h"
#include "core/actions/guard_rules.h"
#include "core/format/dead_sockets.h"
#include "core/format/explain.h"
#include "core/format/guard_text.h"
#include "core/format/json.h"
#include "core/kernel/netns/netns_id.h"
#include "core/kernel/process/unit_cgroups.h"
#include "core/model/guarded.h"
#include "core/text/json_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <vector>

namespace halfopen::ctl {

namespace {

struct ShowOptions : SourceOptions {
    std::string cookie;
    bool exact = false;
};

/// The rule of the guard that it has its keepalive from, as its control group and its values show.
std::optional<GuardRule> guardOf(const Row& row, const Frame& frame, const ShowOptions& options) {
    const bool isHere = frame.live && options.host.empty();
    const auto list = isHere && row.connection.cgroup != 0 ? GuardRules(machinesGuardPlaces()).list()
                                                           : Result<GuardList>(GuardList());
    std::vector<GuardRule> rules;
    for (const ListedGuard& one : list.value_or(GuardList()).rules)
        if (one.counts || list->notInEffect)
            rules.push_back(one.rule);
    if (rules.empty())
        return std::nullopt;
    const std::uint64_t group = cgroupId(row.connection.cgroup);
    const auto paths = cgroupPaths(machinesGuardPlaces().cgroup, {group});
    const GuardRule* rule = paths.empty() ? nullptr : ruleFor(paths.at(group), rules);
    return rule && hasValuesOf(*rule, row.options, frame.sysctlsOf(row)) ? std::optional(*rule) : std::nullopt;
}

void describe(const Row& row, const Frame& frame, const ShowOptions& options, StandardOutput& out) {
    const auto guard = guardOf(row, frame, options);
    if (options.json) {
        std::string text = frameHeadJson(frame, options.hostFacts());
        text.back() = ',';
        JsonWriter by;
        by.object([&] { by.putIf("guarded_by", guard.has_value(), guard ? guardedName(guard->unit) : ""); });
        const std::string guarded(by.text());
        out.write(text + guarded.substr(1, guarded.size() - 2) + ",\"connections\":[" + connectionJson(row, frame) +
                  "]}\n");
        return;
    }
    for (const Sentence& sentence : explain(row, frame))
        out.writeLine(sentence);
    if (guard)
        out.writeLine(guardedByText(guard->unit));
}

/// Has options and owners read with the helper's rights where this process has not enough of its own.
Outcome<std::vector<SocketReading>> readExactly(std::uint64_t cookie) {
    Outcome<std::vector<SocketReading>> answer;
    chooseSocketOperations()->inspect(
        ownNetns(), {cookie}, true,
        [&answer](Outcome<std::vector<SocketReading>> outcome) { answer = std::move(outcome); });
    if (answer && !answer->front().options)
        return tl::unexpected(answer->front().options.error());
    return answer;
}

/// It is in no dump any more, but not gone either.
int showDead(const EndedConnectionPtr& dead, const Frame& frame, const ShowOptions& options) {
    StandardOutput out;
    if (options.json) {
        std::string text = frameHeadJson(frame, options.hostFacts());
        text.back() = ',';
        out.write(text + "\"connections\":[],\"held\":" + deadSocketsJson({&dead, 1}) + "}\n");
    } else {
        out.writeLine(deadSocketSentence(*dead, frame.taken));
    }
    return out.finish(options.json);
}

/// Whose connections are told without their cookies; empty: nobody's.
std::vector<Sentence> seenFromOutside(const Frame& frame) {
    std::vector<Sentence> names;
    for (std::size_t index = 0; index < frame.namespaces.size(); ++index)
        if (const NetnsContext& netns = *frame.namespaces[index];
            netns.tier == NetnsTier::Public && !frame.sampleOf(static_cast<std::uint16_t>(index)).gone)
            names.push_back(Sentence::tr("{0}", netns.name));
    return names;
}

/// No dump has it: a dead socket, which takes a look at all descriptors, or none at all.
int showUnlisted(std::uint64_t cookie, const ShowOptions& options) {
    auto monitor = options.monitor();
    if (!monitor)
        return fail(monitor.error(), options.json);
    const FramePtr frame = (*monitor)->sampleSettled(options.query(), kLongTimeLimit);
    if (frame->error)
        return fail(*frame->error, options.json);
    const auto dead = std::ranges::find_if(frame->dead, [&](const auto& one) { return one->cookie == cookie; });
    if (dead != frame->dead.end())
        return showDead(*dead, *frame, options);
    if (const auto names = seenFromOutside(*frame); !names.empty())
        return fail({ErrorCode::NotPermitted,
                     Sentence::tr("No TCP socket with the cookie {0} is seen, but only an administrator sees the "
                                  "cookies of {1}.",
                                  Hex{cookie}, listOf(names))},
                    options.json);
    if (!options.host.empty())
        return fail({ErrorCode::NotFound, Sentence::tr("There is no TCP socket with the cookie {0} on {1} (any more).",
                                                       Hex{cookie}, options.host)},
                    options.json);
    return fail(
        {ErrorCode::NotFound, Sentence::tr("There is no TCP socket with the cookie {0} here (any more).", Hex{cookie}) +
                                  (options.replay.empty() ? elsewhere(cookie) : Sentence())},
        options.json);
}

/// Some is told of the connection alone that somebody has chosen.
FramePtr lookCloser(Monitor& monitor, Query query, const SocketKey& key) {
    query.selected = key;
    return monitor.sample(query);
}

int show(const ShowOptions& options) {
    const auto cookie = parseCookie(options.cookie);
    if (!cookie)
        return fail(cookie.error(), options.json);
    if (options.exact) // the helper, or root, looks where this process is
        if (auto entered = options.enterNetns(); !entered)
            return fail(entered.error(), options.json);
    auto monitor = options.monitor({*cookie});
    if (!monitor)
        return fail(monitor.error(), options.json);
    if (options.exact) {
        auto readings = readExactly(*cookie);
        if (!readings)
            return fail(toError(readings.error()), options.json);
        (*monitor)->take(ReadingsOrder{ownNetns(), std::move(*readings)});
    }
    FramePtr frame = (*monitor)->sampleSettled(options.query(), kLongTimeLimit);
    if (frame->error)
        return fail(*frame->error, options.json);
    const Row* row = findAnywhere(*frame, *cookie);
    if (!row)
        return showUnlisted(*cookie, options);
    if (frame->live)
        if (auto closer = lookCloser(**monitor, options.query(), frame->keyOf(*row));
            closer->find(closer->query.selected)) {
            frame = std::move(closer);
            row = frame->find(frame->query.selected);
        }
    StandardOutput out;
    describe(*row, *frame, options, out);
    return out.finish(options.json);
}

} // namespace

void addShow(CLI::App& app, Run& run) {
    auto options = std::make_shared<ShowOptions>();
    CLI::App* command =
        app.add_subcommand("show", say(Sentence::tr("One connection, everything known about it, in sentences")));
    command->add_option("COOKIE", options->cookie, say(Sentence::tr("The socket's cookie in hex, as list prints it")))
        ->required();
    options->addReplay(*command);
    options->addNetns(*command, true);
    command
        ->add_flag("--exact", options->exact,
                   say(Sentence::tr("Read another user's socket too (asks for authentication)")))
        ->excludes(command->get_option("--replay"));
    options->addHost(*command);
    options->addJson(*command, Sentence::tr("As JSON (schema 1)"));
    command->callback([options, &run] { run = [options] { return show(*options); }; });
}

} // namespace halfopen::ctl
