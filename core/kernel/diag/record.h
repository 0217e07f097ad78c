// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/diag/recording_trailer.h"
#include "core/model/connection.h"
#include "core/model/error.h"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <span>

namespace halfopen {

/// Asks the kernel once more, and writes what it says of the sockets that `keep` wants, as RecordingWriter does.
/// @param keep  empty: all
/// @return how many sockets there are in the file; the errors of NetlinkSource and RecordingWriter
Result<std::size_t> writeRecording(const std::filesystem::path& file,
                                   const std::function<bool(const Connection&)>& keep, const RecordingTrailer& trailer);
/// The same of batches that somebody has already.
Result<std::size_t> writeRecording(const std::filesystem::path& file, std::span<const ByteView> batches,
                                   const std::function<bool(const Connection&)>& keep, const RecordingTrailer& trailer);

} // namespace halfopen
