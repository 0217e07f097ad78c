// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/keepalive/knowledge.h"
#include "core/kernel/diag/netlink_source.h"
#include "core/monitor/process_lookup.h"
#include "tests/core/processes.h"

#include <gtest/gtest.h>
#include <poll.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <utility>

namespace halfopen::test {

struct Seen {
    Connection connection;
    KeepaliveOptions options;
    OwnerUnknown why = OwnerUnknown::NotLookedUp;
};

/// What a sampler does with an ProcessLookup, on the real kernel.
class Samples : public ConnectionSink {
public:
    Samples()
        : m_source(std::move(NetlinkSource::open().value())) {}

    void restart() override {
        m_now.clear();
        lookup.beginSampleAgain();
    }
    void add(const Connection& connection) override {
        Seen& seen = m_now[connection.cookie];
        seen.connection = connection;
        const auto before = m_before.find(connection.cookie);
        Past past;
        if (before != m_before.end())
            past = {&before->second.connection, &before->second.options, {}};
        learn(connection, past, TcpSysctls{}, seen.options);
        seen.why = lookup.consider(connection, past, seen.options);
    }
    /// One sample; what it asks is not answered yet.
    void take(std::uint64_t selected = 0) {
        m_before = std::exchange(m_now, {});
        lookup.beginSample(RowKey{selected});
        ASSERT_TRUE(m_source->sample({}, *this));
    }
    /// Samples and works until this socket's options are exact, or time limit is over.
    const Seen& settle(std::uint64_t cookie) {
        const auto timeLimit = MonotonicClock::now() + std::chrono::seconds(20);
        do {
            take();
            while (!lookup.idle(MonotonicClock::now()))
                lookup.work(MonotonicClock::now() + std::chrono::milliseconds(5));
        } while (!m_now[cookie].options.exact() && MonotonicClock::now() < timeLimit);
        return m_now[cookie];
    }
    /// Samples and works, as a sampler does, until this socket's options are as wanted, or `time limit` is over.
    bool await(std::uint64_t cookie, const std::function<bool(const KeepaliveOptions&)>& wanted,
               std::chrono::nanoseconds timeLimit) {
        const auto end = MonotonicClock::now() + timeLimit;
        while (!wanted(m_now[cookie].options) && MonotonicClock::now() < end) {
            take();
            while (!lookup.idle(MonotonicClock::now()))
                lookup.work(MonotonicClock::now() + std::chrono::milliseconds(5));
            ::poll(nullptr, 0, 10);
        }
        return wanted(m_now[cookie].options);
    }
    const Seen& of(std::uint64_t cookie) { return m_now[cookie]; }
    /// The connection to this client that waits in its listener's queue; 0: there is none.
    std::uint64_t waitingFor(std::uint16_t clientPort) const {
        for (const auto& [cookie, seen] : m_now)
            if (seen.connection.isNotAccepted() && seen.connection.remote.port == clientPort)
                return cookie;
        return 0;
    }

    ProcessLookup lookup{true, ScanPace{0, std::chrono::seconds(10)}}; // no pause between two scans

private:
    std::unique_ptr<NetlinkSource> m_source;
    std::map<std::uint64_t, Seen> m_now, m_before;
};

} // namespace halfopen::test
