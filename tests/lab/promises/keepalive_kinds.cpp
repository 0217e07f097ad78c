// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/promises/kinds.h"

#include <fmt/format.h>

#include <sys/socket.h>

namespace halfopen::promises {

namespace {

using namespace std::chrono_literals;
using test::Task;

/// The peer speaks for a while, or not, and is silent from some moment on.
Task<void> silentPeer(Scene& scene, Place place, lab::SocketOptions options) {
    auto draw = scene.draw().fork();
    const auto silentAfter = draw.ms(50, 2500);
    const bool speaks = draw.oneIn(2);
    const auto peer = scene.peer(place);
    auto& flow =
        scene.connect(peer, options, fmt::format("{}, silent after {} ms", describe(options), silentAfter.count()));
    if (speaks) {
        co_await scene.stage().sleep(silentAfter / 2);
        ::send(flow.far.get(), "hello", 5, 0);
    }
    co_await scene.stage().sleep(speaks ? silentAfter / 2 : silentAfter);
    scene.silence(flow);
    co_await scene.follow(flow, Seen::ByProgram, 40s);
}

Task<void> keepaliveSilent(Scene& scene) {
    auto& draw = scene.draw();
    scene.set("tcp_keepalive_time", draw.number(2, 5));
    scene.set("tcp_keepalive_intvl", draw.number(1, 3));
    scene.set("tcp_keepalive_probes", draw.number(1, 4));
    for (int i = 0; i < 6; ++i)
        scene.begin(silentPeer(scene, draw.of({Place::Routed4, Place::Routed6, Place::OnLink4}), drawKeepalive(draw)));
    lab::SocketOptions bySettings;
    bySettings.keepalive = true;
    scene.begin(silentPeer(scene, Place::Routed4, bySettings));
    scene.begin(silentPeer(scene, Place::Routed6, bySettings));
    co_await scene.all();
}

/// A live peer that answers every probe; then it dies.
Task<void> answeringPeer(Scene& scene, lab::SocketOptions options) {
    auto draw = scene.draw().fork();
    const auto aliveFor = draw.ms(4000, 9000);
    const auto peer = scene.peer(Place::Routed4);
    auto& flow = scene.connect(peer, options, describe(options) + ", answers at first");
    co_await scene.stage().sleep(aliveFor);
    scene.silence(flow);
    co_await scene.follow(flow, Seen::ByProgram, 40s);
}

Task<void> keepaliveAnswered(Scene& scene) {
    for (int i = 0; i < 4; ++i)
        scene.begin(answeringPeer(scene, drawKeepalive(scene.draw())));
    co_await scene.all();
}

/// Options that change while the connection is idle.
Task<void> changingOptions(Scene& scene) {
    auto draw = scene.draw().fork();
    const auto peer = scene.peer(Place::Routed4);
    const bool on = draw.oneIn(2);
    const auto wait = draw.ms(500, 4000);
    const auto before = on ? drawKeepalive(draw) : lab::SocketOptions();
    const auto after = drawKeepalive(draw);
    auto& flow = scene.connect(peer, before, fmt::format("{}, then {}", describe(before), describe(after)));
    co_await scene.stage().sleep(100ms);
    scene.silence(flow);
    co_await scene.stage().sleep(wait);
    scene.change(flow, after);
    co_await scene.follow(flow, Seen::ByProgram, 40s);
}

Task<void> keepaliveChanged(Scene& scene) {
    for (int i = 0; i < 6; ++i)
        scene.begin(changingOptions(scene));
    co_await scene.all();
}

/// The settings that tell the kernel something that nobody means.
Task<void> oddSettings(Scene& scene, bool dies) {
    auto draw = scene.draw().fork();
    const auto peer = scene.peer(Place::Routed4);
    lab::SocketOptions options;
    options.keepalive = true;
    if (draw.oneIn(3))
        options.userTimeout = draw.ms(500, 5000);
    auto& flow = scene.connect(peer, options, describe(options) + (dies ? ", dies" : ", lives"));
    co_await scene.stage().sleep(draw.ms(100, 1500));
    if (dies)
        scene.silence(flow);
    co_await scene.follow(flow, Seen::ByProgram, 14s);
}

Task<void> noProbes(Scene& scene) {
    scene.set("tcp_keepalive_time", scene.draw().number(2, 5));
    scene.set("tcp_keepalive_intvl", scene.draw().number(1, 2));
    scene.set("tcp_keepalive_probes", 0);
    for (int i = 0; i < 4; ++i)
        scene.begin(oddSettings(scene, i % 2 == 0));
    co_await scene.all();
}

Task<void> noInterval(Scene& scene) {
    scene.set("tcp_keepalive_time", scene.draw().number(2, 5));
    scene.set("tcp_keepalive_intvl", 0);
    scene.set("tcp_keepalive_probes", scene.draw().number(1, 9));
    for (int i = 0; i < 4; ++i)
        scene.begin(oddSettings(scene, i % 2 == 0));
    co_await scene.all();
}

Task<void> noTime(Scene& scene) {
    scene.set("tcp_keepalive_time", scene.draw().of({0, 0, -1, -100}));
    scene.set("tcp_keepalive_intvl", scene.draw().number(1, 3));
    scene.set("tcp_keepalive_probes", scene.draw().number(1, 3));
    for (int i = 0; i < 4; ++i)
        scene.begin(oddSettings(scene, i % 2 == 0));
    co_await scene.all();
}

} // namespace

std::vector<Kind> keepaliveKinds() {
    return {{"keepalive-silent", keepaliveSilent},   {"keepalive-answered", keepaliveAnswered},
            {"keepalive-changed", keepaliveChanged}, {"keepalive-no-probes", noProbes},
            {"keepalive-no-interval", noInterval},   {"keepalive-no-time", noTime}};
}

} // namespace halfopen::promises
