// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/error.h"
#include "core/model/frame.h"
#include "core/model/row.h"

#include <functional>
#include <string>
#include <string_view>

namespace halfopen {

/// The number that changes when a key of the JSON output goes or gets another meaning. New keys do not change it.
inline constexpr int kJsonSchema = 1;

/// Who and where a frame is from.
struct HostFacts {
    std::string host;
    std::string kernel;
};
/// uname(2) of this machine.
HostFacts thisHost();
/// The machine in view: as its source tells, else this one.
HostFacts hostOf(const Frame& frame);

/// Takes pieces of output; returns false when no more can be written (a closed pipe, a full disk).
using Output = std::function<bool(std::string_view)>;

/// One connection as one JSON object on one line, without a newline. Shape: halfopenctl(1), JSON.
/// What is not known is null, never invented.
std::string connectionJson(const Row& row, const Frame& frame);

/// A whole frame as `list --json` prints it, in the order shown, streamed connection by connection; after them their
/// groups, where the query asks for some, and under "held" the dead sockets (core/format/dead_sockets.h), whatever the
/// filter.
/// @return false when the output refused
bool writeFrameJson(const Frame& frame, const HostFacts& host, const Output& output);

/// The same on one line, with the frame's "sequence" and every connection's "change": a sample of `watch --json`.
/// @return false when the output refused
bool writeSampleJson(const Frame& frame, const HostFacts& host, const Output& output);

/// A frame's head without its connections, as one JSON object on one line.
std::string frameHeadJson(const Frame& frame, const HostFacts& host);

/// {"error":{"code":"not-permitted","message":"..."}}
std::string errorJson(const Error& error);
/// "failed", "usage", "not-permitted", "not-supported", "unreadable", "not-found"
std::string_view toString(ErrorCode code);

} // namespace halfopen
