// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/tracked_flow.h"

#include <array>

namespace halfopen {

std::string_view toString(TrackedFlow::Answer answer) {
    constexpr std::array<std::string_view, 4> kNames{"tracked", "untracked", "not-permitted", "not-told"};
    return kNames[static_cast<std::size_t>(answer)];
}

std::string_view trackedStateName(std::uint8_t state) {
    constexpr std::array<std::string_view, 10> kNames{"NONE",     "SYN_SENT",   "SYN_RECV", "ESTABLISHED",
                                                      "FIN_WAIT", "CLOSE_WAIT", "LAST_ACK", "TIME_WAIT",
                                                      "CLOSE",    "SYN_SENT2"};
    return state < kNames.size() ? kNames[state] : std::string_view();
}

} // namespace halfopen
