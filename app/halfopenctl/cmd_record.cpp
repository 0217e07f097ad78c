// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopenctl/commands.h"
#include "app/halfopenctl/interrupts.h"
#include "app/halfopenctl/language.h"
#include "app/halfopenctl/source_options.h"
#include "app/halfopenctl/terminal.h"
#include "core/format/json.h"
#include "core/kernel/diag/record.h"
#include "core/kernel/diag/recording.h"
#include "core/stream/far_recording.h"
#include "core/text/foreign_text.h"

#include <fmt/format.h>

#include <cstdio>
#include <functional>
#include <memory>
#include <optional>
#include <unordered_set>
#include <utility>

namespace halfopen::ctl {

namespace {

struct RecordOptions : SourceOptions {
    std::string file;
};

RecordingTrailer trailerOf(const Frame& frame, const HostFacts& host) {
    RecordingTrailer trailer = halfopen::trailerOf(frame, frame.inViewIndex, frame.shown);
    trailer.host = host.host;
    trailer.kernel = host.kernel;
    return trailer;
}

/// This machine's kernel is asked once more; another one has told what it said.
Result<std::size_t> write(const RecordOptions& options, const std::function<bool(const Connection&)>& keep,
                          RecordingTrailer trailer) {
    if (!options.remote())
        return writeRecording(options.file, keep, trailer);
    return stream::writeRecording(options.file, *options.remote()->waitAfter(0).dump, keep, std::move(trailer));
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
    const FramePtr frame =
        options.filter.empty() ? (*monitor)->sample(query) : (*monitor)->sampleSettled(query, std::chrono::seconds(5));
    if (frame->error)
        return fail(*frame->error, false);
    if (const int refused = TypedFilter::checkAnswers(*frame, false); refused != 0)
        return refused;
    std::unordered_set<std::uint64_t> wanted;
    for (const std::uint32_t index : frame->shown)
        wanted.insert(frame->rows[index].connection.cookie);

    const RecordingTrailer trailer = trailerOf(*frame, options.hostFacts());
    std::optional<InterruptsHeld> held; // nobody reads a pipe, perhaps: that must be possible to interrupt
    if (!RecordingWriter::writesThrough(options.file))
        held.emplace();
    const auto sockets = write(
        options,
        [&](const Connection& connection) { return options.filter.empty() || wanted.contains(connection.cookie); },
        trailer);
    if (!sockets)
        return fail(sockets.error(), false);
    tellText(harmless(say(Sentence::tr("{0} sockets written to {1}.", *sockets, options.file))) + '\n');
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
    options->addNetns(*command, false);
    options->addHost(*command);
    command->callback([options, &run] { run = [options] { return record(*options); }; });
}

} // namespace halfopen::ctl
