// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/ended_connection.h"

#include <algorithm>

namespace halfopen {

using std::chrono::milliseconds;

std::optional<milliseconds> EndedConnection::noticedAfter() const {
    if (!lastLife || foundDead)
        return std::nullopt;
    return std::max(milliseconds(0), std::chrono::round<milliseconds>(ended.monotonic - lastLife->monotonic));
}

std::optional<milliseconds> EndedConnection::lifetime() const {
    if (!firstSeen)
        return std::nullopt;
    return std::max(milliseconds(0), std::chrono::round<milliseconds>(ended.monotonic - firstSeen->monotonic));
}

} // namespace halfopen
