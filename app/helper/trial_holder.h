// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/helper/change_log.h"
#include "app/helper/event_loop.h"
#include "core/actions/keepalive_trial.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace halfopen {

/// Holds values that are on trial for somebody who may crash, leave the bus or stay silent: then they go back, if they
/// still are what the trial has set. One at a time: there is one set of values. Lives in the main thread.
class TrialHolder {
public:
    /// @param ended  called when there is none any more
    TrialHolder(const EventLoop& loop, SystemLog& log, std::function<void()> ended);
    ~TrialHolder(); ///< takes them back
    TrialHolder(const TrialHolder&) = delete;
    TrialHolder& operator=(const TrialHolder&) = delete;

    bool isOn() const { return m_trial.has_value(); }

    /// The values are in effect from now on. @return the trial with its number; one that nobody can guess
    KeepaliveTrial begin(KeepaliveTrial trial, const Caller& caller, std::chrono::seconds length);

    /// For whoever has the number, and is the same user. @return what is in effect then; TrialOver, or why the values
    /// could not be brought back
    Outcome<KeepaliveDefaults> keep(std::uint64_t id, std::uint32_t uid);
    Outcome<KeepaliveDefaults> takeBack(std::uint64_t id, std::uint32_t uid);

    void callerLeft(const std::string& name);
    void end(); ///< takes them back, for the end of the helper
    /// Values were set for good, by whomever: they are not to be taken back.
    void overtake();

private:
    Outcome<TrialEnd> bringBack(const char* why);
    void close(std::optional<TrialEnd> how);
    bool isOf(std::uint64_t id, std::uint32_t uid) const;

    SystemLog& m_log;
    std::function<void()> m_ended;
    std::optional<KeepaliveTrial> m_trial;
    Caller m_caller;
    LoopTimer m_timer;
    std::uint64_t m_lastId = 0; ///< of the last one
    std::optional<TrialEnd> m_lastEnd;
};

} // namespace halfopen
