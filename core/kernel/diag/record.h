// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/diag/recording_trailer.h"
#include "core/kernel/netns/netns_access.h"
#include "core/model/connection.h"
#include "core/model/error.h"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <span>
#include <vector>

namespace halfopen {

/// What the kernel says of one network namespace, as it says it: batches of sock_diag messages.
using RawDump = std::vector<std::vector<std::byte>>;

/// @return the errors of NetlinkSource
Result<RawDump> rawDump(const NetnsAccessPtr& netns = ownNetnsAccess());

/// The part of a recording that is about one network namespace.
struct RecordedNetns {
    std::vector<ByteView> batches;
    std::function<bool(const Connection&)> keep; ///< empty: all
    RecordingTrailer trailer;
};

/// Writes them one after the other, as RecordingWriter does. @param parts  not empty
/// @return how many sockets there are in the file; the errors of RecordingWriter
Result<std::size_t> writeRecording(const std::filesystem::path& file, std::span<const RecordedNetns> parts);

} // namespace halfopen
