// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/core/frame_maker.h"

#include <string>

namespace halfopen::test {

/// A connection with a value in every key, a timewait socket with hardly any, a listener, and foreign names with all
/// that JSON must escape. golden/ holds what nlohmann::ordered_json::dump() made of it, before there was a JsonWriter.
inline Frame goldenFrame() {
    Row full = makeRow(0x1d2, "2001:db8::7");
    full.connection.local = endpoint("2001:db8::5", 40000);
    full.connection.interface = 3;
    full.connection.receiveQueue = 17;
    full.connection.sendQueue = 4'000'000'000;
    full.connection.timer = {.expires = Millis(6999040), .raw = 2, .retransmits = 3};
    full.connection.congestion = internCongestion("cubic");
    TcpInfo& info = full.connection.info;
    info.bytesAcked = 18'000'000'000'000'000'000U;
    info.bytesReceived = 12;
    info.rtoUs = 204'000;
    info.rttVarUs = 750;
    info.unacked = 2;
    info.notSentBytes = 5;
    info.sendWindow = 65536;
    info.totalRetransmits = 9;
    info.sendCwnd = 10;
    info.sendMss = 1448;
    info.lastDataSent = Millis(15000);
    info.lastDataReceived = Millis(16000);
    info.lastAckReceived = Millis(14999);
    info.backoff = 4;
    full.options.enabled = Switch::On;
    full.options.enabledFrom = full.options.idleFrom = full.options.intervalFrom = Provenance::Exact;
    full.options.idleSeconds = -60;
    full.options.intervalSeconds = 75;
    full.options.probes = 9;
    full.options.userTimeout = Millis(30000);
    full.diagnosis = Diagnosis::Suspect;
    full.change = Change::Changed;
    full.forecast.next = {Millis(5200), Millis(5200), Millis(5452)};
    full.forecast.givesUp = {Millis(9000), Millis(8000), Millis(10000)};
    full.forecast.assumes = 3;
    full.forecast.allowed = 9;
    full.forecast.regime = Regime::Keepalive;
    full.forecast.nextEvent = NextEvent::KeepaliveProbe;
    full.forecast.cause = GiveUpCause::Keepalive;
    full.forecast.unanswered = 2;
    full.forecast.hasAllowed = true;
    full.forecast.never = false;
    full.forecast.conditions.add(Condition::LocalDrop);
    full.forecast.conditions.add(Condition::TicksLate);
    full.forecast.conditions.add(Condition::NobodyReads);
    Row mini = makeRow(2);
    mini.connection.state = State::TimeWait;
    mini.connection.timer = {.expires = Millis(59000), .raw = 3};
    mini.connection.info = {};
    mini.connection.inode = 0;
    mini.ownerUnknown = OwnerUnknown::NoDescriptor;
    mini.unread = ReadRefusal::Yama;
    mini.change = Change::New;
    Row listener = makeRow(0xffff'ffff'ffff'ffff, "0.0.0.0", 0);
    listener.connection.inode = 77;
    listener.connection.state = State::Listen;
    listener.connection.info.length = 104;
    Frame frame = makeFrame({full, mini, listener});
    auto owners = std::make_shared<OwnerTable>(*frame.owners);
    (*owners)[77] = {
        {7, -1, "bad\xff\"na\\me\n\b\x01", std::make_shared<const ProcessUnit>(ProcessUnit{.unit = "a.service"})},
        {8, 4, "z\xc3\xbcrich \xe6\x97\xa5",
         std::make_shared<const ProcessUnit>(
             ProcessUnit{.unit = "b.scope", .user = true, .runtime = "docker", .container = "0123"})}};
    frame.owners = owners;
    auto names = std::make_shared<NameTable>(*frame.names);
    names->interfaces[3] = "eth0";
    frame.names = names;
    frame.sysctls.hasRtoMax = frame.sysctls.hasSynLinearTimeouts = true;
    frame.notes = {"A note.", "Another \"note\"."};
    frame.sequence = 12;
    return frame;
}

} // namespace halfopen::test
