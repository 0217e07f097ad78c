// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/explain.h"
#include "core/format/json.h"
#include "tests/lab/promises/kinds.h"
#include "tests/lab/promises/raw_segment.h"
#include "tests/lab/promises/sample_log.h"
#include "tests/lab/wire/must.h"

#include <fmt/format.h>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace halfopen::promises {

namespace {

using namespace std::chrono_literals;
using test::must;
using test::Task;

constexpr std::uint16_t kPort = 80;
constexpr std::uint8_t kSyn = 2;

Endpoint nearAt(std::uint16_t port) {
    return {lab::Prefix::of("192.0.2.10").address, port};
}

/// Nobody but the listener has had a descriptor of it: its options can only be inferred.
std::string waitingIsNotExact(const Story& story) {
    for (const auto& row : story.samples)
        if (row.connection.isNotAccepted() && row.options.exact())
            return "a connection that waits in a queue is told exactly";
    return "";
}

/// A client whose connection waits in the queue of a listener that is given other options, or none, meanwhile.
Task<void> waiting(Scene& scene, int listener, lab::SocketOptions later, std::string what) {
    auto draw = scene.draw().fork();
    const bool changes = draw.oneIn(2);
    const bool accepts = draw.oneIn(2);
    const auto from = scene.somewhere(Place::Routed4);
    must(scene.lab().addPeer(from.address));
    auto& flow = scene.expect(from, fmt::format("{}{}{}", what, changes ? ", changed to " + describe(later) : "",
                                                accepts ? ", accepted later" : ""));
    if (!readsExactly())
        flow.story.expectations.emplace_back(waitingIsNotExact);
    scene.inFar([&] { flow.far = must(lab::connectTo(nearAt(kPort), {}, from)); });
    // Some peers answer a probe or two before: then the timer runs for the interval, and for what is left of the idle
    // time.
    co_await scene.stage().sleep(draw.oneIn(2) ? draw.ms(200, 1500) : draw.ms(2500, 12'000));
    scene.silence(flow);
    if (changes) {
        scene.did(flow, assume::ListenerOptions, "the listener was given other options");
        static_cast<void>(lab::apply(listener, later));
    }
    if (accepts) {
        co_await scene.stage().sleep(draw.ms(200, 1500));
        scene.did(flow, assume::ListenerOptions | assume::ProgramIdle, "accepted");
        flow.near = lab::acceptFrom(listener);
    }
    co_await scene.follow(flow, Seen::ByAbsence, 40s);
}

/// One listener for each, so that a change is of one connection.
Task<void> listenerChanged(Scene& scene) {
    auto draw = scene.draw().fork();
    const auto first = drawKeepalive(draw);
    const auto later = drawKeepalive(draw);
    UniqueFd listener;
    {
        const auto visit = must(scene.lab().visitLocal());
        listener = must(lab::listenAt(nearAt(kPort), first));
    }
    scene.begin(waiting(scene, listener.get(), later, describe(first)));
    co_await scene.all();
}

/// A client's SYN with data, taken without a cookie: a whole socket in SYN-RECV. Each has a listener of its own, whose
/// program takes it and closes it, or leaves it waiting.
Task<void> fastOpenChild(Scene& scene, std::uint16_t port) {
    auto draw = scene.draw().fork();
    const bool accepts = draw.oneIn(2);
    UniqueFd listener;
    {
        const auto visit = must(scene.lab().visitLocal());
        listener = must(lab::listenAt(nearAt(port)));
    }
    const int queue = 16;
    ::setsockopt(listener.get(), IPPROTO_TCP, TCP_FASTOPEN, &queue, sizeof queue);
    co_await scene.stage().sleep(draw.ms(0, 1500));
    const auto from = scene.somewhere(Place::Routed4);
    auto& flow = scene.expect(from, accepts ? "Fast Open, accepted and closed" : "Fast Open");
    scene.inFar([&] {
        send({.from = from,
              .to = nearAt(port),
              .flags = kSyn,
              .sequence = 1000,
              .options = "\x02\x04\x05\xb4",
              .payload = "hello"});
    });
    co_await scene.stage().sleep(5ms);
    if (accepts) {
        co_await scene.stage().sleep(draw.ms(200, 2500));
        scene.did(flow, assume::ProgramIdle, "accepted and closed");
        static_cast<void>(lab::acceptFrom(listener.get()));
    }
    co_await scene.follow(flow, Seen::ByAbsence, 50s);
}

Task<void> requestFastOpen(Scene& scene) {
    constexpr int kServerWithoutCookie = 0x203;
    scene.set("tcp_fastopen", kServerWithoutCookie);
    scene.set("tcp_synack_retries", scene.draw().number(1, 3));
    for (std::uint16_t port = 81; port < 85; ++port)
        scene.begin(fastOpenChild(scene, port));
    co_await scene.all();
}

/// No data has come, and no age is longer than the connection's life: neither its values, nor what JSON and `show` say.
std::string agesAreOfItsLife(const Story& story) {
    constexpr Millis kLife{60'000};
    Frame frame;
    frame.owners = std::make_shared<OwnerTable>();
    for (const auto& row : story.samples) {
        const auto& connection = row.connection;
        for (const auto age : {connection.sentAge(), connection.ackAge(), connection.lifeAge(), connection.idleAge()})
            if (age.value_or(Millis(0)) > kLife)
                return "an age is told that is longer than the connection's life";
        if (connection.receivedAge())
            return "an age is told of data that never came";
        if (connectionJson(row, frame).find("\"last_data_received_ms\":null") == std::string::npos)
            return "JSON tells when data came that never did";
        for (const auto& sentence : explain(row, frame))
            if (inEnglish(sentence).find("ast data received") != std::string::npos)
                return "`show` tells when data came that never did";
    }
    return story.samples.empty() ? "it was not seen" : "";
}

/// A client that is connected to itself: both ends are one socket.
Task<void> toItself(Scene& scene) {
    auto draw = scene.draw().fork();
    const auto options = draw.oneIn(2) ? drawKeepalive(draw) : lab::SocketOptions();
    const Endpoint self{*IpAddress::parse("127.0.0.1"), static_cast<std::uint16_t>(draw.number(20'000, 30'000))};
    UniqueFd socket;
    {
        const auto visit = must(scene.lab().visitLocal());
        socket = must(lab::connectTo(self, options, self));
    }
    auto& flow = scene.expect(self, "to itself, " + describe(options));
    flow.near = std::move(socket);
    flow.story.expectations.emplace_back(agesAreOfItsLife);
    co_await scene.follow(flow, Seen::ByAbsence, 10s);
}

Task<void> connectedToItself(Scene& scene) {
    for (int i = 0; i < 3; ++i)
        scene.begin(toItself(scene));
    co_await scene.all();
}

} // namespace

std::vector<Kind> listenerKinds() {
    return {{"listener-changed", listenerChanged},
            {"request-fast-open", requestFastOpen},
            {"connected-to-itself", connectedToItself}};
}

} // namespace halfopen::promises
