// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/halfopenctl/interrupts.h"
#include "app/halfopenctl/stream_words.h"
#include "core/model/units.h"
#include "core/stream/limits.h"
#include "core/stream/stream_sender.h"

#include <chrono>
#include <cstddef>
#include <optional>
#include <vector>

namespace halfopen::ctl {

/// How long it is waited for the other side. Tests hand in less.
struct TalkLimits {
    std::chrono::nanoseconds word = stream::kSilenceEnds;    ///< for a sign of life
    std::chrono::nanoseconds reading = stream::kSilenceEnds; ///< until it reads on
};

/// Tells what the sender says on standard output and follows what comes on standard input, until the other side has had
/// enough, or is gone.
class StreamTalk {
public:
    StreamTalk(stream::StreamSender& sender, std::chrono::milliseconds interval, TalkLimits limits = {})
        : m_sender(sender)
        , m_interval(interval)
        , m_limits(limits) {}

    /// @return the exit code
    int run();

private:
    void end(int code) { m_code = m_code.value_or(code); }
    std::size_t pending() const { return m_output.size() - m_written; }
    void take();
    void sampleIfDue();
    void lookUp();
    MonotonicTime deadline() const;
    void wait();
    void checkSilence();
    void read();
    void follow(const StreamOrder& order);
    void write();

    stream::StreamSender& m_sender;
    std::chrono::milliseconds m_interval;
    TalkLimits m_limits;
    Interrupts m_interrupts;
    StreamOrders m_orders;
    std::vector<std::byte> m_output;
    std::size_t m_written = 0; ///< of m_output
    MonotonicTime m_sampled{};
    MonotonicTime m_next = MonotonicClock::now();
    MonotonicTime m_heard = MonotonicClock::now();
    MonotonicTime m_progress{}; ///< when something could be written last, while there is something
    bool m_settled = false;     ///< it was told once that everything was looked into
    std::optional<int> m_code;
};

} // namespace halfopen::ctl
