// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/wire/experiments.h"

#include <sys/socket.h>

namespace halfopen::test {

namespace {

using namespace std::chrono_literals;

bool twice(const Connection& seen) {
    return seen.timer.kind() == TimerKind::Retransmit && seen.timer.retransmits == 2;
}
bool once(const Connection& seen) {
    return seen.timer.kind() == TimerKind::Retransmit && seen.timer.retransmits == 1;
}

lab::SocketOptions keepaliveOn() {
    lab::SocketOptions options;
    options.keepalive = true;
    return options;
}

lab::SocketOptions userTimeout(std::chrono::milliseconds time) {
    lab::SocketOptions options;
    options.userTimeout = time;
    return options;
}

lab::SocketOptions with(lab::SocketOptions options, std::chrono::milliseconds time) {
    options.userTimeout = time;
    return options;
}

Task<void> followBoth(Room& room, Flow& flow, std::string name, bool (*wanted)(const Connection&)) {
    co_await room.follow(flow, co_await room.lookWhen(flow, wanted), name);
}

/// R1 to R4, CT: data in flight to a dead peer. Looked at twice: before the first retransmission and after a few. What
/// lives for a second only can be over before it is looked at on a busy machine: then there is another one.
Task<void> inFlight(Room& room, std::string name, lab::SocketOptions options, bool (*wanted)(const Connection&)) {
    constexpr int kTries = 5;
    for (int tries = 0; tries < kTries; ++tries) {
        const auto peer = room.peer();
        auto flow = room.connect(peer, options);
        co_await room.stage().sleep(300ms);
        room.silence(flow);
        write(flow);
        const auto early = room.look(flow);
        const auto later = co_await room.lookIfEver(flow, wanted);
        if (!later)
            continue;
        co_await room.follow(flow, *later, name);
        co_await room.follow(flow, early, name + "+");
        co_return;
    }
    throw TooLate("none was seen in time");
}

/// K12: unanswered probes first, then the program writes: the retransmissions decide.
Task<void> probedThenWrote(Room& room) {
    const auto peer = room.peer();
    auto flow = room.connect(peer, lab::keepalive(1s, 1s, 9));
    room.silence(flow);
    co_await room.lookWhen(flow, [](const Connection& seen) { return seen.timer.retransmits == 2; });
    write(flow);
    co_await followBoth(room, flow, "K12", twice);
}

/// U2: a user timeout alone guards nothing.
Task<void> idleWithUserTimeout(Room& room) {
    const auto peer = room.peer();
    auto flow = room.connect(peer, userTimeout(1500ms));
    co_await room.stage().sleep(300ms);
    room.silence(flow);
    co_await room.followNever(flow, room.look(flow), "U2", 20s);
}

/// U1: with a user timeout the number of probes does not count.
Task<void> keepaliveWithUserTimeout(Room& room, std::string name, lab::SocketOptions options) {
    const auto peer = room.peer();
    auto flow = room.connect(peer, options);
    co_await room.stage().sleep(300ms);
    room.silence(flow);
    co_await room.follow(flow, room.look(flow), name);
}

/// L2: LAST-ACK with the descriptor open is retried like data.
Task<void> lastAckWithDescriptor(Room& room) {
    const auto peer = room.peer();
    auto flow = room.connect(peer);
    ::shutdown(flow.far.get(), SHUT_WR);
    co_await room.stage().sleep(300ms);
    room.silence(flow);
    ::shutdown(flow.near.get(), SHUT_WR);
    // Both halves are closed, so poll(2) tells a hang-up from the start.
    co_await room.follow(flow, co_await room.lookWhen(flow, twice), "L2", End::Vanishing);
}

} // namespace

void write(const Flow& flow) {
    ::send(flow.near.get(), "The quick brown fox", 19, MSG_NOSIGNAL);
}

void fill(const Flow& flow) {
    static constexpr char kBlock[8192] = {};
    while (::send(flow.near.get(), kBlock, sizeof kBlock, MSG_NOSIGNAL) > 0) {
    }
}

void startUserTimeout(Stage& stage, const Rooms& rooms) {
    auto& room = rooms.plain;
    stage.start("U1a", keepaliveWithUserTimeout(room, "U1a", with(lab::keepalive(4s, 2s, 2), 9000ms)));
    stage.start("U1b", keepaliveWithUserTimeout(room, "U1b", with(lab::keepalive(2s, 1s, 1), 7000ms)));
    stage.start("U1c", keepaliveWithUserTimeout(room, "U1c", with(lab::keepalive(4s, 1s, 9), 1500ms)));
    stage.start("U1d", keepaliveWithUserTimeout(room, "U1d", with(lab::keepalive(2s, 4s, 9), 5000ms)));
    stage.start("U2", idleWithUserTimeout(room));
    stage.start("R2", inFlight(room, "R2", userTimeout(6000ms), twice));
    stage.start("R3", inFlight(room, "R3", userTimeout(700ms), once));
    stage.start("CT", inFlight(room, "CT", with(lab::keepalive(2s, 1s, 2), 3500ms), twice));
}

void startRetransmission(Stage& stage, const Rooms& rooms) {
    lab::SocketOptions shortest;
    shortest.rtoMax = 1300ms;
    stage.start("R1", inFlight(rooms.settings, "R1", keepaliveOn(), twice));
    stage.start("R1b", inFlight(rooms.second, "R1b", {}, twice));
    stage.start("R4", inFlight(rooms.plain, "R4", shortest, twice));
    stage.start("K12", probedThenWrote(rooms.settings));
    stage.start("L2", lastAckWithDescriptor(rooms.settings));
}

} // namespace halfopen::test
