// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/promises/kinds.h"
#include "tests/lab/promises/scripted_peer.h"
#include "tests/lab/wire/must.h"

#include <fmt/format.h>

namespace halfopen::promises {

namespace {

using namespace std::chrono_literals;
using test::must;
using test::Task;

constexpr auto kLimit = 60s;
constexpr std::uint16_t kWindow = 60'000;

/// A connection to a peer that is played, and the peer.
struct Played {
    std::unique_ptr<ScriptedPeer> peer;
    Flow* flow = nullptr;
};

Task<Played> connectPlayed(Scene& scene, lab::SocketOptions options, std::string title) {
    Played played;
    const auto at = scene.somewhere(Place::Routed4);
    scene.inFar([&] { played.peer = std::make_unique<ScriptedPeer>(at); });
    played.flow = &scene.call(at, options, fmt::format("{}, {}", describe(options), title));
    for (int i = 0; i < 100 && !played.peer->established(); ++i) {
        co_await scene.stage().sleep(5ms);
        scene.inFar([&] {
            played.peer->read();
            if (played.peer->called() && !played.peer->established())
                played.peer->answerSyn(kWindow);
        });
    }
    if (!played.peer->established())
        throw std::runtime_error("the played peer was not connected to");
    co_return played;
}

lab::SocketOptions drawLimits(Draw& draw) {
    lab::SocketOptions options;
    if (draw.oneIn(3))
        options.userTimeout = draw.ms(1500, 9000);
    if (draw.oneIn(4))
        options.rtoMax = draw.ms(1000, 5000);
    return options;
}

/// Lets `count` segments go out and be seen.
Task<void> writeSegments(Scene& scene, Played& played, int count) {
    co_await scene.stage().sleep(200ms);
    scene.write(*played.flow, static_cast<std::size_t>(count) * 1400);
    co_await scene.stage().sleep(20ms);
    played.peer->read();
}

/// After some retransmissions a part is acknowledged, and then nothing more.
Task<void> partialAck(Scene& scene) {
    auto draw = scene.draw().fork();
    const int segments = draw.number(2, 8);
    const auto after = draw.ms(300, 4000);
    auto played = co_await connectPlayed(
        scene, drawLimits(draw), fmt::format("{} segments, a part acknowledged after {} ms", segments, after.count()));
    co_await writeSegments(scene, played, segments);
    co_await scene.stage().sleep(after);
    scene.inFar([&] {
        played.peer->read();
        played.peer->acknowledge(1, kWindow);
    });
    co_await scene.follow(*played.flow, Seen::ByProgram, kLimit);
}

/// The first segment is lost: SACKs bring a fast retransmission, and then nothing more comes.
Task<void> fastRetransmission(Scene& scene) {
    auto draw = scene.draw().fork();
    const int segments = draw.number(5, 9);
    auto played = co_await connectPlayed(scene, drawLimits(draw), fmt::format("{} segments, SACK", segments));
    co_await writeSegments(scene, played, segments);
    scene.inFar([&] {
        for (std::size_t sacked = 1; sacked < static_cast<std::size_t>(segments) && sacked <= 4; ++sacked)
            played.peer->acknowledge(0, kWindow, sacked);
    });
    co_await scene.follow(*played.flow, Seen::ByProgram, kLimit);
}

/// The peer takes its window back over data in flight; it answers each retransmission, or is silent.
Task<void> shrunkWindow(Scene& scene, bool answers) {
    auto draw = scene.draw().fork();
    auto options = drawLimits(draw);
    options.rtoMax = draw.ms(1000, 2500);
    auto played = co_await connectPlayed(scene, options, answers ? "window shrunk, peer answers" : "window shrunk");
    co_await writeSegments(scene, played, 3);
    scene.inFar([&] { played.peer->acknowledge(1, 0); });
    const auto until = MonotonicClock::now() + (answers ? draw.ms(3000, 12'000) : 0ms);
    scene.begin(scene.follow(*played.flow, Seen::ByProgram, answers ? 30s : kLimit));
    for (std::size_t answered = played.peer->repeats(); MonotonicClock::now() < until && !played.flow->story.ending;) {
        co_await scene.stage().sleep(5ms);
        scene.inFar([&] {
            played.peer->read();
            if (played.peer->repeats() > answered)
                played.peer->acknowledge(1, 0);
            answered = played.peer->repeats();
        });
    }
}

void drawRetries(Scene& scene) {
    scene.set("tcp_retries2", scene.draw().number(3, 6));
    if (scene.draw().oneIn(3))
        scene.set("tcp_rto_max_ms", scene.draw().number(1000, 6000));
}

Task<void> flightPartial(Scene& scene) {
    drawRetries(scene);
    for (int i = 0; i < 5; ++i)
        scene.begin(partialAck(scene));
    co_await scene.all();
}

Task<void> flightFast(Scene& scene) {
    drawRetries(scene);
    for (int i = 0; i < 5; ++i)
        scene.begin(fastRetransmission(scene));
    co_await scene.all();
}

Task<void> windowShrunk(Scene& scene) {
    drawRetries(scene);
    for (int i = 0; i < 4; ++i)
        scene.begin(shrunkWindow(scene, i % 2 == 0));
    co_await scene.all();
}

} // namespace

std::vector<Kind> scriptedKinds() {
    return {
        {"flight-partial-ack", flightPartial}, {"flight-fast-retransmit", flightFast}, {"window-shrunk", windowShrunk}};
}

} // namespace halfopen::promises
