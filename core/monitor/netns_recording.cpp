// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitor/netns_recording.h"

#include "core/kernel/diag/record.h"
#include "core/monitor/netns_entry.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <unordered_set>
#include <utility>
#include <vector>

namespace halfopen {

namespace {

std::vector<std::uint32_t> rowsOf(const Frame& frame, std::uint16_t netnsIndex, RecordedRows which) {
    std::vector<std::uint32_t> rows;
    if (which == RecordedRows::Shown) {
        std::ranges::copy_if(frame.shown, std::back_inserter(rows),
                             [&](std::uint32_t row) { return frame.rows[row].connection.netnsIndex == netnsIndex; });
        return rows;
    }
    const NetnsSample sample = frame.sampleOf(netnsIndex);
    for (std::uint32_t row = sample.begin; row < sample.end; ++row)
        rows.push_back(row);
    return rows;
}

std::function<bool(const Connection&)> onlyThese(const Frame& frame, const std::vector<std::uint32_t>& rows) {
    std::unordered_set<std::uint64_t> wanted;
    for (const std::uint32_t row : rows)
        wanted.insert(frame.rows[row].connection.cookie);
    return [wanted = std::move(wanted)](const Connection& connection) { return wanted.contains(connection.cookie); };
}

Result<RawDump> dumpOf(const Frame& frame, std::uint16_t netnsIndex) {
    if (netnsIndex == 0) // always the one that this process is in
        return rawDump();
    const auto access = enterOtherNetns(frame.namespaces[netnsIndex]->netns);
    if (!access)
        return tl::unexpected(toError(access.error()));
    return rawDump(*access);
}

std::vector<std::uint16_t> inView(const Frame& frame) {
    if (!frame.allInView)
        return {frame.inViewIndex};
    std::vector<std::uint16_t> all;
    for (std::size_t index = 0; index < frame.namespaces.size(); ++index)
        if (index >= frame.samples.size() || !frame.samples[index].gone)
            all.push_back(static_cast<std::uint16_t>(index));
    return all;
}

/// @param dump  outlives the part
RecordedNetns partOf(const Frame& frame, std::uint16_t netnsIndex, RecordedRows which, const RawDump& dump) {
    const auto rows = rowsOf(frame, netnsIndex, which);
    return {.batches = {dump.begin(), dump.end()},
            .keep = which == RecordedRows::Shown ? onlyThese(frame, rows) : nullptr,
            .trailer = trailerOf(frame, netnsIndex, rows)};
}

} // namespace

Result<RecordedView> recordView(const std::filesystem::path& file, const Frame& frame, RecordedRows rows,
                                const std::string& host, const std::string& kernel) {
    const std::vector<std::uint16_t> namespaces = inView(frame);
    RecordedView recorded;
    std::vector<RawDump> dumps; // the parts point into these
    dumps.reserve(namespaces.size());
    std::vector<RecordedNetns> parts;
    for (const std::uint16_t index : namespaces) {
        const bool isNeeded = index == namespaces.front();
        if (!isNeeded && rows == RecordedRows::Shown && rowsOf(frame, index, rows).empty())
            continue;
        auto dump = dumpOf(frame, index);
        if (!dump && isNeeded)
            return tl::unexpected(dump.error());
        if (!dump) {
            recorded.leftOut.push_back(Sentence::tr("The network namespace {0} is left out: {1}",
                                                    frame.namespaces[index]->name, dump.error().sentence));
            continue;
        }
        RecordedNetns& part = parts.emplace_back(partOf(frame, index, rows, dumps.emplace_back(std::move(*dump))));
        part.trailer.host = host;
        part.trailer.kernel = kernel;
    }
    const auto sockets = writeRecording(file, parts);
    if (!sockets)
        return tl::unexpected(sockets.error());
    recorded.sockets = *sockets;
    return recorded;
}

} // namespace halfopen
