// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/frames/frame_maker.h"

#include <chrono>
#include <memory>
#include <utility>
#include <vector>

namespace halfopen::test {

/// Two probes unanswered, data waits to be read, and a value in every key.
inline Scripted fullConnection() {
    Scripted full = suspect(owned(0x1d2, "2001:db8::7"));
    full.options.reset();
    Connection& c = full.connection;
    c.interface = 3;
    c.receiveQueue = 17;
    c.timer = {.expires = Millis(6999040), .raw = 2, .retransmits = 2};
    c.congestion = internCongestion("cubic");
    c.info.bytesAcked = 18'000'000'000'000'000'000U;
    c.info.totalRetransmits = 9;
    c.info.backoff = 4;
    return full;
}

inline Scripted listenerOfMany() {
    Scripted listener = listening(0xffff'ffff'ffff'ffff, "0.0.0.0", 8000, 4'000'000'000);
    listener.connection.info.length = 104;
    listener.owners = {
        {7, -1, "bad\xff\"na\\me\n\b\x01", std::make_shared<const ProcessUnit>(ProcessUnit{.unit = "a.service"})},
        {8, 4, "z\xc3\xbcrich \xe6\x97\xa5",
         std::make_shared<const ProcessUnit>(
             ProcessUnit{.unit = "b.scope", .user = true, .runtime = "docker", .container = "0123"})}};
    return listener;
}

/// A connection with a value in every key, a timewait socket with hardly any, one that is read and guarded, one whose
/// options are kept from us, a listener, and foreign names with all that JSON must escape; some of them new or changed.
/// golden/ holds the text.
inline Frame goldenFrame() {
    Scripted kept = retransmitting(owned(3), 2, std::chrono::milliseconds(500));
    kept.unread = ReadRefusal::Yama;
    MachineFacts machine = usualMachine();
    machine.clock.offset.reset();
    machine.interfaces = {{3, "eth0"}};
    machine.state.ticksLate = true;
    machine.sysctls.keepaliveTime = -60;
    machine.sysctls.hasRtoMax = machine.sysctls.hasSynLinearTimeouts = true;
    FrameSeries series(std::move(machine));
    const auto sample = [&](std::vector<Scripted> connections, std::chrono::seconds after) {
        FrameMaker maker(std::move(connections));
        maker.after(after).script.notes = {Sentence::tr("A note."), Sentence::tr("Another \"note\".")};
        return series.next(maker.script);
    };
    using namespace std::chrono_literals;
    sample({fullConnection(), active(guarded(owned(4))), kept, droppedHere(owned(5)), listenerOfMany()}, -1s);
    return *sample({fullConnection(), timeWait(2), guarded(owned(4)), kept, droppedHere(owned(5)), listenerOfMany()},
                   0s);
}

} // namespace halfopen::test
