// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/error.h"
#include "core/model/frame.h"
#include "core/model/row.h"
#include "core/model/sentence.h"

#include <cstdint>
#include <string>
#include <vector>

namespace halfopen {

/// One socket whose options were changed, as it was sampled before and after.
struct SocketChange {
    const Row* before = nullptr; ///< nullptr: no sample had it
    const Row* after = nullptr;  ///< nullptr: it has gone since
};

/// What could not be done to one socket.
struct SocketFailure {
    std::uint64_t cookie = 0;
    Error error;
};

/// Two lines: what the options were and are ("~": assumed, not read), and the armed timer as proof.
std::string socketChangeText(const SocketChange& change, const Frame& frame, const Language& language = kEnglish);

/// {"schema":1,"changed":[{"before":{...},"after":{...}}],"failed":[{"cookie":"0x1d2","error":{...}}]} and a newline;
/// connections as in list --json.
/// @param before  the frame of all SocketChange::before
std::string socketChangesJson(const std::vector<SocketChange>& changes, const Frame& before, const Frame& after,
                              const std::vector<SocketFailure>& failures);

/// {"schema":1,"closed":["0x1d2"],"failed":[...]} and a newline.
std::string closedJson(const std::vector<std::uint64_t>& closed, const std::vector<SocketFailure>& failures);

} // namespace halfopen
