// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/promises/kinds.h"

#include <fmt/format.h>

namespace halfopen::promises {

namespace {

using namespace std::chrono_literals;
using test::Task;

constexpr int kConnections = 5;
constexpr auto kLimit = 60s;

/// What decides how long data in flight is retransmitted.
lab::SocketOptions drawLimits(Draw& draw) {
    lab::SocketOptions options;
    if (draw.oneIn(3))
        options.userTimeout = draw.ms(600, 12'000);
    if (draw.oneIn(4))
        options.rtoMax = draw.ms(1000, 5000);
    if (draw.oneIn(4)) {
        options.keepalive = true;
        options.idle = draw.seconds(1, 4);
        options.interval = draw.seconds(1, 2);
        options.probes = draw.number(1, 3);
    }
    return options;
}

void drawRetries(Scene& scene) {
    scene.set("tcp_retries2", scene.draw().number(3, 6));
    if (scene.draw().oneIn(3))
        scene.set("tcp_rto_max_ms", scene.draw().number(1000, 6000));
    if (scene.draw().oneIn(4))
        scene.set("tcp_early_retrans", 0);
    if (scene.draw().oneIn(4))
        scene.set("tcp_thin_linear_timeouts", 1);
}

Flow& connectSomewhere(Scene& scene, Draw& draw, Place place, const std::string& what) {
    const auto options = drawLimits(draw);
    return scene.connect(scene.peer(place), options, fmt::format("{}, {}", describe(options), what));
}

/// Data in flight when the peer falls silent, or written after that; later more is written, or not.
Task<void> silentPeer(Scene& scene) {
    auto draw = scene.draw().fork();
    const auto pieces = draw.number(1, 9);
    const bool more = draw.oneIn(3);
    auto& flow = connectSomewhere(scene, draw, draw.of({Place::Routed4, Place::Routed6}),
                                  fmt::format("{} segments{}", pieces, more ? ", more later" : ""));
    co_await scene.stage().sleep(draw.ms(100, 1500));
    scene.silence(flow);
    scene.write(flow, static_cast<std::size_t>(pieces) * 1400);
    if (more) {
        co_await scene.stage().sleep(draw.ms(100, 3000));
        scene.write(flow);
    }
    co_await scene.follow(flow, Seen::ByProgram, kLimit);
}

Task<void> flightSilent(Scene& scene) {
    drawRetries(scene);
    for (int i = 0; i < kConnections; ++i)
        scene.begin(silentPeer(scene));
    co_await scene.all();
}

/// The next hop no longer answers ARP or neighbour discovery and is forgotten, before or while data is in flight.
Task<void> lostNeighbour(Scene& scene, Place place) {
    auto draw = scene.draw().fork();
    const auto silentBefore = draw.oneIn(2) ? draw.ms(200, 4000) : 0ms;
    auto& flow = connectSomewhere(scene, draw, place,
                                  silentBefore > 0ms ? fmt::format("retransmits for {} ms before", silentBefore.count())
                                                     : "neighbour gone before the write");
    co_await scene.stage().sleep(draw.ms(100, 1500));
    if (silentBefore > 0ms) {
        scene.silence(flow);
        scene.write(flow);
        co_await scene.stage().sleep(silentBefore);
        scene.loseNeighbour(flow.nextHop);
    } else {
        scene.loseNeighbour(flow.nextHop);
        scene.write(flow);
    }
    co_await scene.follow(flow, Seen::ByProgram, kLimit);
}

Task<void> allLose(Scene& scene, Place place) {
    drawRetries(scene);
    for (int i = 0; i < kConnections; ++i)
        scene.begin(lostNeighbour(scene, place));
    co_await scene.all();
}

Task<void> flightNeighbour(Scene& scene) {
    return allLose(scene, Place::OnLink4);
}
Task<void> flightNeighbour6(Scene& scene) {
    return allLose(scene, Place::OnLink6);
}
Task<void> flightGateway(Scene& scene) {
    return allLose(scene, Place::Behind4);
}

/// The peer is switched off while its entry is REACHABLE: the entry ages, is probed, and fails.
Task<void> switchedOff(Scene& scene) {
    auto draw = scene.draw().fork();
    auto& flow =
        connectSomewhere(scene, draw, draw.of({Place::OnLink4, Place::OnLink4, Place::OnLink6}), "switched off");
    co_await scene.stage().sleep(draw.ms(100, 1500));
    scene.switchOff(flow.nextHop);
    scene.write(flow);
    co_await scene.follow(flow, Seen::ByProgram, kLimit);
}

Task<void> flightAgeing(Scene& scene) {
    drawRetries(scene);
    scene.set("tcp_retries2", scene.draw().number(5, 6));
    scene.setNeighbours("base_reachable_time_ms", scene.draw().number(1000, 8000));
    scene.setNeighbours("delay_first_probe_time", scene.draw().number(1, 5));
    for (int i = 0; i < kConnections; ++i)
        scene.begin(switchedOff(scene));
    co_await scene.all();
}

/// A router answers that the peer cannot be reached.
Task<void> unreachablePeer(Scene& scene, Place place) {
    auto draw = scene.draw().fork();
    auto& flow = connectSomewhere(scene, draw, place, "a router answers");
    co_await scene.stage().sleep(draw.ms(100, 3000));
    scene.silence(flow);
    scene.write(flow);
    co_await scene.follow(flow, Seen::ByProgram, kLimit);
}

Task<void> answeredByRouter(Scene& scene, const char* refusal) {
    drawRetries(scene);
    scene.far("echo 1 > /proc/sys/net/ipv4/ip_forward; echo 1 > /proc/sys/net/ipv6/conf/all/forwarding");
    if (refusal != nullptr)
        scene.far(
            fmt::format("ip route replace {0} 198.51.100.0/24; ip -6 route replace {0} 2001:db8:51::/48", refusal));
    else
        scene.far("ip route del blackhole 198.51.100.0/24; ip -6 route del blackhole 2001:db8:51::/48");
    for (int i = 0; i < kConnections; ++i)
        scene.begin(unreachablePeer(scene, i < 3 ? Place::Routed4 : Place::Routed6));
    co_await scene.all();
}

Task<void> flightHostUnreachable(Scene& scene) {
    return answeredByRouter(scene, "unreachable");
}
Task<void> flightNetUnreachable(Scene& scene) {
    return answeredByRouter(scene, nullptr);
}
Task<void> flightProhibited(Scene& scene) {
    return answeredByRouter(scene, "prohibit");
}

/// The cable is pulled: at the far end, so that this side loses its carrier.
Task<void> pulled(Scene& scene) {
    auto draw = scene.draw().fork();
    auto& flow = connectSomewhere(scene, draw, draw.of({Place::OnLink4, Place::OnLink6, Place::Behind4}), "no carrier");
    const bool inFlight = draw.oneIn(2);
    co_await scene.stage().sleep(1s);
    if (inFlight) {
        scene.silence(flow);
        scene.write(flow);
    }
    co_await scene.stage().sleep(1s);
    if (!inFlight) {
        co_await scene.stage().sleep(draw.ms(100, 1000));
        scene.write(flow);
    }
    co_await scene.follow(flow, Seen::ByProgram, kLimit);
}

Task<void> flightCarrier(Scene& scene) {
    drawRetries(scene);
    for (int i = 0; i < kConnections; ++i)
        scene.begin(pulled(scene));
    co_await scene.stage().sleep(2s);
    scene.didToAll(assume::NeighbourAnswers, "the cable was pulled");
    scene.far("ip link set far0 down");
    co_await scene.all();
}

} // namespace

std::vector<Kind> flightKinds() {
    return {{"flight-silent", flightSilent},
            {"flight-neighbour", flightNeighbour},
            {"flight-neighbour6", flightNeighbour6},
            {"flight-gateway", flightGateway},
            {"flight-ageing", flightAgeing},
            {"flight-carrier", flightCarrier},
            {"flight-host-unreachable", flightHostUnreachable},
            {"flight-net-unreachable", flightNetUnreachable},
            {"flight-prohibited", flightProhibited}};
}

} // namespace halfopen::promises
