// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/ended_connection.h"
#include "core/model/frame.h"
#include "core/model/row.h"
#include "core/query/filter.h"
#include "ui/history/ended_filter.h"

#include <QString>

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <unordered_set>
#include <vector>

namespace halfopen {

/// Something a person wanted to be told about.
struct WatchNotice {
    enum class Kind : std::uint8_t {
        Suspect, ///< something of a watched connection is unanswered since this frame
        GivenUp, ///< the kernel has given a watched connection up
        PileUp,  ///< a program holds many connections that their peers have closed
        First,   ///< nothing has happened: it shows that notices arrive
    };
    Kind kind = Kind::Suspect;
    QString title;
    QString text;
};

/// Looks for what is worth telling, from one frame to the next. Knows nothing of how it is told. What is so already
/// when it begins to look is not told, and nothing is told twice that a person would call the same trouble: a peer that
/// goes on losing packets, or a program whose pile swings, is silent until it was well for a while.
class Watch {
public:
    /// So many connections in CLOSE-WAIT make a pile.
    static constexpr int kPile = 10;
    /// So long it must have been well before the same is told again.
    static constexpr std::chrono::minutes kWhile{10};

    /// What is watched: everything that the words of the filter let through; nullopt: nothing by filter.
    void setFilter(const std::optional<QString>& words);
    void setWatched(const SocketKey& key, bool watched); ///< one connection, besides the filter's
    bool isWatched(const SocketKey& key) const { return m_watched.contains(key); }
    const std::unordered_set<SocketKey>& watched() const { return m_watched; } ///< besides the filter's
    /// Forgets what was seen, so that the next frame is a beginning.
    void restart() { m_begun = false; }

    /// @param ended  records that are new since the call before
    std::vector<WatchNotice> look(const Frame& frame, std::span<const EndedConnectionPtr> ended);

    /// By itself, or by the filter.
    bool watches(const Frame& frame, const Row& row) const;

private:
    bool watches(const EndedConnection& record);
    void meet(std::uint32_t host);
    void lookAtRows(const Frame& frame, std::vector<WatchNotice>& notices);
    void countPiles(const Frame& frame, std::vector<WatchNotice>& notices);

    std::optional<Filter> m_filter;
    EndedFilter m_records;
    std::unordered_set<SocketKey> m_watched;
    std::unordered_set<SocketKey> m_suspect;           ///< as of the frame before
    std::unordered_set<std::string> m_piled;           ///< programs that were told about, until their pile is gone
    std::map<IpAddress, MonotonicTime> m_noticedPeers; ///< suspicions that were told: when one was last seen
    std::map<std::string, MonotonicTime> m_noticedPiles;
    std::uint32_t m_host = 0; ///< HostContext::host of what was looked at last
    bool m_begun = false;
};

} // namespace halfopen
