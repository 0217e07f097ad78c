// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stream/far_recording.h"

#include "core/kernel/diag/record.h"
#include "core/stream/remote_source.h"

#include <unordered_set>
#include <vector>

namespace halfopen::stream {

Result<std::size_t> writeRecording(const std::filesystem::path& file, const FarDump& dump,
                                   const std::function<bool(const Connection&)>& keep, RecordingTrailer trailer) {
    std::vector<ByteView> batches;
    eachBatch(dump, [&](const BatchMark& mark, ByteView bytes) {
        if (!mark.ofMptcp)
            batches.push_back(bytes);
        return true;
    });
    const std::unordered_set<std::uint64_t> own(dump.end.own.begin(), dump.end.own.end());
    trailer.taken = dump.end.taken;
    const RecordedNetns part{.batches = std::move(batches),
                             .keep =
                                 [&](const Connection& connection) {
                                     return !own.contains(connection.cookie) && (!keep || keep(connection));
                                 },
                             .trailer = std::move(trailer)};
    return halfopen::writeRecording(file, std::span(&part, 1));
}

} // namespace halfopen::stream
