// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/actions/operations.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace halfopen {

/// Values that are in effect for a while, and go back by themselves unless they are kept.
struct KeepaliveTrial {
    std::uint64_t id = 0;     ///< to keep or to take back by
    KeepaliveDefaults values; ///< in effect, read back
    KeepaliveDefaults before; ///< what they go back to
};

/// A trial lasts no longer.
inline constexpr std::chrono::seconds kLongestTrial{3600};

/// How a trial ended.
enum class TrialEnd : std::uint8_t {
    Kept,
    TakenBack,
    Overtaken, ///< other values are in effect than those of the trial: somebody has set them, and they stay
};

/// Sets back what was before the trial, if what is in effect still is what the trial has set, all three; in whatever
/// range it was. @param root  the directory that stands for "/"
/// @return Overtaken or TakenBack; else why it did not work
Outcome<TrialEnd> takeBack(const KeepaliveTrial& trial, const std::string& root = {});

/// There is one set of values, and one trial at a time. Busy
PrivilegeError otherTrial();
/// Why there is nothing to be kept or taken back any more. @param end  how the trial ended, if that is known
PrivilegeError trialOver(std::optional<TrialEnd> end);

} // namespace halfopen
