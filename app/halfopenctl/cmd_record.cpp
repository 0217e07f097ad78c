// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopenctl/commands.h"
#include "app/halfopenctl/interrupts.h"
#include "app/halfopenctl/language.h"
#include "app/halfopenctl/source_options.h"
#include "app/halfopenctl/terminal.h"
#include "core/format/json.h"
#include "core/kernel/diag/record.h"
#include "core/kernel/diag/recording.h"
#include "core/monitor/netns_entry.h"
#include "core/stream/far_recording.h"
#include "core/text/foreign_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <iterator>
#include <memory>
#include <optional>
#include <unordered_set>
#include <utility>
#include <vector>

namespace halfopen::ctl {

namespace {

struct RecordOptions : SourceOptions {
    std::string file;
};

using Keep = std::function<bool(const Connection&)>;

/// What the filter lets through of the namespace at this place; everything where there is none.
Keep keepOf(const RecordOptions& options, const Frame& frame, const std::vector<std::uint32_t>& rows) {
    if (options.filter.empty())
        return {};
    std::unordered_set<std::uint64_t> wanted;
    for (const std::uint32_t index : rows)
        wanted.insert(frame.rows[index].connection.cookie);
    return [wanted = std::move(wanted)](const Connection& connection) { return wanted.contains(connection.cookie); };
}

RecordingTrailer trailerOf(const Frame& frame, std::uint16_t netnsIndex, const std::vector<std::uint32_t>& rows,
                           const HostFacts& host) {
    RecordingTrailer trailer = halfopen::trailerOf(frame, netnsIndex, rows);
    trailer.host = host.host;
    trailer.kernel = host.kernel;
    return trailer;
}

/// The kernel is asked once more, in a namespace that the frame has. @param index  into Frame::namespaces
Result<RawDump> dumpOf(const Frame& frame, std::uint16_t index) {
    if (index == 0)
        return rawDump();
    const auto access = enterOtherNetns(frame.namespaces[index]->netns);
    if (!access)
        return tl::unexpected(toError(access.error()));
    return rawDump(*access);
}

/// Of every namespace of which the filter lets something through, the own one first. What cannot be asked is told.
Result<std::size_t> writeAll(const RecordOptions& options, const Frame& frame) {
    std::vector<RawDump> dumps; // the parts point into these
    std::vector<RecordedNetns> parts;
    dumps.reserve(frame.namespaces.size());
    for (std::uint16_t index = 0; index < frame.namespaces.size(); ++index) {
        std::vector<std::uint32_t> rows;
        std::ranges::copy_if(frame.shown, std::back_inserter(rows),
                             [&](std::uint32_t row) { return frame.rows[row].connection.netnsIndex == index; });
        if (index > 0 && rows.empty())
            continue;
        auto dump = dumpOf(frame, index);
        if (!dump && index == 0)
            return tl::unexpected(dump.error());
        if (!dump) {
            tell(Sentence::tr("The network namespace {0} is left out: {1}", frame.namespaces[index]->name,
                              dump.error().sentence));
            continue;
        }
        const RawDump& kept = dumps.emplace_back(std::move(*dump));
        parts.push_back({{kept.begin(), kept.end()},
                         keepOf(options, frame, rows),
                         trailerOf(frame, index, rows, options.hostFacts())});
    }
    return writeRecording(options.file, parts);
}

/// This machine's kernel is asked once more; another one has told what it said.
Result<std::size_t> write(const RecordOptions& options, const Frame& frame) {
    if (options.allNetns)
        return writeAll(options, frame);
    const Keep keep = keepOf(options, frame, frame.shown);
    RecordingTrailer trailer = trailerOf(frame, frame.inViewIndex, frame.shown, options.hostFacts());
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
    const auto sockets = write(options, *frame);
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
    options->addNetns(*command, true);
    options->addHost(*command);
    command->callback([options, &run] { run = [options] { return record(*options); }; });
}

} // namespace halfopen::ctl
