// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopenctl/commands.h"
#include "app/halfopenctl/interrupts.h"
#include "app/halfopenctl/language.h"
#include "app/halfopenctl/source_options.h"
#include "app/halfopenctl/terminal.h"
#include "core/format/duration.h"
#include "core/format/groups_report.h"
#include "core/format/table.h"
#include "core/text/foreign_text.h"

#include <fmt/format.h>
#include <poll.h>

#include <algorithm>
#include <memory>
#include <numeric>
#include <string_view>

namespace halfopen::ctl {

namespace {

using namespace std::chrono_literals;

struct WatchOptions : SourceOptions {
    std::string interval = "1s";
    std::uint64_t count = 0;
};

/// @return true when it is time to end
bool endsBefore(const Interrupts& interrupts, MonotonicTime until) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - MonotonicClock::now());
    pollfd watched{interrupts.descriptor(), POLLIN, 0};
    return poll(&watched, 1, static_cast<int>(std::max(left, 0ms).count())) > 0 && interrupts.take();
}

Sentence summaryOf(const Frame& frame) {
    if (frame.error)
        return Sentence::tr(
            "These rows are {0} old. {1}",
            durationSentence(std::chrono::duration_cast<Millis>(frame.present(MonotonicClock::now()) - frame.taken)),
            frame.error->sentence);
    const auto counted = [&](QuickFilter quick) { return frame.quickCounts[static_cast<std::size_t>(quick)]; };
    return Sentence::tr("{0} connections, {1} guarded, {2} unguarded, {3} suspect, {4} abandoned    sampled in {5} ms",
                        counted(QuickFilter::All), counted(QuickFilter::Guarded), counted(QuickFilter::Unguarded),
                        counted(QuickFilter::Suspect), counted(QuickFilter::Abandoned),
                        fmt::format("{:.1f}", frame.cost.count() / 1000.0));
}

std::uint32_t shownOf(const Frame& frame) {
    return std::accumulate(frame.matching.begin(), frame.matching.end(), 0U);
}

/// Another machine's is told by its name.
std::string summaryLine(const Frame& frame, const std::string& host) {
    Sentence summary = summaryOf(frame);
    if (!frame.error && !frame.query.filter.empty())
        summary = Sentence::tr("{0} of {1} shown; {2}", shownOf(frame),
                               frame.quickCounts[static_cast<std::size_t>(QuickFilter::All)], summary);
    return (host.empty() ? say(summary) : say(Sentence::tr("{0}: {1}", host, summary))) + '\n';
}

bool isGrouped(const Frame& frame) {
    return frame.query.grouping.by != GroupBy::None;
}

/// The header and as many lines below it as there is room for, none longer than the screen is wide.
std::string cut(std::string_view text, const TableStyle& style) {
    std::string fits;
    for (std::size_t line = 0; line <= style.maxRows && !text.empty(); ++line) {
        const auto whole = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(whole.size() + 1, text.size()));
        fits += whole.substr(0, style.width == 0 ? whole.size() : fitting(whole, style.width));
        fits += '\n';
    }
    return fits;
}

/// Where nothing is shown: why, perhaps.
std::string hintLines(const TypedFilter& filter, const Frame& frame) {
    std::string lines;
    if (frame.query.filter.empty() || shownOf(frame) > 0)
        return lines;
    for (const Sentence& hint : filter.hints(frame)) {
        const std::string text = harmless(say(hint));
        lines += text.substr(0, fitting(text, terminalWidth())) + '\n';
    }
    return lines;
}

/// A whole screen at a time, written over the one before: nothing flickers.
bool drawScreen(const WatchOptions& options, const TypedFilter& filter, const Frame& frame,
                std::span<const TextColumn* const> columns, StandardOutput& out) {
    std::string screen = "\x1b[H" + summaryLine(frame, options.host);
    const std::string hints = hintLines(filter, frame);
    screen += hints;
    const std::size_t height = terminalHeight();
    const std::size_t above = 3 + static_cast<std::size_t>(std::ranges::count(hints, '\n'));
    const TableStyle style{.colour = wantsColour(),
                           .maxRows = height > above ? height - above : 1,
                           .width = terminalWidth(),
                           .language = language()};
    const auto append = [&](std::string_view text) {
        screen += text;
        return true;
    };
    if (isGrouped(frame))
        append(cut(groupsText(frame, language()), style));
    else
        writeTable(frame, columns, style, append);
    std::string cleared;
    for (const char c : screen)
        cleared += c == '\n' ? std::string("\x1b[K\n") : std::string(1, c);
    return out.write(cleared + "\x1b[J");
}

bool writeSample(const WatchOptions& options, const TypedFilter& filter, const Frame& frame,
                 std::span<const TextColumn* const> columns, bool terminal, StandardOutput& out) {
    const Output output = [&](std::string_view text) { return out.write(text); };
    if (options.json)
        return writeSampleJson(frame, options.hostFacts(), output);
    if (terminal)
        return drawScreen(options, filter, frame, columns, out);
    return output(summaryLine(frame, options.host)) &&
           (isGrouped(frame) ? output(groupsText(frame, language()))
                             : writeTable(frame, columns, {.language = language()}, output)) &&
           output("\n");
}

/// One sample that failed after others worked is no reason to end.
bool mayPass(const Frame& frame) {
    return frame.error && frame.error->code == ErrorCode::Unreadable && frame.sequence > 1;
}

int watch(const WatchOptions& options) {
    const auto interval = parseInterval(options.interval);
    if (!interval)
        return fail(interval.error(), options.json);
    constexpr std::string_view kUsual = "diagnosis,state,local,remote,process,keepalive,next,unanswered,givesup";
    auto columns = selectColumns(options.columns.empty() ? kUsual : options.columns);
    if (!columns)
        return fail(columns.error(), options.json);
    const auto grouping = options.grouping();
    if (!grouping)
        return fail(grouping.error(), options.json);
    const TypedFilter filter = options.typedFilter();
    if (const int refused = filter.check(options.json); refused != 0)
        return refused;
    auto monitor = options.watchingMonitor(nullptr, *interval);
    if (!monitor)
        return fail(monitor.error(), options.json);
    Query query = options.query(filter);
    query.grouping = *grouping;
    query.sort = SortKey::Diagnosis;
    query.interval = *interval;

    const Interrupts interrupts;
    const bool terminal = !options.json && terminalWidth() > 0;
    StandardOutput out;
    if (terminal)
        out.write("\x1b[?1049h\x1b[?25l");
    std::optional<Error> failed;
    MonotonicTime next = MonotonicClock::now();
    for (std::uint64_t sample = 1;; ++sample) {
        const FramePtr frame = (*monitor)->sample(query);
        failed = frame->error;
        if (sample == 1 && options.columns.empty())
            columns = selectColumns(options.withNetns(kUsual, *frame));
        if (const Error* unanswered = TypedFilter::unanswered(*frame); unanswered && !failed)
            failed = *unanswered;
        if (failed && !mayPass(*frame))
            break;
        if (failed && options.json)
            fail(*failed, true); // and the line of this sample is missing
        else if (!writeSample(options, filter, *frame, *columns, terminal, out))
            break;
        if (sample == 1 && !terminal && !options.json)
            filter.tellFirstHints(*frame);
        if (sample == options.count)
            break;
        next = std::max(next + *interval, MonotonicClock::now());
        (*monitor)->lookUp(std::min<std::chrono::nanoseconds>(*interval / 4, 250ms));
        if (endsBefore(interrupts, next))
            break;
    }
    if (terminal)
        out.write("\x1b[?25h\x1b[?1049l");
    return failed ? fail(*failed, options.json) : out.finish(options.json);
}

} // namespace

void addWatch(CLI::App& app, Run& run) {
    auto options = std::make_shared<WatchOptions>();
    CLI::App* command =
        app.add_subcommand("watch", say(Sentence::tr("The live table in the terminal; Ctrl+C ends it")));
    options->addFilter(*command);
    options->addReplay(*command);
    options->addNetns(*command, true);
    options->addHost(*command);
    options->addNoOwners(*command);
    options->addNames(*command);
    command->add_option("--interval", options->interval, say(Sentence::tr("Between samples, 250ms to 10s")))
        ->type_name("TIME");
    command->add_option("--count", options->count, say(Sentence::tr("End after so many samples")))
        ->type_name("N")
        ->check(wholeNumber(0, INT64_MAX));
    options->addJson(*command, Sentence::tr("One JSON object a line for each sample"));
    options->addColumns(*command);
    options->addGroupBy(*command);
    command->callback([options, &run] { run = [options] { return watch(*options); }; });
}

} // namespace halfopen::ctl
