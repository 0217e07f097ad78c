// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/exporter/service.h"

#include "app/exporter/environment.h"
#include "core/kernel/service_manager.h"

#include <unistd.h>

#include <sys/timerfd.h>

#include <cstdint>

namespace halfopen::exporter {

namespace {

/// Twice as often as the watchdog asks for. @param microseconds  more than 0
UniqueFd watchdogTimer(std::int64_t microseconds) {
    constexpr std::int64_t kMicro = 1'000'000;
    const std::int64_t half = (microseconds + 1) / 2;
    const timespec every{.tv_sec = half / kMicro, .tv_nsec = half % kMicro * 1000};
    const itimerspec timer{.it_interval = every, .it_value = every};
    UniqueFd made(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK));
    ::timerfd_settime(made.get(), 0, &timer, nullptr);
    return made;
}

} // namespace

Service::Service()
    : m_socket(takeVariable("NOTIFY_SOCKET")) {
    const auto process = takeVariable("WATCHDOG_PID");
    const auto time = numberIn<std::int64_t>(takeVariable("WATCHDOG_USEC"));
    const bool ours = process.empty() || numberIn<pid_t>(process) == ::getpid();
    if (ours && time.value_or(0) > 0)
        m_watchdog = watchdogTimer(*time);
}

void Service::ready() const {
    tellServiceManager(m_socket, "READY=1");
}

void Service::stopping() const {
    tellServiceManager(m_socket, "STOPPING=1");
}

void Service::feedWatchdog() const {
    std::uint64_t times = 0;
    (void)!::read(m_watchdog.get(), &times, sizeof times);
    tellServiceManager(m_socket, "WATCHDOG=1");
}

} // namespace halfopen::exporter
