// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/helper/admission.h"

#include <chrono>

namespace halfopen {

/// The whole helper: confines itself, takes its place on the system bus and serves until it is idle. Reads no argument
/// and no environment (but NOTIFY_SOCKET).
/// @param idle    how long to stay after the last caller left the bus
/// @param limits  of what callers may take
/// @return      the exit status; 1 with one line in syslog if it could not start
int runHelper(std::chrono::milliseconds idle, const AdmissionLimits& limits = {});

} // namespace halfopen
