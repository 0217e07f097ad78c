// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/core/processes.h"

#include <fcntl.h>
#include <sched.h>

#include <linux/if.h>
#include <sys/ioctl.h>

#include <optional>
#include <string>
#include <thread>

namespace halfopen::test {

/// A network namespace with a listener in it and no connection, to begin with. A thread of this process lives there.
class Yard {
public:
    Yard() {
        int ends[2];
        int told[2];
        EXPECT_EQ(pipe(ends), 0);
        EXPECT_EQ(pipe(told), 0);
        m_end.reset(ends[1]);
        const UniqueFd ready(told[0]);
        m_thread = std::thread([this, wait = ends[0], tell = told[1]] { live(wait, tell); });
        char byte = 0;
        EXPECT_EQ(read(ready.get(), &byte, 1), 1);
    }
    ~Yard() {
        m_end.reset();
        m_thread.join();
    }
    Yard(const Yard&) = delete;
    Yard& operator=(const Yard&) = delete;

    UniqueFd netns() const { return UniqueFd(fcntl(m_netns.get(), F_DUPFD_CLOEXEC, 3)); }
    /// Of the thread, which /proc has as it has processes.
    pid_t tid() const { return m_tid; }
    bool made() const { return m_loopback.has_value(); }
    Loopback& loopback() { return *m_loopback; }

private:
    void live(int wait, int tell) {
        const UniqueFd end(wait);
        const UniqueFd ready(tell);
        ifreq up{};
        std::string("lo").copy(up.ifr_name, IFNAMSIZ);
        up.ifr_flags = IFF_UP;
        m_tid = gettid();
        if (unshare(CLONE_NEWNET) == 0 && ioctl(UniqueFd(socket(AF_INET, SOCK_DGRAM, 0)).get(), SIOCSIFFLAGS, &up) == 0)
            m_loopback.emplace();
        m_netns.reset(open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC));
        EXPECT_EQ(write(tell, "x", 1), 1);
        char byte = 0;
        EXPECT_EQ(read(wait, &byte, 1), 0);
    }

    UniqueFd m_end;
    UniqueFd m_netns;
    std::optional<Loopback> m_loopback;
    pid_t m_tid = 0;
    std::thread m_thread;
};

} // namespace halfopen::test
