// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopenctl/stream_talk.h"

#include "app/halfopenctl/terminal.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace halfopen::ctl {

namespace {

using namespace std::chrono_literals;

// What is read of a pipe at once; and what can be written to one that poll(2) says is ready, without waiting.
constexpr std::size_t kAtOnce = 4096;
// Where so much waits to be written the kernel keeps the destroy events, and says how often it could not.
constexpr std::size_t kMuch = 4 << 20;

} // namespace

int StreamTalk::run() {
    m_sender.sayHello();
    while (!m_code) {
        take();
        sampleIfDue();
        wait();
    }
    return *m_code;
}

void StreamTalk::take() {
    if (pending() == 0) {
        m_output.clear();
        m_written = 0;
    }
    const auto more = m_sender.takeOutput();
    if (pending() == 0 && !more.empty())
        m_progress = MonotonicClock::now();
    m_output.insert(m_output.end(), more.begin(), more.end());
}

/// What costs much is not taken back to back.
void StreamTalk::sampleIfDue() {
    constexpr int kShare = 4; // one part in so many of a processor at most
    const MonotonicTime now = MonotonicClock::now();
    if (now < m_next || pending() > 0)
        return;
    m_sender.sample(m_interval);
    const auto cost = MonotonicClock::now() - now;
    m_sampled = now;
    m_next = now + std::max<std::chrono::nanoseconds>(m_interval, kShare * cost);
    m_settled = m_settled || m_sender.settled();
    take();
}

/// Who looks once waits until everything was looked into.
void StreamTalk::lookUp() {
    constexpr auto kSlice = 20ms, kShowNewsAfter = 200ms;
    const bool news = m_sender.lookUp(kSlice);
    if (!m_settled && (news || m_sender.settled()))
        m_next = std::min(m_next, std::max<MonotonicTime>(m_sampled + kShowNewsAfter, MonotonicClock::now()));
}

MonotonicTime StreamTalk::deadline() const {
    MonotonicTime until = m_heard + m_limits.word;
    if (pending() > 0)
        return std::min(until, m_progress + m_limits.reading);
    return std::min(until, m_next);
}

void StreamTalk::wait() {
    const bool looks = pending() == 0 && !m_sender.idle();
    if (looks)
        lookUp();
    std::array<pollfd, 4> watched{{{STDIN_FILENO, POLLIN, 0},
                                   {STDOUT_FILENO, static_cast<short>(pending() > 0 ? POLLOUT : 0), 0},
                                   {m_interrupts.descriptor(), POLLIN, 0},
                                   {pending() < kMuch ? m_sender.eventDescriptor() : -1, POLLIN, 0}}};
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline() - MonotonicClock::now());
    const auto most = std::clamp<std::int64_t>(left.count(), 0, looks && !m_sender.idle() ? 0 : 60'000);
    if (::poll(watched.data(), watched.size(), static_cast<int>(most)) < 0 && errno != EINTR)
        return end(1);
    if (watched[0].revents != 0)
        read();
    if ((watched[1].revents & (POLLERR | POLLNVAL)) != 0)
        return end(0); // nobody reads
    if ((watched[1].revents & POLLOUT) != 0)
        write();
    if (watched[2].revents != 0 && m_interrupts.take())
        return end(0);
    if (watched[3].revents != 0)
        m_sender.tellEvents();
    checkSilence();
}

void StreamTalk::checkSilence() {
    const MonotonicTime now = MonotonicClock::now();
    if (now < m_heard + m_limits.word && (pending() == 0 || now < m_progress + m_limits.reading))
        return;
    tell(Sentence::tr("The other side has been silent for {0} s.",
                      std::chrono::round<std::chrono::seconds>(m_limits.word).count()));
    end(1);
}

void StreamTalk::read() {
    std::array<char, kAtOnce> bytes;
    const ssize_t size = ::read(STDIN_FILENO, bytes.data(), bytes.size());
    if (size < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    if (size <= 0 || !m_orders.add({bytes.data(), static_cast<std::size_t>(size)}))
        return end(0);
    m_heard = MonotonicClock::now();
    while (const auto order = m_orders.next())
        follow(*order);
}

void StreamTalk::follow(const StreamOrder& order) {
    switch (order.kind) {
    case StreamOrder::Kind::Ping:
        m_sender.answerPing();
        break;
    case StreamOrder::Kind::Interval:
        m_interval = order.interval;
        m_next = std::min<MonotonicTime>(m_next, m_sampled + m_interval);
        break;
    case StreamOrder::Kind::Quit:
        end(0);
        break;
    case StreamOrder::Kind::Other: // of a newer version
        break;
    }
}

void StreamTalk::write() {
    for (pollfd ready{STDOUT_FILENO, POLLOUT, 0}; pending() > 0 && ::poll(&ready, 1, 0) > 0;) {
        const ssize_t size = ::write(STDOUT_FILENO, m_output.data() + m_written, std::min(pending(), kAtOnce));
        if (size < 0 && (errno == EINTR || errno == EAGAIN))
            return;
        if (size < 0)
            return end(0);
        m_written += static_cast<std::size_t>(size);
        m_progress = MonotonicClock::now();
    }
}

} // namespace halfopen::ctl
