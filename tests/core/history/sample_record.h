// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/ended_connection.h"

#include <cerrno>

namespace halfopen::test {

inline Instant instantAt(std::chrono::milliseconds monotonic, std::chrono::system_clock::time_point wall) {
    return {MonotonicTime(monotonic), std::chrono::floor<std::chrono::milliseconds>(wall)};
}

/// A record in which every field says something.
inline EndedConnection fullRecord(std::uint64_t cookie = 0x1d2,
                                  std::chrono::system_clock::time_point ended = std::chrono::system_clock::now()) {
    using namespace std::chrono_literals;
    EndedConnection c;
    c.cookie = cookie;
    c.netns = 4026531840;
    c.netnsName = "web";
    c.unit = {"db.service", true, "kubernetes", std::string(64, 'b'), "shop/pg"};
    c.local = {*IpAddress::parse("192.0.2.10"), 51422};
    c.remote = {*IpAddress::parse("2001:db8::1"), 5432};
    c.lastState = State::Established;
    c.ending = Ending::KeepaliveExhausted;
    c.confidence = Confidence::Certain;
    c.evidence = {{EndingEvidence::Code::ProbesUnanswered, 3, 3}, {EndingEvidence::Code::GiveUpInInterval, 0, 0}};
    c.errorNumber = ETIMEDOUT;
    c.firstSeen = instantAt(1000ms, ended - 60s);
    c.thereBefore = true;
    c.lastSeen = instantAt(60000ms, ended - 1s);
    c.ended = instantAt(61000ms, ended);
    c.firstMissed = instantAt(61500ms, ended + 500ms);
    c.lastLife = instantAt(52000ms, ended - 9s);
    c.uid = 1000;
    c.user = "alice";
    c.interface = "eth0";
    c.inode = 4711;
    c.owners = {{812, 4, "psql"}, {813, 5, "p\"s\\ql"}};
    c.owners[1].unit =
        std::make_shared<const ProcessUnit>(ProcessUnit{"psql.service", true, "podman", std::string(64, 'a')});
    c.ownersUnknown = OwnerUnknown::Known;
    c.optionsKnown = true;
    c.options.idleSeconds = 60;
    c.options.intervalSeconds = 10;
    c.options.probes = 3;
    c.options.enabled = Switch::On;
    c.options.enabledFrom = c.options.idleFrom = Provenance::Exact;
    c.options.userTimeout = Millis(1500);
    c.unanswered = 3;
    c.allowed = 3;
    c.regime = Regime::Keepalive;
    c.cause = GiveUpCause::Keepalive;
    c.forecastEnd = instantAt(61000ms, ended);
    c.grade = {.grade = Grade::Kept, .measured = true, .lead = std::chrono::minutes(118), .error = 4200us};
    return c;
}

} // namespace halfopen::test
