// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/promises/kinds.h"

#include <fmt/format.h>

#include <sys/socket.h>

namespace halfopen::promises {

namespace {

using namespace std::chrono_literals;
using test::Task;

constexpr auto kLimit = 50s;

/// FIN-WAIT-2 without a descriptor: the peer has acknowledged the FIN and never closes.
Task<void> finWait2(Scene& scene) {
    auto draw = scene.draw().fork();
    lab::SocketOptions options;
    if (draw.oneIn(2))
        options.linger2 = draw.of({3s, 5s, 8s, 62s, 64s});
    auto& flow = scene.connect(scene.peer(draw.of({Place::Routed4, Place::Routed6})), options, describe(options));
    co_await scene.stage().sleep(draw.ms(400, 1200)); // so that its options are known from it
    scene.did(flow, assume::ProgramIdle, "closed");
    flow.near.reset();
    co_await scene.follow(flow, Seen::ByAbsence, kLimit);
}

Task<void> orphanFinWait2(Scene& scene) {
    scene.set("tcp_fin_timeout", scene.draw().of({4, 7, 62, 65}));
    for (int i = 0; i < 5; ++i)
        scene.begin(finWait2(scene));
    co_await scene.all();
}

/// Half-closed by this side, its descriptor kept: keepalive ends it or nothing.
Task<void> heldFinWait2(Scene& scene) {
    auto draw = scene.draw().fork();
    const auto options = draw.oneIn(2) ? drawKeepalive(draw) : lab::SocketOptions();
    auto& flow = scene.connect(scene.peer(Place::Routed4), options, describe(options) + ", half-closed here");
    co_await scene.stage().sleep(draw.ms(100, 800));
    scene.did(flow, assume::ProgramIdle, "shut down");
    ::shutdown(flow.near.get(), SHUT_WR);
    co_await scene.stage().sleep(draw.ms(200, 1500));
    scene.silence(flow);
    co_await scene.follow(flow, Seen::ByProgram, options.keepalive ? 40s : 12s);
}

/// Half-closed by the peer.
Task<void> closeWait(Scene& scene) {
    auto draw = scene.draw().fork();
    const auto options = draw.oneIn(2) ? drawKeepalive(draw) : lab::SocketOptions();
    const int then = draw.of({0, 1, 2}); // nothing, streams, data in flight to a silent peer
    constexpr const char* kThen[] = {"idle", "streams", "writes to a silent peer"};
    auto& flow = scene.connect(scene.peer(Place::Routed4), options,
                               fmt::format("{}, half-closed by the peer, {}", describe(options), kThen[then]));
    co_await scene.stage().sleep(draw.ms(100, 800));
    ::shutdown(flow.far.get(), SHUT_WR);
    co_await scene.stage().sleep(draw.ms(200, 1500));
    if (then == 1) {
        for (int i = 0; i < 12; ++i) {
            scene.write(flow, 2000);
            co_await scene.stage().sleep(300ms);
        }
    }
    scene.silence(flow);
    if (then == 2)
        scene.write(flow);
    co_await scene.follow(flow, Seen::ByProgram, options.keepalive || then == 2 ? 40s : 10s);
}

Task<void> halfClosed(Scene& scene) {
    scene.set("tcp_retries2", scene.draw().number(3, 5));
    for (int i = 0; i < 8; ++i)
        scene.begin(i % 2 == 0 ? heldFinWait2(scene) : closeWait(scene));
    co_await scene.all();
}

/// FIN-WAIT-1 and LAST-ACK without a descriptor, to a peer that is gone.
Task<void> orphan(Scene& scene, Place place, bool lastAck) {
    auto draw = scene.draw().fork();
    auto& flow = scene.connect(scene.peer(place), {}, lastAck ? "LAST-ACK" : "FIN-WAIT-1");
    const bool data = draw.oneIn(2);
    co_await scene.stage().sleep(draw.ms(100, 800));
    if (lastAck) {
        ::shutdown(flow.far.get(), SHUT_WR);
        co_await scene.stage().sleep(200ms);
    }
    scene.silence(flow);
    if (flow.nextHop != IpAddress())
        scene.loseNeighbour(flow.nextHop);
    if (data)
        scene.write(flow);
    scene.did(flow, assume::ProgramIdle, "closed");
    flow.near.reset();
    co_await scene.follow(flow, Seen::ByAbsence, kLimit);
}

Task<void> orphans(Scene& scene) {
    scene.set("tcp_orphan_retries", scene.draw().number(2, 5));
    for (int i = 0; i < 6; ++i)
        scene.begin(orphan(scene, i < 4 ? Place::Routed4 : Place::OnLink4, i % 2 == 0));
    co_await scene.all();
}

/// TIME-WAIT lasts a minute: looked at for a part of it, so its end counts only in a long run.
Task<void> timeWait(Scene& scene, std::chrono::milliseconds limit) {
    auto draw = scene.draw().fork();
    auto& flow = scene.connect(scene.peer(Place::Routed4), {}, "TIME-WAIT");
    co_await scene.stage().sleep(draw.ms(300, 1000));
    scene.did(flow, assume::ProgramIdle, "closed");
    flow.near.reset();
    co_await scene.stage().sleep(50ms);
    flow.far.reset();
    co_await scene.follow(flow, Seen::ByAbsence, limit);
}

Task<void> timeWaits(Scene& scene) {
    for (int i = 0; i < 3; ++i)
        scene.begin(timeWait(scene, 75s));
    co_await scene.all();
}

} // namespace

std::vector<Kind> closingKinds() {
    return {{"fin-wait-2", orphanFinWait2},
            {"half-closed", halfClosed},
            {"orphans", orphans},
            {"time-wait", timeWaits, true}};
}

} // namespace halfopen::promises
