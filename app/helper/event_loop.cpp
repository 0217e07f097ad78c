// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/event_loop.h"

#include <unistd.h>

#include <sys/epoll.h>
#include <sys/eventfd.h>

#include <cstdint>
#include <ctime>
#include <utility>

namespace halfopen {
namespace {

constexpr std::uint64_t kPrecisely = 1; // in us; 0 would be a quarter of a second

} // namespace

std::unique_ptr<EventLoop> EventLoop::create() {
    std::unique_ptr<EventLoop> loop(new EventLoop);
    return loop->open() ? std::move(loop) : nullptr;
}

bool EventLoop::open() {
    m_wake.reset(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    sd_event* event = nullptr;
    if (!m_wake || sd_event_new(&event) < 0)
        return false;
    m_event.reset(event);
    const auto onWake = [](sd_event_source*, int, std::uint32_t, void* loop) {
        static_cast<EventLoop*>(loop)->callPosted();
        return 0;
    };
    return sd_event_add_io(event, nullptr, m_wake.get(), EPOLLIN, onWake, this) >= 0;
}

int EventLoop::run() {
    const int status = sd_event_loop(m_event.get());
    return status < 0 ? 1 : status;
}

void EventLoop::quit() {
    sd_event_exit(m_event.get(), 0);
}

void EventLoop::post(std::function<void()> call) {
    const std::lock_guard lock(m_mutex);
    m_posted.push_back(std::move(call));
    ::eventfd_write(m_wake.get(), 1);
}

void EventLoop::callPosted() {
    eventfd_t count = 0;
    ::eventfd_read(m_wake.get(), &count);
    std::vector<std::function<void()>> posted;
    {
        const std::lock_guard lock(m_mutex);
        posted.swap(m_posted);
    }
    for (const auto& call : posted)
        call();
}

bool EventLoop::watchSignals(std::initializer_list<int> signals, std::function<void()> onSignal) {
    m_onSignal = std::move(onSignal);
    const auto called = [](sd_event_source*, const signalfd_siginfo*, void* loop) {
        static_cast<EventLoop*>(loop)->m_onSignal();
        return 0;
    };
    bool watched = true;
    for (const int signal : signals)
        watched = sd_event_add_signal(m_event.get(), nullptr, signal, called, this) >= 0 && watched;
    return watched;
}

LoopTimer::LoopTimer(const EventLoop& loop, std::function<void()> onTime)
    : m_loop(loop)
    , m_onTime(std::move(onTime)) {}

void LoopTimer::start(std::chrono::milliseconds time) {
    const auto called = [](sd_event_source*, std::uint64_t, void* timer) {
        const auto onTime = static_cast<LoopTimer*>(timer)->m_onTime; // the timer may go meanwhile
        onTime();
        return 0;
    };
    const auto us = static_cast<std::uint64_t>(std::chrono::microseconds(time).count());
    sd_event_source* source = nullptr;
    sd_event_add_time_relative(m_loop.get(), &source, CLOCK_MONOTONIC, us, kPrecisely, called, this);
    m_source.reset(source);
}

bool LoopTimer::isRunning() const {
    return m_source && sd_event_source_get_enabled(m_source.get(), nullptr) > 0;
}

} // namespace halfopen
