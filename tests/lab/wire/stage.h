// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/units.h"
#include "tests/lab/wire/task.h"

#include <coroutine>
#include <functional>
#include <list>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

namespace halfopen::test {

/// What a task wanted to begin with had passed before it could look: the machine had too much else to do. It is played
/// again.
struct TooLate : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Runs many experiments at once on one thread around ppoll(2).
class Stage {
public:
    /// What a task waits for; lives in its coroutine while it does.
    class Wait {
    public:
        Wait(Stage& stage, MonotonicTime until, int fd, short events, std::function<bool()> condition)
            : m_stage(stage)
            , m_until(until)
            , m_fd(fd)
            , m_events(events)
            , m_condition(std::move(condition)) {}
        bool await_ready() const { return m_condition && m_condition(); }
        void await_suspend(std::coroutine_handle<> task) {
            m_task = task;
            m_stage.m_waits.push_back(this);
        }
        /// True where it came; false where the time was over first.
        bool await_resume() const { return m_came || (m_condition && m_condition()); }

    private:
        friend class Stage;
        Stage& m_stage;
        MonotonicTime m_until;
        int m_fd;
        short m_events;
        std::function<bool()> m_condition;
        std::coroutine_handle<> m_task;
        bool m_came = false;
    };

    Wait until(MonotonicTime time) { return {*this, time, -1, 0, {}}; }
    Wait sleep(std::chrono::milliseconds time) { return until(MonotonicClock::now() + time); }
    /// @param events  of poll(2); errors and hang-ups are always among them
    Wait descriptor(int fd, short events, MonotonicTime until) { return {*this, until, fd, events, {}}; }
    /// @param condition  looked at whenever anything has happened
    Wait condition(std::function<bool()> condition, MonotonicTime until) {
        return {*this, until, -1, 0, std::move(condition)};
    }

    /// Calls `read` whenever the descriptor has something to read, before the conditions are looked at.
    void attend(int fd, std::function<void()> read) { m_sources.push_back({fd, std::move(read)}); }
    void dismiss(int fd);
    /// Takes part from the next round of run() on; a running task may start others. @param name  what an exception out
    /// of it is told with
    void start(std::string name, Task<void> task);
    /// Until all tasks are done. Returns one line for each that ended with an exception other than TooLate.
    std::vector<std::string> run();
    /// The names of those that ended with TooLate. start() takes no others from now on.
    const std::set<std::string>& again();

private:
    struct SourceOf {
        int fd;
        std::function<void()> read;
    };
    struct Running {
        std::string name;
        Task<void> task;
        bool begun = false;
    };
    void beginNew();
    void waitForSomething();
    void resumeWhoCan();
    bool collect(std::vector<std::string>& failures);

    std::list<Running> m_tasks;
    std::set<std::string> m_tooLate;
    std::set<std::string> m_again; ///< empty: all are taken
    std::vector<Wait*> m_waits;
    std::vector<SourceOf> m_sources;
};

} // namespace halfopen::test
