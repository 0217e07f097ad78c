// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/wire/experiments.h"

#include <sys/socket.h>

namespace halfopen::test {

namespace {

using namespace std::chrono_literals;

bool retransmitted(const Connection& seen) {
    return seen.timer.kind() == TimerKind::Retransmit && seen.timer.retransmits == 2 && seen.inode == 0;
}

/// Reads the options once more and closes.
void close(Room& room, Flow& flow) {
    static_cast<void>(room.look(flow));
    flow.near.reset();
}

/// F1: closed while the peer is dead: an orphan in FIN-WAIT-1.
Task<void> finUnanswered(Room& room) {
    const auto peer = room.peer();
    auto flow = room.connect(peer);
    co_await room.stage().sleep(300ms);
    room.silence(flow);
    close(room, flow);
    co_await room.follow(flow, co_await room.lookWhen(flow, retransmitted), "F1", End::Vanishing);
}

/// L1: the peer closed first and died before the last acknowledgement.
Task<void> lastAckUnanswered(Room& room) {
    const auto peer = room.peer();
    auto flow = room.connect(peer);
    ::shutdown(flow.far.get(), SHUT_WR);
    co_await room.stage().sleep(300ms);
    room.silence(flow);
    close(room, flow);
    co_await room.follow(flow, co_await room.lookWhen(flow, retransmitted), "L1", End::Vanishing);
}

/// CL: both closed at once and the peer never saw our FIN.
Task<void> closedAtOnce(Room& room) {
    const auto peer = room.peer();
    auto flow = room.connect(peer);
    co_await room.stage().sleep(300ms);
    room.deafen(flow);
    close(room, flow);
    ::shutdown(flow.far.get(), SHUT_WR);
    co_await room.stage().sleep(50ms);
    room.silence(flow);
    const auto look = co_await room.lookWhen(flow, retransmitted);
    room.report().add(Fact{"CL", "it is CLOSING", look.connection.state == State::Closing});
    co_await room.follow(flow, look, "CL", End::Vanishing);
}

/// F3, F4: the peer acknowledged our FIN and never sends its own.
Task<void> finWait2(Room& room, std::string name) {
    const auto peer = room.peer();
    auto flow = room.connect(peer);
    co_await room.stage().sleep(300ms);
    close(room, flow);
    co_await room.stage().sleep(100ms);
    const auto look = room.look(flow);
    room.report().add(Fact{name, "it is FIN-WAIT-2", look.connection.state == State::FinWait2});
    co_await room.follow(flow, look, name, End::Vanishing);
}

/// T1: closed by both, this side first.
Task<void> timeWait(Room& room) {
    const auto peer = room.peer();
    auto flow = room.connect(peer);
    co_await room.stage().sleep(300ms);
    close(room, flow);
    flow.far.reset();
    co_await room.stage().sleep(100ms);
    const auto look = room.look(flow);
    room.report().add(Fact{"T1", "it is TIME-WAIT", look.connection.state == State::TimeWait});
    co_await room.follow(flow, look, "T1", End::Vanishing);
}

} // namespace

void startClosing(Stage& stage, const Rooms& rooms) {
    stage.start("F1", finUnanswered(rooms.settings));
    stage.start("L1", lastAckUnanswered(rooms.settings));
    stage.start("CL", closedAtOnce(rooms.settings));
    stage.start("F3", finWait2(rooms.settings, "F3"));
    stage.start("F4", finWait2(rooms.second, "F4"));
    stage.start("T1", timeWait(rooms.settings));
}

} // namespace halfopen::test
