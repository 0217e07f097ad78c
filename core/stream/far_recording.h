// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/diag/recording_trailer.h"
#include "core/model/connection.h"
#include "core/model/error.h"
#include "core/stream/far_machine.h"

#include <cstddef>
#include <filesystem>
#include <functional>

namespace halfopen::stream {

/// Writes what another machine has told last, as writeRecording() (core/kernel/diag/record.h) writes what this one
/// says. The far end's own sockets are left out. @param trailer  its `taken` becomes that of the dump
Result<std::size_t> writeRecording(const std::filesystem::path& file, const FarDump& dump,
                                   const std::function<bool(const Connection&)>& keep, RecordingTrailer trailer);

} // namespace halfopen::stream
