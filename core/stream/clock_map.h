// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/units.h"

#include <chrono>
#include <cstddef>
#include <deque>
#include <optional>

namespace halfopen::stream {

/// What another machine's CLOCK_MONOTONIC shows, by asking for it: it was read between the question and the answer, so
/// half of what that took is how far the middle may be off. The best of the last answers holds; older ones go, since
/// clocks drift. Pure.
class ClockMap {
public:
    static constexpr std::size_t kKept = 16;

    struct Mapping {
        std::chrono::nanoseconds offset{0}; ///< theirs less this machine's
        std::chrono::nanoseconds error{0};  ///< either way

        bool operator==(const Mapping&) const = default;
    };

    void add(MonotonicTime asked, MonotonicTime answered, std::chrono::nanoseconds theirs);
    /// nullopt: nobody has answered yet
    std::optional<Mapping> best() const;

private:
    std::deque<Mapping> m_last;
};

} // namespace halfopen::stream
