// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopenctl/commands.h"
#include "app/halfopenctl/language.h"
#include "app/halfopenctl/source_options.h"
#include "app/halfopenctl/terminal.h"
#include "core/format/groups_report.h"
#include "core/format/table.h"
#include "core/monitor/netns_lookup.h"
#include "core/query/filter.h"
#include "core/query/push_down.h"

#include <algorithm>
#include <memory>

namespace halfopen::ctl {

namespace {

// Reading the options of 10,000 sockets and the descriptors of a machine takes less; a machine where it takes more is
// shown what was found until then.
struct ListOptions : SourceOptions {
    bool csv = false;
};

bool print(const ListOptions& options, const Frame& frame, std::span<const TextColumn* const> columns,
           StandardOutput& out) {
    const Output output = [&](std::string_view text) { return out.write(text); };
    if (options.json)
        return writeFrameJson(frame, options.hostFacts(), output);
    if (frame.query.grouping.by != GroupBy::None)
        return options.csv ? writeGroupsCsv(frame, output) : output(groupsText(frame, language()));
    if (options.csv)
        return writeCsv(frame, columns, output);
    return writeTable(frame, columns, {.colour = wantsColour(), .language = language()}, output);
}

/// JSON tells of dead connections as well, and of the machine, whatever the filter; a recording is there already, and a
/// pipe can be read once.
bool isLeftOut(const ListOptions& options) {
    return !options.json && !options.filter.empty() && options.replay.empty() && options.host.empty();
}

/// A name that no connection has among those that the kernel let through may be one of the others.
void tellHints(const ListOptions& options, const TypedFilter& filter, const Frame& frame) {
    if (isLeftOut(options) && filter.hasHints(frame) && !pushDownOf(filter.filter()).everything()) {
        if (const auto monitor = options.monitor())
            filter.tellHints(
                *(*monitor)->sampleSettled({.sort = SortKey::Kernel, .owners = !options.noOwners}, kTimeLimit));
        return;
    }
    filter.tellHints(frame);
}

/// An empty table is not all that there is where everything lives in other namespaces.
void tellElsewhere(const ListOptions& options, const TypedFilter& filter, const Frame& frame) {
    const bool looksHere = !options.allNetns && options.netns.empty() && options.host.empty() && options.replay.empty();
    const bool isMeant = options.filter.empty() || namesNetns(filter.filter());
    if (!looksHere || !isMeant || std::ranges::any_of(frame.shown, [&](std::uint32_t index) {
            const State state = frame.rows[index].connection.state;
            return state != State::Listen && state != State::Bound;
        }))
        return;
    if (const Elsewhere elsewhere = countElsewhere(); elsewhere.sockets > 0)
        tell(Sentence::tr(
            "More is in other network namespaces, and --all-netns shows it (sockets: {0}, namespaces: {1}).",
            elsewhere.sockets, elsewhere.namespaces));
}

/// Where the dump alone says what is shown, processes are looked for only for that, and not at all for nothing.
Result<FramePtr> filtered(const ListOptions& options, const TypedFilter& filter, const Query& query) {
    std::vector<std::uint64_t> only;
    if (isOfTheDump(filter.filter()) && !options.noOwners) {
        const SourceOptions quick = options.withoutOwners();
        const auto monitor = quick.filteringMonitor();
        if (!monitor)
            return tl::unexpected(monitor.error());
        FramePtr frame = (*monitor)->sampleSettled(quick.query(filter), kTimeLimit);
        if (frame->error || frame->shown.empty())
            return frame;
        for (const std::uint32_t index : frame->shown)
            only.push_back(frame->rows[index].connection.cookie);
    }
    const auto monitor = options.filteringMonitor(std::move(only));
    if (!monitor)
        return tl::unexpected(monitor.error());
    return (*monitor)->sampleSettled(query, kTimeLimit);
}

Result<FramePtr> sampled(const ListOptions& options, const TypedFilter& filter) {
    Query query = options.query(filter);
    query.grouping = *options.grouping();
    if (isLeftOut(options))
        return filtered(options, filter, query);
    const auto monitor = options.monitor();
    if (!monitor)
        return tl::unexpected(monitor.error());
    return (*monitor)->sampleSettled(query, kTimeLimit);
}

int list(const ListOptions& options) {
    if (const auto named = selectColumns(options.columns); !named && !options.columns.empty())
        return fail(named.error(), options.json);
    if (const auto grouping = options.grouping(); !grouping)
        return fail(grouping.error(), options.json);
    const TypedFilter filter = options.typedFilter();
    if (const int refused = filter.check(options.json); refused != 0)
        return refused;
    const auto result = sampled(options, filter);
    if (!result)
        return fail(result.error(), options.json);
    const FramePtr& frame = *result;
    if (frame->error)
        return fail(*frame->error, options.json);
    if (const int refused = TypedFilter::checkAnswers(*frame, options.json); refused != 0)
        return refused;
    const std::string usual = options.csv ? std::string(usualCsvColumns()) : options.withNetns(usualColumns(), *frame);
    StandardOutput out;
    print(options, *frame, *selectColumns(options.columns.empty() ? usual : options.columns), out);
    if (!options.json) {
        tellNotes(*frame);
        tellHints(options, filter, *frame);
        tellElsewhere(options, filter, *frame);
    }
    if (!options.json && options.filter.empty())
        noteDeadSockets(*frame);
    return out.finish(options.json);
}

} // namespace

void addList(CLI::App& app, Run& run) {
    auto options = std::make_shared<ListOptions>();
    CLI::App* command =
        app.add_subcommand("list", say(Sentence::tr("All TCP sockets once, and what the kernel will do to each")));
    options->addFilter(*command);
    options->addReplay(*command);
    options->addNetns(*command, true);
    options->addHost(*command);
    options->addNoOwners(*command);
    options->addNames(*command);
    options->addJson(*command, Sentence::tr("One JSON object (schema 1)"));
    CLI::Option* csv =
        command->add_flag("--csv", options->csv, say(Sentence::tr("Comma-separated values, with a header")));
    csv->excludes(command->get_option("--json"));
    options->addColumns(*command);
    options->addGroupBy(*command);
    command->callback([options, &run] { run = [options] { return list(*options); }; });
}

} // namespace halfopen::ctl
