// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/condition.h"

#include "core/model/sentence.h"

#include <array>

namespace halfopen {

namespace {

constexpr std::array<std::string_view, kConditionCount> kWords{Sentence::mark("unreachable-neighbour"),
                                                               Sentence::mark("icmp-revert"),
                                                               Sentence::mark("not-leaving"),
                                                               Sentence::mark("local-drop"),
                                                               Sentence::mark("local-refuse"),
                                                               Sentence::mark("held"),
                                                               Sentence::mark("thin-linear"),
                                                               Sentence::mark("recovery-continued"),
                                                               Sentence::mark("connect-deferred"),
                                                               Sentence::mark("told-early"),
                                                               Sentence::mark("no-probes"),
                                                               Sentence::mark("options-changed"),
                                                               Sentence::mark("mptcp-subflow"),
                                                               Sentence::mark("mptcp-closing"),
                                                               Sentence::mark("upper-layer"),
                                                               Sentence::mark("closed-window"),
                                                               Sentence::mark("deferred-accept"),
                                                               Sentence::mark("syn-queue-pressure"),
                                                               Sentence::mark("fast-open-pending"),
                                                               Sentence::mark("listener-changed"),
                                                               Sentence::mark("orphan-pressure"),
                                                               Sentence::mark("host-suspended"),
                                                               Sentence::mark("ticks-late"),
                                                               Sentence::mark("accept-queue-full"),
                                                               Sentence::mark("nobody-reads"),
                                                               Sentence::mark("owner-stopped"),
                                                               Sentence::mark("interface-gone"),
                                                               Sentence::mark("locked-by-program")};

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
