// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/wire/stage.h"

#include <poll.h>

#include <algorithm>
#include <ctime>
#include <utility>

namespace halfopen::test {

namespace {

using namespace std::chrono_literals;

constexpr auto kLongest = 1s;

timespec toTimespec(std::chrono::nanoseconds time) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
    return {seconds.count(), (time - seconds).count()};
}

} // namespace

std::vector<std::string> Stage::run() {
    std::vector<std::string> failures;
    for (beginNew(); collect(failures); beginNew()) {
        waitForSomething();
        resumeWhoCan();
    }
    return failures;
}

void Stage::start(std::string name, Task<void> task) {
    if (m_again.empty() || m_again.contains(name))
        m_tasks.push_back({std::move(name), std::move(task)});
}

const std::set<std::string>& Stage::again() {
    m_again = std::exchange(m_tooLate, {});
    return m_again;
}

void Stage::dismiss(int fd) {
    std::erase_if(m_sources, [fd](const SourceOf& source) { return source.fd == fd; });
}

void Stage::beginNew() {
    for (auto& running : m_tasks) {
        if (!std::exchange(running.begun, true))
            running.task.resume();
    }
}

/// True while tasks are left.
bool Stage::collect(std::vector<std::string>& failures) {
    for (auto running = m_tasks.begin(); running != m_tasks.end();) {
        if (!running->begun || !running->task.done()) {
            ++running;
            continue;
        }
        try {
            running->task.await_resume();
        } catch (const TooLate&) {
            m_tooLate.insert(running->name);
        } catch (const std::exception& error) {
            failures.push_back(running->name + ": " + error.what());
        }
        running = m_tasks.erase(running);
    }
    return !m_tasks.empty();
}

void Stage::waitForSomething() {
    std::vector<pollfd> polled;
    for (const auto& source : m_sources)
        polled.push_back({source.fd, POLLIN, 0});
    auto next = MonotonicClock::now() + kLongest;
    for (const auto* wait : m_waits) {
        polled.push_back({wait->m_fd, wait->m_events, 0});
        next = std::min(next, wait->m_until);
    }
    const auto left = toTimespec(std::max<std::chrono::nanoseconds>(next - MonotonicClock::now(), 0ns));
    ::ppoll(polled.data(), polled.size(), &left, nullptr);
    for (std::size_t i = 0; i < m_sources.size(); ++i)
        if (polled[i].revents != 0)
            m_sources[i].read();
    for (std::size_t i = 0; i < m_waits.size(); ++i)
        m_waits[i]->m_came = polled[m_sources.size() + i].revents != 0;
}

void Stage::resumeWhoCan() {
    const auto now = MonotonicClock::now();
    std::vector<Wait*> ready;
    std::erase_if(m_waits, [&](Wait* wait) {
        const bool can = wait->m_came || wait->m_until <= now || (wait->m_condition && wait->m_condition());
        if (can)
            ready.push_back(wait);
        return can;
    });
    for (auto* wait : ready)
        wait->m_task.resume();
}

} // namespace halfopen::test
