// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/error.h"
#include "core/model/frame.h"
#include "core/model/recorded_view.h"

#include <cstdint>
#include <filesystem>
#include <string>

namespace halfopen {

/// Which of the sockets of a namespace go into a recording.
enum class RecordedRows : std::uint8_t {
    All,
    Shown, ///< what the frame shows; of another namespace that shows none nothing is written
};

/// Asks the kernel once more, with this process's own rights, and writes what it says of the namespaces that the frame
/// has in view, each with its settings and names. Blocks; any thread.
/// @param frame         of this machine
/// @param host, kernel  as HostFacts has them
/// @return              the error of the only namespace, or of one's own among several; those of RecordingWriter
Result<RecordedView> recordView(const std::filesystem::path& file, const Frame& frame, RecordedRows rows,
                                const std::string& host, const std::string& kernel);

} // namespace halfopen
