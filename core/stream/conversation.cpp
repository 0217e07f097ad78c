// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stream/conversation.h"

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace halfopen::stream {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t kReadAtOnce = 64 * 1024;
// Questions that follow each other at once: the best of them is as good as the line is.
constexpr int kQuickQuestions = 8;

} // namespace

Conversation::Conversation(FarProcess& process, FarProgram program, std::unique_ptr<FarReader> reader,
                           std::optional<std::chrono::milliseconds> firstWord, TimeLimits limits,
                           std::function<std::chrono::milliseconds()> interval, FarReader::Take take,
                           std::function<void(MonotonicTime)> asked)
    : m_process(process)
    , m_reader(std::move(reader))
    , m_program(program)
    , m_firstWord(firstWord)
    , m_limits(limits)
    , m_wanted(std::move(interval))
    , m_interval(m_wanted())
    , m_take(std::move(take))
    , m_asked(std::move(asked))
    , m_started(MonotonicClock::now()) {}

/// nullopt: it waits for a person.
std::optional<MonotonicTime> Conversation::deadline() const {
    if (m_dumpBegan)
        return *m_dumpBegan + m_limits.dump;
    if (m_hello)
        return std::max(*m_hello, m_dumpEnded) + m_limits.nextDump + 2 * m_interval;
    if (m_firstByte)
        return *m_firstByte + m_limits.hello;
    return m_firstWord ? std::optional<MonotonicTime>(m_started + *m_firstWord) : std::nullopt;
}

Conversation::Outcome Conversation::run(int wake) {
    while (wait(wake)) {
    }
    readErrors();
    m_outcome.took = MonotonicClock::now() - m_started;
    m_outcome.begun = m_reader->begun();
    const std::string& noise = m_reader->noise();
    m_outcome.noise = noise.substr(noise.size() - std::min(noise.size(), kMostErrorText));
    if (!m_outcome.cutOff && !m_outcome.stopped && !m_hello)
        m_outcome.cutOff = m_reader->whyNoHello();
    m_outcome.status = m_process.end();
    readErrors();
    return m_outcome;
}

/// @return false when it is over
bool Conversation::wait(int wake) {
    const MonotonicTime now = MonotonicClock::now();
    if (m_hello && now >= m_nextQuestion)
        ask();
    const auto until = deadline();
    if (until && now >= *until) {
        m_outcome.silent = true;
        return false;
    }
    MonotonicTime next = until.value_or(now + 60s);
    if (m_hello)
        next = std::min(next, m_nextQuestion);
    std::array<pollfd, 3> watched{
        {{wake, POLLIN, 0}, {m_process.output().get(), POLLIN, 0}, {m_process.errors().get(), POLLIN, 0}}};
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(next - now);
    if (::poll(watched.data(), watched.size(), static_cast<int>(std::max<std::int64_t>(left.count(), 0))) < 0)
        return errno == EINTR;
    if (watched[0].revents != 0) {
        m_outcome.stopped = true;
        (void)!::write(m_process.input().get(), "quit\n", 5);
        return false;
    }
    if (watched[2].revents != 0)
        readErrors();
    return watched[1].revents == 0 || readOutput();
}

/// @return false at its end, or where it makes no sense
bool Conversation::readOutput() {
    std::array<std::byte, kReadAtOnce> bytes;
    const ssize_t size = ::read(m_process.output().get(), bytes.data(), bytes.size());
    if (size < 0)
        return errno == EINTR || errno == EAGAIN;
    if (size == 0)
        return false;
    if (!m_firstByte)
        m_firstByte = MonotonicClock::now();
    const auto fed = m_reader->feed(ByteView(bytes).first(static_cast<std::size_t>(size)),
                                    [this](Message&& message, ByteView raw) { return take(std::move(message), raw); });
    if (!fed)
        m_outcome.cutOff = fed.error();
    return fed.has_value();
}

Result<void> Conversation::take(Message&& message, ByteView raw) {
    const MonotonicTime now = MonotonicClock::now();
    const bool isPong = std::holds_alternative<Pong>(message);
    if (std::holds_alternative<Hello>(message))
        m_hello = now;
    if (std::holds_alternative<Begin>(message))
        m_dumpBegan = now;
    if (std::holds_alternative<End>(message) || std::holds_alternative<Failed>(message)) {
        m_outcome.toldDump = m_outcome.toldDump || std::holds_alternative<End>(message);
        m_dumpBegan.reset();
        m_dumpEnded = now;
        if (m_program == FarProgram::Ss)
            m_nextQuestion = m_lastQuestion + std::min<std::chrono::nanoseconds>(m_wanted(), kPingEvery);
    }
    auto taken = m_take(std::move(message), raw);
    if (m_program == FarProgram::Halfopenctl && isPong && ++m_answers < kQuickQuestions)
        m_nextQuestion = now;
    return taken;
}

/// Where it does not take the question, it is silent or gone, which is seen elsewhere. The loop around ss knows no
/// interval: each question is one for a dump.
void Conversation::ask() {
    const bool ofSs = m_program == FarProgram::Ss;
    m_lastQuestion = MonotonicClock::now();
    m_nextQuestion = m_lastQuestion + (ofSs ? kDumpWithin : kPingEvery);
    if (const auto wanted = m_wanted(); !ofSs && wanted != m_interval) {
        m_interval = wanted;
        const std::string order = fmt::format("interval {}ms\n", wanted.count());
        (void)!::write(m_process.input().get(), order.data(), order.size());
    }
    m_asked(MonotonicClock::now());
    (void)!::write(m_process.input().get(), ".\n", 2);
}

/// As much as is there.
void Conversation::readErrors() {
    std::array<char, 4096> bytes;
    ssize_t size = 0;
    while ((size = ::read(m_process.errors().get(), bytes.data(), bytes.size())) > 0) {
        std::string& text = m_outcome.errorText;
        text.append(bytes.data(), static_cast<std::size_t>(size));
        if (text.size() > kMostErrorText)
            text.erase(0, text.size() - kMostErrorText);
    }
}

} // namespace halfopen::stream
