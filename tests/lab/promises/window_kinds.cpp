// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/promises/kinds.h"

#include <fmt/format.h>

#include <sys/socket.h>

namespace halfopen::promises {

namespace {

using namespace std::chrono_literals;
using test::Task;

/// Writes until the peer takes no more.
void fill(Scene& scene, Flow& flow) {
    static constexpr char kBlock[8192] = {};
    scene.did(flow, assume::ProgramIdle, "filled the window");
    while (::send(flow.near.get(), kBlock, sizeof kBlock, MSG_NOSIGNAL | MSG_DONTWAIT) > 0) {
    }
}

/// A peer that reads nothing; it lives on, or dies after a while.
Task<void> deaf(Scene& scene, bool dies) {
    auto draw = scene.draw().fork();
    lab::SocketOptions options;
    options.sendBuffer = 32 * 1024;
    if (draw.oneIn(2))
        options.userTimeout = draw.ms(1000, 8000);
    if (draw.oneIn(3))
        options.rtoMax = draw.ms(1000, 3000);
    lab::SocketOptions small;
    small.receiveBuffer = 4096;
    auto& flow = scene.connect(scene.peer(Place::Routed4, small), options,
                               describe(options) + (dies ? ", peer dies" : ", peer lives"));
    co_await scene.stage().sleep(draw.ms(100, 1000));
    fill(scene, flow);
    if (dies) {
        co_await scene.stage().sleep(draw.ms(50, 5000));
        scene.silence(flow);
    }
    co_await scene.follow(flow, Seen::ByProgram, dies ? 40s : 18s);
}

Task<void> windowClosed(Scene& scene) {
    scene.set("tcp_retries2", scene.draw().number(3, 5));
    for (int i = 0; i < 6; ++i)
        scene.begin(deaf(scene, i % 2 == 0));
    co_await scene.all();
}

} // namespace

std::vector<Kind> windowKinds() {
    return {{"window-closed", windowClosed}};
}

} // namespace halfopen::promises
