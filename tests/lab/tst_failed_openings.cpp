// SPDX-License-Identifier: GPL-3.0-or-later
// Connections that never came to be, made for real, and what is told of them.
#include "tests/lab/ending_scene.h"

#include <gtest/gtest.h>
#include <poll.h>

#include <ostream>
#include <string>
#include <vector>

namespace halfopen {
namespace {

using namespace std::chrono_literals;
using test::differs;
using test::errorDiffers;
using test::errorOf;
using test::inScene;
using Scene = test::EndingScene;

struct Opening {
    std::string name;
    Endpoint to;
    std::string expected;
    bool programCloses = true; ///< as soon as it is told; else it holds the descriptor
    lab::SocketOptions options{};
    std::chrono::milliseconds within = 12s;
};

void PrintTo(const Opening& one, std::ostream* out) {
    *out << one.name;
}

std::vector<Opening> openings() {
    const Endpoint nobody{*IpAddress::parse("203.0.113.99"), 80};
    const Endpoint closedPort{*IpAddress::parse(Scene::kPeer), 81};
    return {
        {.name = "thatNobodyAnswersTimesOut",
         .to = nobody,
         .expected = "syn-timed-out certain",
         .options = {.synCount = 1}},
        {.name = "thatNobodyAnswersTimesOutWhileHeld",
         .to = nobody,
         .expected = "syn-timed-out likely",
         .programCloses = false,
         .options = {.synCount = 1}},
        {.name = "isRefusedBetweenTwoSamples", .to = closedPort, .expected = "syn-refused likely", .within = 3s},
    };
}

/// Begins to connect, watches, and awaits how that ended.
std::string opened(Scene& scene, const Opening& one) {
    auto socket = lab::connectTo(one.to, one.options);
    if (!socket)
        return inEnglish(socket.error());
    const auto cookie = lab::cookieOf(socket->get());
    int error = 0;
    EndedConnectionPtr record;
    const auto end = MonotonicClock::now() + one.within;
    while (!record && MonotonicClock::now() < end) {
        pollfd state{socket->get(), POLLOUT, 0};
        if (one.programCloses && *socket && ::poll(&state, 1, 0) > 0) {
            error = errorOf(socket->get());
            socket->reset();
        }
        record = scene.await(cookie, 20ms);
    }
    if (*socket)
        error = errorOf(socket->get());
    return differs(record, one.expected) + errorDiffers(record, error);
}

class FailedOpening : public testing::TestWithParam<Opening> {};

TEST_P(FailedOpening, isToldAsItWas) {
    EXPECT_EQ(inScene([](Scene& scene) { return opened(scene, GetParam()); }), "");
}

INSTANTIATE_TEST_SUITE_P(Openings, FailedOpening, testing::ValuesIn(openings()),
                         [](const auto& one) { return one.param.name; });

} // namespace
} // namespace halfopen
