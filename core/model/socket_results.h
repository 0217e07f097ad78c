// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/keepalive_options.h"
#include "core/model/owner.h"
#include "core/model/privilege_error.h"

#include <cstdint>
#include <vector>

namespace halfopen {

/// What was found out about one socket: exact options and who holds it, or why not.
struct SocketReading {
    std::uint64_t cookie = 0;
    Outcome<KeepaliveOptions> options; ///< all Exact; else NoSuchConnection, NotAuthorized, NotSupported, ...
    std::vector<Owner> owners;         ///< all that hold it; fd -1 where the helper has read it, which does not tell
};

/// What became of one socket that was to be closed.
struct CloseResult {
    std::uint64_t cookie = 0;
    Outcome<void> outcome; ///< done: the cookie is in no dump any more. NoSuchConnection: it had gone before
    bool reset = false;    ///< closed as its own program could, or by its other end: the program gets ECONNRESET
};

/// What became of one socket whose options were to be changed.
struct SetResult {
    std::uint64_t cookie = 0;
    Outcome<KeepaliveOptions> outcome; ///< in effect afterwards, read back; WriteFailed says what stayed, if anything
};

} // namespace halfopen
