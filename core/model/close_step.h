// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace halfopen {

/// How far it is with a close that the person has asked for through Halfopen.
enum class CloseStep : std::uint8_t {
    Asked,  ///< not answered yet: a dialog may be open, and the connection may end by itself meanwhile
    Done,   ///< it was closed by that: its program gets ECONNABORTED
    Reset,  ///< it was closed as its own program could: that gets ECONNRESET
    Failed, ///< it was not: refused, dismissed, busy, or it had gone before
};

} // namespace halfopen
