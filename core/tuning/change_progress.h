// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"
#include "core/model/row.h"
#include "core/tuning/followers.h"
#include "core/tuning/when.h"

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace halfopen {

/// What became of the connections that were to follow a change: from the frame in which it was made to each frame
/// after. Numbers, not promises: a connection counts as following only once its timer was seen re-armed.
class ChangeProgress {
public:
    /// total == followed + waiting + hidden + gone + switched + unchanged.
    struct Counts {
        std::uint32_t total = 0;     ///< followers at the moment of the change
        std::uint32_t followed = 0;  ///< their timer has been armed anew since
        std::uint32_t waiting = 0;   ///< still armed with the old value
        std::uint32_t hidden = 0;    ///< another timer hides it
        std::uint32_t gone = 0;      ///< the connection has ended
        std::uint32_t switched = 0;  ///< the program has turned keepalive off since
        std::uint32_t unchanged = 0; ///< the change before was taken back before their timer had followed it

        bool operator==(const Counts&) const = default;
    };

    /// @param before    the last frame before the change
    /// @param inEffect  the settings before it
    /// @param applied   the settings since
    /// @param earlier   the change before, if its followers still wait; may be null
    ChangeProgress(const Frame& before, const KeepaliveDefaults& inEffect, const KeepaliveDefaults& applied,
                   const ChangeProgress* earlier = nullptr);

    /// To be told every frame after the change, in their order. O(rows that were to follow).
    const Counts& look(const Frame& now);
    const Counts& counts() const { return m_progress; }

    /// Whether this connection is still armed with the old value, or may be. O(1).
    bool waitsFor(const SocketKey& key) const;
    /// Those, the one that waits longest first.
    std::vector<SocketKey> waiting() const;
    /// When the timers of those have fired for certain.
    WhenHistogram whenWaiting(MonotonicTime now) const;

private:
    enum class Fate : std::uint8_t { Waiting, Hidden, Followed, Gone, Switched, Unchanged };
    struct Follower {
        MonotonicTime deadline{};     ///< of the timer that was armed with the old value; zero: it was hidden
        MonotonicTime latest{};       ///< when the timer wheel has let it fire for certain
        bool due = false;             ///< it had expired already and waited for the wheel
        KeepaliveDefaults armedFor{}; ///< what was in effect when that timer was armed, as far as was seen
        Fate fate = Fate::Waiting;
    };

    static Follower followerOf(const Row& row, const TickClock& clock, const KeepaliveDefaults& armedFor,
                               const KeepaliveDefaults& applied);
    static Fate fateOf(const Follower& follower, const Row& row);
    void count();

    std::unordered_map<SocketKey, Follower> m_followers;
    Counts m_progress;
};

} // namespace halfopen
