// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/wire/experiments.h"

namespace halfopen::test {

namespace {

using namespace std::chrono_literals;

lab::SocketOptions smallWindow() {
    lab::SocketOptions options;
    options.receiveBuffer = 4096;
    return options;
}

lab::SocketOptions smallBuffer() {
    lab::SocketOptions options;
    options.sendBuffer = 32 * 1024;
    return options;
}

bool probing(const Connection& seen) {
    return seen.timer.kind() == TimerKind::WindowProbe && seen.info.backoff >= 1;
}

struct Stuffed {
    Peer peer;
    Flow flow;
};

/// A connection whose peer reads nothing and whose window is full.
Task<Stuffed> stuff(Room& room, lab::SocketOptions options) {
    Stuffed result{room.peer(Family::Ipv4, smallWindow()), {}};
    result.flow = room.connect(result.peer, options);
    fill(result.flow);
    co_await room.stage().sleep(50ms);
    co_return result;
}

/// Z1: a peer that answers is probed for ever. The end that is forecast assumes that it falls silent.
Task<void> answered(Room& room) {
    auto stuffed = co_await stuff(room, smallBuffer());
    auto look = co_await room.lookWhen(stuffed.flow, probing);
    const bool told = (look.forecast.assumes & assume::PeerSilent) != 0;
    co_await room.follow(stuffed.flow, look, "Z1", End::None, 1);
    co_await room.stage().until(look.at(look.forecast.givesUp) + 5s);
    room.report().add(
        Fact{"Z1", "a silent peer is assumed, and one that answers outlives it", told && room.isThere(stuffed.flow)});
}

/// Z2: the peer dies while its window is closed.
Task<void> dies(Room& room) {
    auto stuffed = co_await stuff(room, smallBuffer());
    co_await room.lookWhen(stuffed.flow, probing);
    room.silence(stuffed.flow);
    co_await room.follow(stuffed.flow, room.look(stuffed.flow), "Z2");
}

/// Z3: with a user timeout even a peer that answers is given up. Its answers restart the probes, so only the end
/// counts.
Task<void> userTimeoutRuns(Room& room) {
    auto options = smallBuffer();
    options.userTimeout = 6000ms;
    auto stuffed = co_await stuff(room, options);
    co_await room.follow(stuffed.flow, co_await room.lookWhen(stuffed.flow, probing), "Z3", End::Error, 0);
}

/// Z4: closed by the program while the window is closed, and then the peer dies.
Task<void> orphaned(Room& room) {
    auto stuffed = co_await stuff(room, smallBuffer());
    co_await room.lookWhen(stuffed.flow, probing);
    room.silence(stuffed.flow);
    stuffed.flow.near.reset();
    co_await room.follow(stuffed.flow, room.look(stuffed.flow), "Z4", End::Vanishing);
}

} // namespace

void startClosedWindow(Stage& stage, const Rooms& rooms) {
    stage.start("Z1", answered(rooms.settings));
    stage.start("Z2", dies(rooms.settings));
    stage.start("Z3", userTimeoutRuns(rooms.plain));
    stage.start("Z4", orphaned(rooms.settings));
}

} // namespace halfopen::test
