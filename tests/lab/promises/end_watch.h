// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/unique_fd.h"
#include "core/model/units.h"

#include <atomic>
#include <list>
#include <mutex>
#include <thread>

namespace halfopen::promises {

/// When the kernel told programs that their connections are over. A thread of its own, so that nothing else that the
/// test does makes the stamps late.
class EndWatch {
public:
    EndWatch();
    ~EndWatch();
    EndWatch(const EndWatch&) = delete;
    EndWatch& operator=(const EndWatch&) = delete;

    /// One descriptor; stamped once, at its first error or hang-up.
    class Watched {
    public:
        explicit Watched(int descriptor)
            : fd(descriptor) {}
        bool over() const { return m_at.load() != 0; }
        MonotonicTime at() const { return MonotonicTime(MonotonicClock::duration(m_at.load())); }

    private:
        friend class EndWatch;
        int fd;
        std::atomic<MonotonicClock::rep> m_at{0};
    };
    /// Any thread. The result lives as long as this; call forget() before the descriptor is closed.
    Watched& watch(int fd);
    void forget(Watched& watched);

private:
    void run(const std::stop_token& stop);

    UniqueFd m_epoll;
    std::mutex m_mutex;
    std::list<Watched> m_watched; ///< guarded by m_mutex
    std::jthread m_thread;        ///< last: it uses the others
};

} // namespace halfopen::promises
