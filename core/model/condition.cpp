// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/condition.h"

#include <array>

namespace halfopen {

namespace {

constexpr std::array<std::string_view, kConditionCount> kWords{"unreachable-neighbour",
                                                               "icmp-revert",
                                                               "not-leaving",
                                                               "local-drop",
                                                               "local-refuse",
                                                               "held",
                                                               "thin-linear",
                                                               "recovery-continued",
                                                               "connect-deferred",
                                                               "told-early",
                                                               "no-probes",
                                                               "options-changed",
                                                               "mptcp-subflow",
                                                               "mptcp-closing",
                                                               "upper-layer",
                                                               "closed-window",
                                                               "deferred-accept",
                                                               "syn-queue-pressure",
                                                               "fast-open-pending",
                                                               "listener-changed",
                                                               "orphan-pressure",
                                                               "host-suspended",
                                                               "ticks-late",
                                                               "accept-queue-full",
                                                               "nobody-reads",
                                                               "owner-stopped",
                                                               "interface-gone",
                                                               "locked-by-program"};

} // namespace

std::string_view toString(Condition condition) {
    const auto index = static_cast<std::size_t>(condition);
    return index < kWords.size() ? kWords[index] : std::string_view();
}

std::vector<Condition> Conditions::list() const {
    std::vector<Condition> found;
    for (std::size_t index = 0; index < kConditionCount; ++index) {
        if (has(static_cast<Condition>(index)))
            found.push_back(static_cast<Condition>(index));
    }
    return found;
}

} // namespace halfopen
