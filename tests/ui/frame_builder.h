// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/cookie_index.h"
#include "core/model/frame.h"
#include "core/query/filter.h"

#include <initializer_list>
#include <memory>
#include <numeric>
#include <string_view>
#include <utility>

namespace halfopen::test {

/// The moment at which all rows of tests were sampled.
inline MonotonicTime epoch() {
    return MonotonicTime(std::chrono::hours(1000));
}

inline Endpoint endpoint(std::string_view address, std::uint16_t port) {
    return {*IpAddress::parse(address), port};
}

inline Moment exactly(std::chrono::milliseconds at) {
    return {saturate(at), saturate(at), saturate(at)};
}

inline Moment between(std::chrono::milliseconds earliest, std::chrono::milliseconds latest) {
    return {saturate(earliest), saturate(earliest), saturate(latest)};
}

/// An established, idle connection without keepalive; change what the test is about.
inline Row unguarded(std::uint64_t cookie) {
    Row row;
    row.connection.cookie = cookie;
    row.connection.sampled = epoch();
    row.connection.state = State::Established;
    row.connection.local = endpoint("10.0.0.5", static_cast<std::uint16_t>(40000 + cookie % 20000));
    row.connection.remote = endpoint("198.51.100.7", 443);
    row.connection.inode = static_cast<std::uint32_t>(70000 + cookie);
    row.connection.uid = 1000;
    row.connection.info.length = 232;
    row.connection.info.rttUs = 12'340;
    row.connection.info.lastDataReceived = Millis(65'000);
    row.connection.info.lastDataSent = Millis(66'000);
    row.connection.info.lastAckReceived = Millis(65'000);
    row.options = {.idleSeconds = 7200,
                   .intervalSeconds = 75,
                   .probes = 9,
                   .enabled = Switch::Off,
                   .enabledFrom = Provenance::Derived};
    row.forecast.never = true;
    row.diagnosis = Diagnosis::Unguarded;
    return row;
}

/// The same with keepalive 60/10/6 read from the socket, the next probe at `next` and the end at `end`.
inline Row guarded(std::uint64_t cookie, Moment next = exactly(std::chrono::seconds(42)),
                   Moment end = exactly(std::chrono::seconds(102))) {
    Row row = unguarded(cookie);
    row.connection.timer = {.expires = next.earliest, .raw = 2};
    row.options = {.idleSeconds = 60,
                   .intervalSeconds = 10,
                   .probes = 6,
                   .enabled = Switch::On,
                   .enabledFrom = Provenance::Exact,
                   .idleFrom = Provenance::Exact,
                   .intervalFrom = Provenance::Exact,
                   .probesFrom = Provenance::Exact,
                   .userTimeoutFrom = Provenance::Exact};
    row.forecast = Forecast{.next = next,
                            .givesUp = end,
                            .regime = Regime::Keepalive,
                            .cause = GiveUpCause::Keepalive,
                            .allowed = 6,
                            .nextEvent = NextEvent::KeepaliveProbe,
                            .hasAllowed = true,
                            .exactPhase = next.exact()};
    row.diagnosis = Diagnosis::Guarded;
    return row;
}

/// guarded() with two of six probes unanswered.
inline Row suspect(std::uint64_t cookie) {
    Row row = guarded(cookie, exactly(std::chrono::seconds(4)), exactly(std::chrono::seconds(44)));
    row.forecast.unanswered = 2;
    row.connection.info.probes = 2;
    row.diagnosis = Diagnosis::Suspect;
    return row;
}

inline Row changed(Row row, Change change) {
    row.change = change;
    return row;
}

/// Puts a frame together; shows all rows in the order in which they were added.
class FrameBuilder {
public:
    FrameBuilder() {
        m_frame->taken = epoch();
        m_frame->names = std::make_shared<NameTable>();
        m_frame->cost = std::chrono::microseconds(1400);
    }
    FrameBuilder(std::initializer_list<Row> rows)
        : FrameBuilder() {
        m_frame->rows = rows;
    }

    FrameBuilder& add(Row row) {
        m_frame->rows.push_back(std::move(row));
        return *this;
    }
    FrameBuilder& owner(const Row& row, Owner owner) {
        m_owners[row.connection.inode].push_back(std::move(owner));
        return *this;
    }
    Frame& edit() { return *m_frame; }

    FramePtr build() {
        auto& frame = *m_frame;
        frame.owners = std::make_shared<OwnerTable>(std::move(m_owners));
        indexByCookie(frame.rows, frame.cookieIndex);
        frame.shown.resize(frame.rows.size());
        std::iota(frame.shown.begin(), frame.shown.end(), 0U);
        for (const auto& row : frame.rows) {
            for (std::size_t i = 0; i < kQuickFilterCount; ++i)
                frame.quickCounts[i] += row.change != Change::Closed && matches(static_cast<QuickFilter>(i), row);
        }
        return std::move(m_frame);
    }

private:
    std::shared_ptr<Frame> m_frame = std::make_shared<Frame>();
    OwnerTable m_owners;
};

} // namespace halfopen::test
