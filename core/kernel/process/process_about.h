// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/owner.h"
#include "core/model/process_unit.h"
#include "core/model/program.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace halfopen {

/// What a process is called, runs, and is part of, as far as it may be read.
struct ProcessAbout {
    std::string name; ///< /proc/PID/comm
    ProcessUnitPtr unit;
    ProgramPtr program;
};

/// @param directory  /proc/PID/fd, or any other directory in /proc/PID
ProcessAbout readProcessAbout(int directory);

/// The first `most` bytes of a file, and no more than a page beyond; what can be read of it.
std::string textOf(int directory, const char* path, std::size_t most);

/// The inodes of the sockets that an io_uring holds in its table of registered files (/proc/PID/fdinfo, "UserFiles",
/// since Linux 5.1). @param directory  /proc/PID/fd. @param descriptor  its name there
std::vector<std::uint32_t> readRing(int directory, const std::string& descriptor);

} // namespace halfopen
