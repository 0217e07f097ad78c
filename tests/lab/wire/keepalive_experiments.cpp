// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/wire/experiments.h"

#include <sys/socket.h>

namespace halfopen::test {

namespace {

using namespace std::chrono_literals;

lab::SocketOptions bySettings() {
    lab::SocketOptions options;
    options.keepalive = true;
    return options;
}

/// K1: the peer falls silent at once; every probe and the end.
Task<void> silentFromTheStart(Room& room, std::string name, lab::SocketOptions options, Family family) {
    const auto peer = room.peer(family);
    auto flow = room.connect(peer, options);
    co_await room.stage().sleep(300ms);
    room.silence(flow);
    co_await room.follow(flow, room.look(flow), name);
}

/// K2: the peer spoke after the timer was armed; the timer fires before it may probe and is armed again.
Task<void> spokeLater(Room& room, std::string name, lab::SocketOptions options) {
    const auto peer = room.peer();
    auto flow = room.connect(peer, options);
    co_await room.stage().sleep(1700ms);
    ::send(flow.far.get(), "hello", 5, 0);
    co_await room.stage().sleep(300ms);
    room.silence(flow);
    co_await room.follow(flow, room.look(flow), name);
}

/// K3: a peer that answers is probed again after the longer of idle and interval.
Task<void> answers(Room& room, std::string name, lab::SocketOptions options) {
    const auto peer = room.peer();
    auto flow = room.connect(peer, options);
    co_await room.stage().sleep(100ms);
    co_await room.follow(flow, room.look(flow), name + " 1st", End::None, 1);
    co_await room.stage().sleep(50ms);
    co_await room.follow(flow, room.look(flow), name + " 2nd", End::None, 1);
}

/// K4: keepalive switched on late counts from then on and not from the last sign of life.
Task<void> switchedOnLate(Room& room) {
    const auto peer = room.peer();
    auto flow = room.connect(peer);
    co_await room.stage().sleep(2900ms);
    room.silence(flow);
    must(lab::apply(flow.near.get(), lab::keepalive(4s, 1s, 2)));
    room.did(flow, assume::ProgramIdle, "switched keepalive on");
    co_await room.stage().sleep(100ms);
    co_await room.follow(flow, room.look(flow), "K4");
}

/// K5: a changed sysctl moves no armed timer; the new value is used when it fires.
Task<void> settingsChange(Room& room) {
    room.set("tcp_keepalive_intvl", 2);
    room.set("tcp_keepalive_probes", 2);
    room.set("tcp_keepalive_time", 9);
    const auto peer = room.peer();
    auto lowered = room.connect(peer, bySettings());
    room.set("tcp_keepalive_time", 3);
    const auto other = room.peer();
    auto raised = room.connect(other, bySettings());
    co_await room.stage().sleep(500ms);
    room.set("tcp_keepalive_time", 6);
    room.silence(lowered);
    room.silence(raised);
    auto first = room.look(lowered);
    co_await room.follow(raised, room.look(raised), "K5 3->6", End::None, 1);
    co_await room.follow(lowered, first, "K5 9->6");
}

/// K6: TCP_KEEPCNT lowered to what was sent already.
Task<void> countLowered(Room& room) {
    const auto peer = room.peer();
    auto flow = room.connect(peer, lab::keepalive(2s, 2s, 5));
    room.silence(flow);
    co_await room.lookWhen(flow, [](const Connection& seen) { return seen.timer.retransmits == 2; });
    lab::SocketOptions fewer;
    fewer.probes = 2;
    must(lab::apply(flow.near.get(), fewer));
    room.did(flow, assume::ProgramIdle, "changed its options");
    co_await room.follow(flow, room.look(flow), "K6");
}

/// K8: keepalive was suspended while data was in flight and goes on when it is acknowledged.
Task<void> resumes(Room& room) {
    const auto peer = room.peer();
    auto flow = room.connect(peer, lab::keepalive(5s, 1s, 2));
    co_await room.stage().sleep(700ms);
    room.deafen(flow);
    write(flow);
    co_await room.stage().sleep(1s);
    room.undeafen(flow);
    co_await room.lookWhen(flow, [](const Connection& seen) { return seen.info.unacked == 0; });
    co_await room.stage().sleep(100ms);
    room.silence(flow);
    co_await room.follow(flow, room.look(flow), "K8");
}

/// P1: the peer was rebooted and answers the first probe with RST.
Task<void> rebooted(Room& room) {
    const auto peer = room.peer();
    auto flow = room.connect(peer, lab::keepalive(4s, 2s, 3));
    co_await room.stage().sleep(300ms);
    room.reboot(flow);
    const auto look = room.look(flow);
    co_await room.follow(flow, look, "P1", End::None, 1);
    const bool ended = co_await room.stage().descriptor(flow.near.get(), 0, MonotonicClock::now() + 100ms);
    room.report().add(Fact{"P1", "the answer to the probe ended it", ended});
}

/// I3: the own device is down; probes that cannot be sent count.
Task<void> unplugged(Room& room) {
    const auto peer = room.peer();
    auto flow = room.connect(peer, lab::keepalive(3s, 2s, 2));
    co_await room.stage().sleep(1s);
    must(room.lab().setWire(false));
    co_await room.follow(flow, room.look(flow), "I3", End::Error, 0);
}

/// I4: the neighbour does not answer, so nothing leaves the host.
Task<void> noNeighbour(Room& room) {
    const auto peer = room.peerAt(*IpAddress::parse("192.0.2.77"));
    auto flow = room.connect(peer, lab::keepalive(4s, 1s, 3));
    co_await room.stage().sleep(300ms);
    room.silence(flow);
    co_await room.follow(flow, room.look(flow), "I4", End::Error, 0);
}

/// C1: the peer has closed, this program has not.
Task<void> abandoned(Room& room, std::string name, lab::SocketOptions options) {
    const auto peer = room.peer();
    auto flow = room.connect(peer, options);
    co_await room.stage().sleep(300ms);
    ::shutdown(flow.far.get(), SHUT_WR);
    co_await room.stage().sleep(200ms);
    room.silence(flow);
    if (options.keepalive)
        co_await room.follow(flow, room.look(flow), name);
    else
        co_await room.followNever(flow, room.look(flow), name, 20s);
}

/// F2: this program has closed its half and keeps the descriptor.
Task<void> halfClosed(Room& room, std::string name, lab::SocketOptions options) {
    const auto peer = room.peer();
    auto flow = room.connect(peer, options);
    co_await room.stage().sleep(300ms);
    ::shutdown(flow.near.get(), SHUT_WR);
    co_await room.stage().sleep(200ms);
    room.silence(flow);
    if (options.keepalive)
        co_await room.follow(flow, room.look(flow), name);
    else
        co_await room.followNever(flow, room.look(flow), name, 20s);
}

} // namespace

void startKeepalive(Stage& stage, const Rooms& rooms) {
    auto& plain = rooms.plain;
    auto& settings = rooms.settings;
    stage.start("K1", silentFromTheStart(plain, "K1", lab::keepalive(4s, 2s, 4), Family::Ipv4));
    stage.start("K1s", silentFromTheStart(settings, "K1s", bySettings(), Family::Ipv4));
    stage.start("K1m", silentFromTheStart(plain, "K1m", lab::keepalive(17s, 3s, 2), Family::Ipv4));
    stage.start("K2", spokeLater(plain, "K2", lab::keepalive(4s, 2s, 2)));
    stage.start("K2s", spokeLater(settings, "K2s", bySettings()));
    stage.start("K3", answers(plain, "K3", lab::keepalive(3s, 7s, 2)));
    stage.start("K3b", answers(plain, "K3b", lab::keepalive(5s, 1s, 2)));
    stage.start("K3s", answers(settings, "K3s", bySettings()));
    stage.start("K4", switchedOnLate(plain));
    stage.start("K5", settingsChange(rooms.second));
    stage.start("K6", countLowered(plain));
    stage.start("K8", resumes(plain));
    stage.start("V6", silentFromTheStart(plain, "V6", lab::keepalive(5s, 2s, 3), Family::Ipv6));
    stage.start("V6s", silentFromTheStart(settings, "V6s", bySettings(), Family::Ipv6));
    stage.start("V6i", silentFromTheStart(rooms.unreachable, "V6i", lab::keepalive(4s, 1s, 3), Family::Ipv6));
    stage.start("I1", silentFromTheStart(rooms.unreachable, "I1", lab::keepalive(5s, 1s, 4), Family::Ipv4));
    stage.start("I3", unplugged(rooms.unplugged));
    stage.start("I4", noNeighbour(plain));
    stage.start("P1", rebooted(plain));
    stage.start("C1", abandoned(plain, "C1", lab::keepalive(4s, 2s, 2)));
    stage.start("C1s", abandoned(settings, "C1s", bySettings()));
    stage.start("C1n", abandoned(plain, "C1n", {}));
    stage.start("F2", halfClosed(plain, "F2", lab::keepalive(5s, 1s, 2)));
    stage.start("F2s", halfClosed(settings, "F2s", bySettings()));
    stage.start("F2n", halfClosed(plain, "F2n", {}));
}

} // namespace halfopen::test
