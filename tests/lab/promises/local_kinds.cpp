// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/promises/kinds.h"

#include <fmt/format.h>

namespace halfopen::promises {

namespace {

using namespace std::chrono_literals;
using test::Task;

/// Everything that the local host sends is dropped by its own queue: too small for a single packet.
void dropAll(Scene& scene) {
    scene.didToAll(assume::NoLocalDrop, "the own queue drops everything");
    scene.near("tc qdisc replace dev eth0 root bfifo limit 1");
}

void heal(Scene& scene) {
    scene.didToAll(assume::ConditionStays, "the queue is as before");
    scene.near("tc qdisc del dev eth0 root");
}

struct Plan {
    std::chrono::milliseconds drops{2000}; ///< from the beginning
    std::chrono::milliseconds heals{0};    ///< after the drops began; 0: never
};

Plan drawPlan(Draw& draw) {
    return {draw.ms(1500, 3000), draw.oneIn(2) ? draw.ms(4000, 9000) : 0ms};
}

Task<void> plan(Scene& scene, Plan plan) {
    co_await scene.stage().sleep(plan.drops);
    dropAll(scene);
    if (plan.heals == 0ms)
        co_return;
    co_await scene.stage().sleep(plan.heals);
    heal(scene);
}

std::string describe(const Plan& plan) {
    return fmt::format("drops from {} ms{}", plan.drops.count(),
                       plan.heals > 0ms ? fmt::format(", heals after {} ms", plan.heals.count()) : std::string());
}

/// Nothing counts probes that do not leave.
std::string dropIsSeen(const Story& story) {
    for (const auto& row : story.samples)
        if (row.forecast.conditions.has(Condition::LocalDrop))
            return "";
    return "no sample says that this machine drops what it sends";
}

Task<void> idle(Scene& scene, Plan plan) {
    auto draw = scene.draw().fork();
    const auto options = drawKeepalive(draw);
    auto& flow = scene.connect(scene.peer(draw.of({Place::Routed4, Place::OnLink4})), options,
                               fmt::format("{}, {}", promises::describe(options), describe(plan)));
    if (plan.heals == 0ms)
        flow.story.expectations.emplace_back(dropIsSeen);
    co_await scene.follow(flow, Seen::ByProgram, plan.heals > 0ms ? 30s : 16s);
}

Task<void> keepaliveDropped(Scene& scene) {
    const auto planned = drawPlan(scene.draw());
    for (int i = 0; i < 4; ++i)
        scene.begin(idle(scene, planned));
    scene.begin(plan(scene, planned));
    co_await scene.all();
}

/// Data is written before the drops begin and is in flight, or after, and never leaves.
Task<void> writing(Scene& scene, Plan plan, bool before) {
    auto draw = scene.draw().fork();
    lab::SocketOptions options;
    if (draw.oneIn(3))
        options.userTimeout = draw.ms(1000, 6000);
    auto& flow = scene.connect(
        scene.peer(Place::Routed4), options,
        fmt::format("{}, {}, {}", promises::describe(options), describe(plan), before ? "in flight" : "not sent yet"));
    if (before) {
        co_await scene.stage().sleep(draw.ms(100, 1400));
        scene.silence(flow);
        scene.write(flow);
    } else {
        co_await scene.stage().sleep(plan.drops + draw.ms(200, 2000));
        scene.write(flow);
    }
    co_await scene.follow(flow, Seen::ByProgram, 40s);
}

Task<void> dropped(Scene& scene, bool before) {
    scene.set("tcp_retries2", scene.draw().number(4, 7));
    const auto planned = drawPlan(scene.draw());
    for (int i = 0; i < 4; ++i)
        scene.begin(writing(scene, planned, before));
    scene.begin(plan(scene, planned));
    co_await scene.all();
}

Task<void> flightDropped(Scene& scene) {
    return dropped(scene, true);
}
Task<void> unsentDropped(Scene& scene) {
    return dropped(scene, false);
}

/// This machine refuses to send.
struct Refusal {
    const char* how;
    const char* command;
};

Task<void> refused(Scene& scene, const char* how, int mode) {
    auto draw = scene.draw().fork();
    const auto options = drawKeepalive(draw);
    auto& flow = scene.connect(scene.peer(Place::Routed4), mode == 0 ? options : lab::SocketOptions(),
                               fmt::format("{}, {}, {}", how, mode == 0 ? promises::describe(options) : "",
                                           mode == 1 ? "in flight" : "not sent yet"));
    if (mode == 1) {
        co_await scene.stage().sleep(draw.ms(500, 1500));
        scene.silence(flow);
        scene.write(flow);
    } else if (mode == 2) {
        co_await scene.stage().sleep(2200ms);
        scene.write(flow);
    }
    co_await scene.follow(flow, Seen::ByProgram, 40s);
}

Task<void> flightRefused(Scene& scene) {
    scene.set("tcp_retries2", scene.draw().number(3, 5));
    const auto refusal = scene.draw().of<Refusal>({{"no route", "ip route del default"},
                                                   {"own address gone", "ip addr del 192.0.2.10/24 dev eth0"},
                                                   {"unreachable", "ip route add unreachable 198.51.100.0/24"},
                                                   {"blackhole", "ip route add blackhole 198.51.100.0/24"},
                                                   {"prohibited", "ip route add prohibit 198.51.100.0/24"},
                                                   {"link down", "ip link set eth0 down"}});
    for (int i = 0; i < 5; ++i)
        scene.begin(refused(scene, refusal.how, i % 3));
    co_await scene.stage().sleep(2s);
    scene.didToAll(0, refusal.how);
    scene.near(refusal.command);
    co_await scene.all();
}

} // namespace

std::vector<Kind> localKinds() {
    return {{"keepalive-dropped", keepaliveDropped},
            {"flight-dropped", flightDropped},
            {"unsent-dropped", unsentDropped},
            {"flight-refused", flightRefused}};
}

} // namespace halfopen::promises
