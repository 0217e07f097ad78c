// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/unique_fd.h"

#include <systemd/sd-event.h>

#include <chrono>
#include <functional>
#include <initializer_list>
#include <memory>
#include <mutex>
#include <vector>

namespace halfopen {

/// What happens to the thread that makes it, one thing after the other, by sd-event(3). What it calls throws nothing.
class EventLoop {
public:
    /// @return null where the kernel has no descriptors left for it
    static std::unique_ptr<EventLoop> create();
    EventLoop(const EventLoop&) = delete;
    EventLoop& operator=(const EventLoop&) = delete;

    /// Until quit(). @return the exit status
    int run();
    void quit();

    /// Has it called soon, after what has been posted before. Any thread.
    void post(std::function<void()> call);
    /// Calls this whenever one of these signals comes, which this thread and all others have blocked.
    bool watchSignals(std::initializer_list<int> signals, std::function<void()> onSignal);

    sd_event* get() const { return m_event.get(); }

private:
    struct Unref {
        void operator()(sd_event* event) const { sd_event_unref(event); }
    };

    EventLoop() = default;
    bool open();
    void callPosted();

    UniqueFd m_wake; ///< eventfd(2)
    std::mutex m_mutex;
    std::vector<std::function<void()>> m_posted; ///< guarded by m_mutex
    std::function<void()> m_onSignal;
    std::unique_ptr<sd_event, Unref> m_event; ///< goes first: it refers to the others
};

/// Calls something once, some time after each start(), unless it is stopped before. Of the thread of its loop, which
/// outlives it.
class LoopTimer {
public:
    LoopTimer(const EventLoop& loop, std::function<void()> onTime);
    LoopTimer(const LoopTimer&) = delete;
    LoopTimer& operator=(const LoopTimer&) = delete;

    void start(std::chrono::milliseconds time); ///< anew, where it runs already
    void stop() { m_source.reset(); }
    bool isRunning() const;

private:
    struct Unref {
        void operator()(sd_event_source* source) const { sd_event_source_disable_unref(source); }
    };

    const EventLoop& m_loop;
    std::function<void()> m_onTime;
    std::unique_ptr<sd_event_source, Unref> m_source;
};

} // namespace halfopen
