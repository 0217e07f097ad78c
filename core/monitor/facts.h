// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/condition.h"
#include "core/model/connection.h"
#include "core/model/frame.h"
#include "core/model/row.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

namespace halfopen {

/// Facts that one sample alone tells: a full accept queue, data that nobody reads. Pure.
Conditions factsOf(const Connection& connection);

/// How long data must have waited, without more of it coming, for nobody to be reading.
inline constexpr std::chrono::seconds kUnreadFor{60};

/// The facts of a frame that are found outside of its sample, added to its rows: interfaces that are gone (by
/// Frame::names), and holders that are all stopped (by Frame::owners and /proc).
class OutsideFacts {
public:
    /// @param root  the directory that stands for "/"
    explicit OutsideFacts(std::string root = {})
        : m_root(std::move(root)) {}

    /// Looks at the processes of rows where data or connections wait, at some 64 in a sample.
    void addTo(Frame& frame);

private:
    bool isStopped(std::int32_t pid);
    bool allStopped(const Frame& frame, const Row& row);

    std::string m_root;
    std::unordered_map<std::int32_t, bool> m_stopped; ///< of this sample
};

} // namespace halfopen
