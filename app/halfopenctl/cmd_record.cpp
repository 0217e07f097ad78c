// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopenctl/commands.h"
#include "app/halfopenctl/interrupts.h"
#include "app/halfopenctl/language.h"
#include "app/halfopenctl/source_options.h"
#include "app/halfopenctl/terminal.h"
#include "core/format/json.h"
#include "core/kernel/diag/recording.h"
#include "core/monitor/netns_recording.h"
#include "core/stream/far_recording.h"
#include "core/text/foreign_text.h"

#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <optional>
#include <unordered_set>
#include <utility>

namespace halfopen::ctl {

namespace {

struct RecordOptions : SourceOptions {
    std::string file;
};

/// This machine's kernel is asked once more; another one has told what it said.
Result<RecordedView> write(const RecordOptions& options, const Frame& frame) {
    const HostFacts host = options.hostFacts();
    const bool isFiltered = !options.filter.empty();
    if (!options.remote())
        return recordView(options.file, frame, isFiltered ? RecordedRows::Shown : RecordedRows::All, host.host,
                          host.kernel);
    std::unordered_set<std::uint64_t> wanted;
    for (const std::uint32_t index : frame.shown)
        wanted.insert(frame.rows[index].connection.cookie);
    RecordingTrailer trailer = trailerOf(frame, frame.inViewIndex, frame.shown);
    trailer.host = host.host;
    trailer.kernel = host.kernel;
    return stream::writeRecording(
               options.file, *options.remote()->waitAfter(0).dump,
               [&](const Connection& connection) { return !isFiltered || wanted.contains(connection.cookie); },
               std::move(trailer))
        .map([](std::size_t sockets) { return RecordedView{.sockets = sockets, .leftOut = {}}; });
}

int record(const RecordOptions& options) {
    const TypedFilter filter = options.typedFilter();
    if (const int refused = filter.check(false); refused != 0)
        return refused;
    if (auto entered = options.enterNetns(); !entered) // once to see, once to write
        return fail(entered.error(), false);
    auto monitor = options.monitor();
    if (!monitor)
        return fail(monitor.error(), false);
    // A process name can only be matched once the owners are known; without a filter nothing has to be looked up.
    const Query query = options.query(filter);
    const bool looksUp = !options.filter.empty() || options.allNetns;
    const FramePtr frame =
        looksUp ? (*monitor)->sampleSettled(query, std::chrono::seconds(5)) : (*monitor)->sample(query);
    if (frame->error)
        return fail(*frame->error, false);
    if (const int refused = TypedFilter::checkAnswers(*frame, false); refused != 0)
        return refused;
    std::optional<InterruptsHeld> held; // nobody reads a pipe, perhaps: that must be possible to interrupt
    if (!RecordingWriter::writesThrough(options.file))
        held.emplace();
    const auto recorded = write(options, *frame);
    if (!recorded)
        return fail(recorded.error(), false);
    for (const Sentence& leftOut : recorded->leftOut)
        tell(leftOut);
    tellText(harmless(say(Sentence::tr("{0} sockets written to {1}.", recorded->sockets, options.file))) + '\n');
    return 0;
}

} // namespace

void addRecord(CLI::App& app, Run& run) {
    auto options = std::make_shared<RecordOptions>();
    CLI::App* command =
        app.add_subcommand("record", say(Sentence::tr("Write what the kernel says to a file (the format of ss -D)")));
    command->add_option("FILE", options->file, say(Sentence::tr("The file; replaced when the recording is complete")))
        ->required();
    options->addFilter(*command);
    options->addNetns(*command, true);
    options->addHost(*command);
    command->callback([options, &run] { run = [options] { return record(*options); }; });
}

} // namespace halfopen::ctl
