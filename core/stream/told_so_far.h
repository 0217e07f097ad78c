// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"
#include "core/model/row_key.h"
#include "core/stream/messages.h"

#include <cstdint>
#include <unordered_map>

namespace halfopen::stream {

/// What was told of owners and options, so that only news are sent. One thread.
class ToldSoFar {
public:
    /// What this frame has and was not told yet. Options are told once they are read, and again when they were in doubt
    /// since: the other side doubts them by the same samples.
    Told newsOf(const Frame& frame);
    /// The settings have changed: the other side takes nothing it was told for certain any more.
    void forgetOptions();

private:
    struct Known {
        ToldSocket told;
        OwnerTablePtr owners; ///< the table that `told` is of
        std::uint32_t inode = 0;
        std::uint32_t frame = 0; ///< the last that had it
    };
    static bool isNews(const Row& row, const Frame& frame, Known& known);

    std::unordered_map<std::uint64_t, Known> m_known; ///< by cookie
    std::uint32_t m_frame = 0;
};

} // namespace halfopen::stream
