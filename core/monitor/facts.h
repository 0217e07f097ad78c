// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/process/stopped_processes.h"
#include "core/model/condition.h"
#include "core/model/connection.h"
#include "core/model/frame.h"
#include "core/model/row.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>

namespace halfopen {

/// Since when data has waited in a receive queue of which the program has read nothing, as far as this sample and those
/// before it show; nullopt: none waits. In the first sample it is when the last data came, which waits still. From then
/// on it stays as long as the program takes nothing out: more may come (what was read is tcpi_bytes_received without
/// what waits; on kernels that do not tell it, a queue that shrinks was read). Pure.
/// @param before       the sample before; nullptr: there is none
/// @param sinceBefore  what this function said of it
std::optional<MonotonicTime> unreadSince(const Connection& now, const Connection* before,
                                         std::optional<MonotonicTime> sinceBefore);

/// How long nothing may have been read before it is a fact; less is a program that is about to.
inline constexpr std::chrono::seconds kUnreadFor{3};

/// Facts that samples tell: a full accept queue, data that nobody reads. Pure.
/// @param unread  unreadSince()
Conditions factsOf(const Connection& connection, std::optional<MonotonicTime> unread);

/// The facts of a frame that are found outside of its sample, added to its rows: interfaces that are gone (by
/// NetnsContext::interfaces), and owners that are all stopped or frozen (by Frame::owners and /proc).
///
/// It costs nothing by row as long as no owner is stopped: processes are looked at, 64 in a sample (0.6 ms). A stop is
/// told one sample later for each 64 processes that hold sockets, but at once where the row is selected.
class OutsideFacts {
public:
    enum class Look : bool {
        Some, ///< at as many processes as a sample has time for
        All,  ///< for whoever looks once
    };

    /// @param root  the directory that stands for "/"
    explicit OutsideFacts(std::string root = {})
        : m_processes(std::move(root)) {}

    void addTo(Frame& frame, Look look);
    /// With the processes that a source tells as stopped, and no look into /proc.
    static void addTo(Frame& frame, const std::unordered_set<std::int32_t>& stopped);

private:
    StoppedProcesses m_processes;
};

} // namespace halfopen
