// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/ended_connection.h"
#include "tests/frames/scripted.h"

#include <chrono>
#include <cstdint>

namespace halfopen::test {

using namespace std::chrono_literals;

inline Instant at(std::chrono::milliseconds since) {
    return {epoch() + since, WallTime(1'700'000'000'000ms + since)};
}

/// A connection that lived from 0 s to `end`, last heard 9 s before.
inline EndedConnection ended(std::uint64_t cookie, Ending ending, std::chrono::seconds end = 60s) {
    EndedConnection c;
    c.cookie = cookie;
    c.netns = kNetns;
    c.local = endpoint("10.0.0.5", static_cast<std::uint16_t>(40000 + cookie));
    c.remote = endpoint("203.0.113.9", 5432);
    c.lastState = State::Established;
    c.ending = ending;
    c.confidence = Confidence::Certain;
    c.firstSeen = at(0s);
    c.ended = c.lastSeen = at(end);
    c.firstMissed = at(end + 1s);
    c.lastLife = at(end - 9s);
    c.owners = {{8123, 4, "psql"}};
    return c;
}

inline EndedConnection exhausted(std::uint64_t cookie, std::chrono::seconds end = 60s) {
    auto c = ended(cookie, Ending::KeepaliveExhausted, end);
    c.unanswered = 3;
    c.allowed = 3;
    c.evidence = {{EndingEvidence::Code::ProbesUnanswered, 3, 3}, {EndingEvidence::Code::DestroyEvent, 3, 0}};
    c.errorNumber = 110;
    return c;
}

inline EndedConnection foundDead(std::uint64_t cookie) {
    EndedConnection c;
    c.number = std::uint64_t{1} << 63 | cookie;
    c.cookie = cookie;
    c.netns = kNetns;
    c.sampled = false;
    c.foundDead = true;
    c.local = endpoint("10.0.0.5", 51422);
    c.evidence = {{EndingEvidence::Code::NoDestroyEvent}};
    c.ended = c.firstMissed = at(90s);
    c.lastLife = c.lastSeen = at(30s);
    c.owners = {{8123, 5, "psql"}};
    return c;
}

} // namespace halfopen::test
