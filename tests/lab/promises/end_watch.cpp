// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/promises/end_watch.h"

#include <sys/epoll.h>

#include <array>

namespace halfopen::promises {

EndWatch::EndWatch()
    : m_epoll(::epoll_create1(EPOLL_CLOEXEC))
    , m_thread([this](const std::stop_token& stop) { run(stop); }) {}

EndWatch::~EndWatch() = default;

EndWatch::Watched& EndWatch::watch(int fd) {
    const std::lock_guard lock(m_mutex);
    auto& watched = m_watched.emplace_back(fd);
    epoll_event event{EPOLLONESHOT, {.ptr = &watched}}; // errors and hang-ups are always told
    ::epoll_ctl(m_epoll.get(), EPOLL_CTL_ADD, fd, &event);
    return watched;
}

void EndWatch::forget(Watched& watched) {
    ::epoll_ctl(m_epoll.get(), EPOLL_CTL_DEL, watched.fd, nullptr);
}

void EndWatch::run(const std::stop_token& stop) {
    constexpr int kGlanceMs = 100; // until it is looked whether to stop
    std::array<epoll_event, 16> events{};
    while (!stop.stop_requested()) {
        const int count = ::epoll_wait(m_epoll.get(), events.data(), events.size(), kGlanceMs);
        const auto now = MonotonicClock::now().time_since_epoch().count();
        for (int i = 0; i < count; ++i)
            static_cast<Watched*>(events[static_cast<std::size_t>(i)].data.ptr)->m_at = now;
    }
}

} // namespace halfopen::promises
