// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/wire/experiments.h"

namespace halfopen::test {

namespace {

using namespace std::chrono_literals;

/// S1 to S4: nobody answers.
Task<void> unanswered(Room& room, std::string name, lab::SocketOptions options) {
    auto flow = room.call(options);
    co_await room.stage().sleep(300ms);
    co_await room.follow(flow, room.look(flow), name);
}

/// The same, looked at when the SYN has been repeated a few times.
Task<void> unansweredFor(Room& room, std::string name, lab::SocketOptions options) {
    auto flow = room.call(options);
    co_await room.follow(
        flow, co_await room.lookWhen(flow, [](const Connection& seen) { return seen.timer.retransmits == 2; }), name);
}

/// SR: a SYN came and the answer to our SYN-ACK does not.
Task<void> halfwayIn(Room& room) {
    auto flow = room.beCalled(8080);
    co_await room.stage().sleep(200ms);
    co_await room.follow(flow, room.look(flow), "SR", End::Vanishing);
}

} // namespace

void startOpening(Stage& stage, const Rooms& rooms) {
    lab::SocketOptions twice;
    twice.synCount = 2;
    lab::SocketOptions hurried;
    hurried.userTimeout = 3500ms;
    stage.start("S1", unanswered(rooms.settings, "S1", {}));
    stage.start("S1l", unansweredFor(rooms.settings, "S1l", {}));
    stage.start("S2", unanswered(rooms.second, "S2", {}));
    stage.start("S2l", unansweredFor(rooms.second, "S2l", {}));
    stage.start("S3", unanswered(rooms.plain, "S3", twice));
    stage.start("S4", unanswered(rooms.plain, "S4", hurried));
    stage.start("SR", halfwayIn(rooms.settings));
}

} // namespace halfopen::test
