// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <gtest/gtest.h>
#include <unistd.h>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

namespace halfopen {

/// Stands for the log daemon: a thread that reads /dev/log.
class LogDaemon {
public:
    LogDaemon() {
        m_socket = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        sockaddr_un address = devLog();
        EXPECT_EQ(::bind(m_socket, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
        ::chmod("/dev/log", 0666);
        m_thread = std::thread([this] { receive(); });
    }
    ~LogDaemon() {
        mark("end");
        m_thread.join();
        ::close(m_socket);
    }
    LogDaemon(const LogDaemon&) = delete;
    LogDaemon& operator=(const LogDaemon&) = delete;

    /// All lines of the helper that were sent before this call.
    QStringList take() {
        mark("mark");
        std::unique_lock lock(m_mutex);
        m_marked.wait(lock, [this] { return std::exchange(m_seenMark, false); });
        return std::exchange(m_lines, {});
    }

    void pause() {
        m_pause.lock();
        mark("wake"); // it waits in recv(2), and for the lock after this one
    }
    void resume() { m_pause.unlock(); }

private:
    static sockaddr_un devLog() {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::strcpy(address.sun_path, "/dev/log");
        return address;
    }

    static void mark(const std::string& word) {
        const int fd = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        sockaddr_un address = devLog();
        EXPECT_EQ(::sendto(fd, word.data(), word.size(), 0, reinterpret_cast<sockaddr*>(&address), sizeof address),
                  static_cast<ssize_t>(word.size()));
        ::close(fd);
    }

    void receive() {
        std::array<char, 4096> buffer{};
        for (;;) {
            const ssize_t size = ::recv(m_socket, buffer.data(), buffer.size(), 0);
            const std::string line(buffer.data(), static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
            if (size < 0 || line == "end")
                return;
            const std::scoped_lock both(m_pause, m_mutex);
            if (line.find("halfopen-helper[") != std::string::npos)
                m_lines << QString::fromStdString(line);
            m_seenMark = m_seenMark || line == "mark";
            m_marked.notify_all();
        }
    }

    int m_socket = -1;
    std::thread m_thread;
    std::mutex m_pause;
    std::mutex m_mutex;
    std::condition_variable m_marked;
    QStringList m_lines;
    bool m_seenMark = false;
};

} // namespace halfopen
