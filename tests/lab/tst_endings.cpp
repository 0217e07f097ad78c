// SPDX-License-Identifier: GPL-3.0-or-later
// Every ending made for real, and what is told of it compared with what its program was told.
#include "core/format/ended_text.h"
#include "tests/lab/ending_scene.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <unistd.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstdlib>
#include <functional>
#include <optional>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace halfopen {
namespace {

using namespace std::chrono_literals;
using lab::Connected;
using test::differs;
using test::errorDiffers;
using test::errorOf;
using test::inScene;
using test::wordsOf;
using Scene = test::EndingScene;

/// What is done to a connection that a sample has seen, and how its end must be told.
struct Case {
    std::string name;
    std::string expected;
    std::function<void(Scene&, Connected&)> end;
    lab::SocketOptions options{};
    std::chrono::milliseconds within = 3s;
    std::optional<std::pair<std::string, int>> sysctl{}; ///< of the namespace, set before
};

void PrintTo(const Case& one, std::ostream* out) {
    *out << one.name;
}

void sendUnanswered(Scene& scene, Connected& pair) {
    (void)scene.lab.silence(scene.peer);
    (void)!::send(pair.near.get(), "x", 1, MSG_NOSIGNAL);
}

/// Till the kernel has taken in what the peer sent; a second at most.
void awaitState(const UniqueFd& socket, State state) {
    for (int i = 0; i < 200 && lab::stateOf(socket.get()) != static_cast<int>(state); ++i)
        ::poll(nullptr, 0, 5);
}

/// The peer forgets the connection while it cannot be reached, then answers again: with a reset.
void rebootPeer(Scene& scene, Connected& pair) {
    (void)scene.lab.silence(scene.peer);
    lab::resetOnClose(pair.far.get());
    pair.far.reset();
    (void)scene.lab.addPeer(scene.peer);
    pollfd reset{pair.near.get(), 0, 0};
    for (int i = 0; i < 40 && ::poll(&reset, 1, 0) == 0; ++i)
        scene.watch(100ms);
    EXPECT_EQ(errorOf(pair.near.get()), ECONNRESET);
    pair.near.reset();
}

void fillWindowOfSilentPeer(Scene& scene, Connected& pair) {
    const std::string data(64 * 1024, 'x');
    for (int i = 0; i < 30; ++i) {
        (void)!::send(pair.near.get(), data.data(), data.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        scene.watch(50ms);
    }
    (void)scene.lab.silence(scene.peer);
}

void closeByHalfopen(Scene& scene, Connected& pair) {
    const Row* row = scene.frame->find(lab::cookieOf(pair.near.get()));
    ASSERT_NE(row, nullptr);
    scene.monitor->take(CloseNote{CloseStep::Done, {scene.frame->keyOf(*row)}});
    EXPECT_EQ(std::system("ss -K dport = :5432 >/dev/null"), 0);
    pollfd closed{pair.near.get(), 0, 0};
    EXPECT_EQ(::poll(&closed, 1, 1000), 1);
}

std::vector<Case> cases() {
    return {
        {.name = "thePeerClosesFirstAndIsSeenToDoSo",
         .expected = "closed-remote-first certain",
         .end =
             [](Scene& scene, Connected& pair) {
                 pair.far.reset();
                 scene.watch(200ms);
                 pair.near.reset();
             }},
        {.name = "thePeerClosesFirstBetweenTwoSamples",
         .expected = "closed-remote-first likely",
         .end =
             [](Scene&, Connected& pair) {
                 pair.far.reset();
                 awaitState(pair.near, State::CloseWait);
                 pair.near.reset();
             }},
        {.name = "theProgramThrowsItAway",
         .expected = "reset certain",
         .end =
             [](Scene&, Connected& pair) {
                 lab::resetOnClose(pair.near.get());
                 pair.near.reset();
             }},
        {.name = "thePeerResetsAndTheProgramClosesSoon",
         .expected = "reset certain",
         .end =
             [](Scene&, Connected& pair) {
                 lab::resetOnClose(pair.far.get());
                 pair.far.reset();
                 awaitState(pair.near, State::Close);
                 pair.near.reset();
             }},
        {.name = "thePeerResetsAndTheProgramHoldsItsDescriptor",
         .expected = "reset likely",
         .end =
             [](Scene&, Connected& pair) {
                 lab::resetOnClose(pair.far.get());
                 pair.far.reset();
             }},
        {.name = "unansweredDataIsGivenUp",
         .expected = "retransmission-timeout likely",
         .end = sendUnanswered,
         .within = 12s,
         .sysctl = {{"tcp_retries2", 3}}},
        {.name = "userTimeoutEndsUnansweredData",
         .expected = "user-timeout likely",
         .end = sendUnanswered,
         .options = {.userTimeout = 2000ms},
         .within = 8s},
        {.name = "anOrphanIsGivenUpForCertain",
         .expected = "orphan-given-up certain",
         .end =
             [](Scene& scene, Connected& pair) {
                 (void)scene.lab.silence(scene.peer);
                 pair.near.reset();
             },
         .within = 10s,
         .sysctl = {{"tcp_orphan_retries", 2}}},
        {.name = "finWait2EndsWithItsTimer",
         .expected = "fin-wait-2-over certain",
         .end = [](Scene&, Connected& pair) { pair.near.reset(); },
         .within = 6s,
         .sysctl = {{"tcp_fin_timeout", 2}}},
        {.name = "aRebootedPeerAnswersTheFirstProbeWithAReset",
         .expected = "reset certain",
         .end = rebootPeer,
         .options = lab::keepalive(1s, 5s, 9),
         .within = 6s},
        {.name = "windowProbesOfASilentPeerRunOut",
         .expected = "window-probes-exhausted likely",
         .end = fillWindowOfSilentPeer,
         .within = 20s,
         .sysctl = {{"tcp_retries2", 3}}},
        {.name = "whatHalfopenClosedSaysSo", .expected = "closed-by-halfopen certain", .end = closeByHalfopen},
    };
}

/// Makes a connection, watches it, ends it so and awaits the record of the near end.
std::string ended(Scene& scene, const Case& one) {
    if (one.sysctl)
        if (const auto ok = lab::Laboratory::setSysctl(one.sysctl->first, one.sysctl->second); !ok)
            return inEnglish(ok.error());
    auto pair = scene.connect(one.options);
    if (!pair)
        return inEnglish(pair.error());
    const auto cookie = lab::cookieOf(pair->near.get());
    scene.learn(cookie);
    one.end(scene, *pair);
    const auto record = scene.await(cookie, one.within);
    std::string wrong = differs(record, one.expected);
    if (pair->near)
        wrong += errorDiffers(record, errorOf(pair->near.get()));
    return wrong;
}

class SeenEnding : public testing::TestWithParam<Case> {};

TEST_P(SeenEnding, isToldAsItWas) {
    EXPECT_EQ(inScene([](Scene& scene) { return ended(scene, GetParam()); }), "");
}

INSTANTIATE_TEST_SUITE_P(Endings, SeenEnding, testing::ValuesIn(cases()),
                         [](const auto& one) { return one.param.name; });

/// The kernel goes on listing the socket of a program that has chosen its local port.
std::string endsThoughItKeepsItsPort(Scene& scene) {
    const UniqueFd near(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in own{};
    own.sin_family = AF_INET;
    own.sin_port = htons(40123);
    sockaddr_in peer = own;
    peer.sin_port = htons(Scene::kPort);
    ::inet_pton(AF_INET, Scene::kPeer, &peer.sin_addr);
    if (::bind(near.get(), reinterpret_cast<const sockaddr*>(&own), sizeof own) != 0 ||
        ::connect(near.get(), reinterpret_cast<const sockaddr*>(&peer), sizeof peer) != 0)
        return fmt::format("cannot connect: {}", errno);
    UniqueFd far(::accept(scene.listener.get(), nullptr, nullptr));
    const auto cookie = lab::cookieOf(near.get());
    scene.learn(cookie);
    lab::resetOnClose(far.get());
    far.reset();
    const auto record = scene.await(cookie, 3s);
    return differs(record, "reset likely") + errorDiffers(record, errorOf(near.get()));
}

TEST(Endings, aConnectionEndsThoughItsSocketKeepsItsPort) {
    EXPECT_EQ(inScene(endsThoughItKeepsItsPort), "");
}

std::string keepaliveRunsOut(Scene& scene, bool programCloses) {
    auto pair = scene.connect(lab::keepalive(2s, 1s, 3));
    if (!pair)
        return inEnglish(pair.error());
    const auto cookie = lab::cookieOf(pair->near.get());
    scene.learn(cookie);
    if (const auto ok = scene.lab.silence(scene.peer); !ok)
        return inEnglish(ok.error());
    int error = 0;
    EndedConnectionPtr record;
    const auto end = MonotonicClock::now() + 10s;
    while (!record && MonotonicClock::now() < end) {
        pollfd socket{pair->near.get(), 0, 0};
        if (programCloses && pair->near && ::poll(&socket, 1, 0) > 0) {
            error = errorOf(pair->near.get());
            pair->near.reset();
        }
        record = scene.await(cookie, 20ms);
    }
    if (pair->near)
        error = errorOf(pair->near.get());
    if (const auto wrong =
            differs(record, programCloses ? "keepalive-exhausted certain" : "keepalive-exhausted likely");
        !wrong.empty())
        return wrong;
    if (error != ETIMEDOUT || record->errorNumber != ETIMEDOUT)
        return fmt::format("the program was told {}, the record says {}", error, record->errorNumber);
    const auto after = record->noticedAfter().value_or(-1ms);
    if (after < 5s || after > 6500ms)
        return fmt::format("noticed after {} ms", after.count());
    const std::string expected = "keepalive exhausted: 3 probes unanswered, noticed 5 s after the last sign of life";
    const std::string said = inEnglish(sentence(*record));
    const std::string late = "keepalive exhausted: 3 probes unanswered, noticed 6 s after the last sign of life";
    if (said.find(expected) == std::string::npos && said.find(late) == std::string::npos)
        return said;
    const bool held = !scene.frame->dead.empty();
    return held == programCloses ? "held wrongly" : "";
}

TEST(Endings, keepaliveExhaustedWhileTheProgramClosesAtOnce) {
    EXPECT_EQ(inScene([](Scene& scene) { return keepaliveRunsOut(scene, true); }), "");
}

TEST(Endings, keepaliveExhaustedWhileTheProgramHoldsTheDescriptor) {
    EXPECT_EQ(inScene([](Scene& scene) { return keepaliveRunsOut(scene, false); }), "");
}

std::string timeWait(Scene& scene, bool toItsEnd) {
    auto pair = scene.connect();
    if (!pair)
        return inEnglish(pair.error());
    const auto cookie = lab::cookieOf(pair->near.get());
    const auto process = ::getpid();
    scene.learn(cookie);
    pair->near.reset();
    pair->far.reset();
    if (const auto early = scene.await(cookie, 2s))
        return wordsOf(early);
    const Row* row = scene.frame->find(cookie);
    if (!row || row->connection.state != State::TimeWait)
        return "it is not in TIME-WAIT";
    if (!toItsEnd)
        return {};
    const auto record = scene.await(cookie, 65s);
    // Certain where the moment fits; where a busy machine lost a tick it can be off by a granule of the wheel, 2 s
    // here.
    std::string wrong = wordsOf(record) == "time-wait-over likely" ? "" : differs(record, "time-wait-over certain");
    if (record && (record->owners.empty() || record->owners.front().pid != process))
        wrong += " the program that had it is not named";
    return wrong;
}

TEST(Endings, aConnectionInTimeWaitHasNotEnded) {
    EXPECT_EQ(inScene([](Scene& scene) { return timeWait(scene, false); }), "");
}

TEST(Endings, timeWaitEndsWithItsTimerAndItsProgramIsStillNamed) {
    EXPECT_EQ(inScene([](Scene& scene) { return timeWait(scene, true); }), "");
}

TEST(Endings, aListenerIsClosed) {
    EXPECT_EQ(inScene([](Scene& scene) -> std::string {
                  auto listener = lab::listenAt({*IpAddress::parse("192.0.2.10"), 8080});
                  if (!listener)
                      return inEnglish(listener.error());
                  const auto cookie = lab::cookieOf(listener->get());
                  scene.watch(200ms);
                  listener->reset();
                  return differs(scene.await(cookie, 3s), "listener-closed certain");
              }),
              "");
}

} // namespace
} // namespace halfopen
