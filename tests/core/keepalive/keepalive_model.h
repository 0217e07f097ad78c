// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/connection.h"
#include "core/model/units.h"

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace halfopen::test {

/// net/ipv4/tcp_timer.c, tcp_keepalive_timer(), for one socket whose peer answers or not: the time line from which the
/// tests take samples as inet_diag would give them. All times in ms; the wheel runs each expiry `slack` late.
class KeepaliveModel {
public:
    KeepaliveModel(std::int64_t idle, std::int64_t interval, std::int64_t slack = 0)
        : m_idle(idle)
        , m_interval(interval)
        , m_slack(slack) {}

    void enable(std::int64_t at) {
        runUntil(at);
        m_on = true;
        m_expires = at + m_idle;
    }
    void setIdle(std::int64_t at, std::int64_t idle) {
        runUntil(at);
        m_idle = idle;
        if (m_on)
            m_expires = at + std::max<std::int64_t>(0, m_idle - (at - m_life));
    }
    void payload(std::int64_t at) {
        runUntil(at);
        m_life = m_payload = at;
        ++m_payloads;
        m_unanswered = 0;
    }
    void peerAnswers(bool answers, std::int64_t roundTrip = 1) {
        m_answers = answers;
        m_roundTrip = roundTrip;
    }

    Connection sample(std::int64_t at) {
        runUntil(at);
        using std::chrono::milliseconds;
        Connection c;
        c.cookie = 7;
        c.inode = 42;
        c.state = State::Established;
        c.sampled = MonotonicTime(milliseconds(1'000'000 + at));
        c.info.length = 248;
        c.info.lastDataReceived = c.info.lastDataSent = saturate(milliseconds(at - m_payload));
        c.info.lastAckReceived = saturate(milliseconds(at - m_life));
        c.info.bytesReceived = static_cast<std::uint64_t>(m_payloads);
        c.info.segmentsIn = static_cast<std::uint16_t>(1 + m_payloads + m_answered); // the handshake's first
        if (m_on) {
            c.timer.raw = 2;
            c.timer.expires = saturate(milliseconds(m_expires - at));
            c.timer.retransmits = c.info.probes = static_cast<std::uint8_t>(m_unanswered);
        }
        return c;
    }

private:
    void runUntil(std::int64_t at) {
        for (; m_on && m_expires + m_slack <= at;)
            fire(m_expires + m_slack);
    }
    void fire(std::int64_t at) {
        const std::int64_t elapsed = at - m_life;
        if (elapsed < m_idle) {
            m_expires = at + m_idle - elapsed;
            return;
        }
        ++m_unanswered;
        m_expires = at + m_interval;
        if (m_answers) {
            m_unanswered = 0;
            m_life = at + m_roundTrip;
            ++m_answered;
        }
    }

    std::int64_t m_idle, m_interval, m_slack;
    std::int64_t m_expires = 0, m_life = 0, m_payload = 0, m_roundTrip = 1;
    int m_unanswered = 0, m_answered = 0, m_payloads = 0;
    bool m_on = false, m_answers = true;
};

} // namespace halfopen::test
