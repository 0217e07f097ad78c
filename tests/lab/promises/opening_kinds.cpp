// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/promises/kinds.h"
#include "tests/lab/promises/raw_segment.h"
#include "tests/lab/wire/must.h"

#include <fmt/format.h>

#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace halfopen::promises {

namespace {

using namespace std::chrono_literals;
using test::must;
using test::Task;

constexpr auto kLimit = 50s;

lab::SocketOptions drawSyn(Draw& draw) {
    lab::SocketOptions options;
    if (draw.oneIn(3))
        options.synCount = draw.number(1, 4);
    if (draw.oneIn(4))
        options.userTimeout = draw.ms(1500, 9000);
    return options;
}

void drawSynSettings(Scene& scene) {
    scene.set("tcp_syn_retries", scene.draw().number(1, 4));
    scene.set("tcp_syn_linear_timeouts", scene.draw().number(0, 4));
}

Task<void> call(Scene& scene, Endpoint to, std::chrono::milliseconds after, std::string what) {
    auto draw = scene.draw().fork();
    const auto options = drawSyn(draw);
    co_await scene.stage().sleep(after);
    auto& flow = scene.call(to, options, fmt::format("{}, {}", describe(options), what));
    if (what == "nobody on the link")
        flow.nextHop = to.address;
    co_await scene.follow(flow, Seen::ByProgram, kLimit);
}

Task<void> synSilent(Scene& scene) {
    drawSynSettings(scene);
    for (const auto place : {Place::Routed4, Place::Routed4, Place::Routed6, Place::Routed4})
        scene.begin(call(scene, scene.somewhere(place), scene.draw().ms(0, 1000), "silence"));
    co_await scene.all();
}

Task<void> synNeighbour(Scene& scene) {
    drawSynSettings(scene);
    for (const auto place : {Place::OnLink4, Place::OnLink4, Place::OnLink4, Place::OnLink6})
        scene.begin(call(scene, scene.somewhere(place), scene.draw().ms(0, 1000), "nobody on the link"));
    co_await scene.all();
}

Task<void> synDropped(Scene& scene) {
    drawSynSettings(scene);
    const auto drops = scene.draw().ms(0, 2500);
    for (int i = 0; i < 4; ++i)
        scene.begin(call(scene, scene.somewhere(Place::Routed4), scene.draw().ms(0, 1000), "dropped here"));
    co_await scene.stage().sleep(drops);
    scene.didToAll(assume::NoLocalDrop, "the own queue drops everything");
    scene.near("tc qdisc replace dev eth0 root bfifo limit 1");
    co_await scene.all();
}

Task<void> synUnreachable(Scene& scene) {
    drawSynSettings(scene);
    scene.far("echo 1 > /proc/sys/net/ipv4/ip_forward; echo 1 > /proc/sys/net/ipv6/conf/all/forwarding");
    for (const auto place : {Place::Routed4, Place::Routed4, Place::Routed6})
        scene.begin(call(scene, scene.somewhere(place), scene.draw().ms(0, 500), "a router answers later"));
    co_await scene.stage().sleep(scene.draw().ms(600, 3000));
    scene.far("ip route replace unreachable 198.51.100.0/24; ip -6 route replace unreachable 2001:db8:51::/48");
    co_await scene.all();
}

UniqueFd listenNear(Scene& scene, std::uint16_t port, const lab::SocketOptions& options, int backlog = 16) {
    const auto visit = must(scene.lab().visitLocal());
    return must(lab::listenAt({lab::Prefix::of("192.0.2.10").address, port}, options, backlog));
}

constexpr std::uint8_t kSyn = 2;
constexpr std::uint32_t kFirst = 1000;

void knock(Scene& scene, const Endpoint& from, std::uint16_t port) {
    const auto visit = must(scene.lab().visitPeer());
    const Endpoint to{lab::Prefix::of("192.0.2.10").address, port};
    send({.from = from, .to = to, .flags = kSyn, .sequence = kFirst, .options = "\x02\x04\x05\xb4"});
}

Task<void> halfOpen(Scene& scene, Place place, std::uint16_t port, std::chrono::milliseconds after, std::string what,
                    bool listenerHasOwn) {
    co_await scene.stage().sleep(after);
    const auto from = scene.somewhere(place);
    auto& flow = scene.expect(from, std::move(what));
    if (listenerHasOwn)
        flow.story.wrong = assume::SocketDefaults;
    if (place == Place::OnLink4)
        flow.nextHop = from.address;
    knock(scene, from, port);
    co_await scene.stage().sleep(1ms);
    co_await scene.follow(flow, Seen::ByAbsence, kLimit);
}

lab::SocketOptions drawListener(Scene& scene) {
    scene.set("tcp_synack_retries", scene.draw().number(2, 4));
    lab::SocketOptions options;
    if (scene.draw().oneIn(3))
        options.synCount = scene.draw().number(1, 4);
    return options;
}

/// Clients whose ACK never comes: silent ones, and invented ones whose address nobody has.
Task<void> requestSilent(Scene& scene) {
    const auto options = drawListener(scene);
    const auto listener = listenNear(scene, 80, options);
    for (int i = 0; i < 5; ++i)
        scene.begin(halfOpen(scene, Place::Routed4, 80, scene.draw().ms(0, 1000), "silent client",
                             options.synCount.has_value()));
    co_await scene.all();
}

Task<void> requestInvented(Scene& scene) {
    const auto options = drawListener(scene);
    const auto listener = listenNear(scene, 80, options);
    for (int i = 0; i < 5; ++i)
        scene.begin(halfOpen(scene, Place::OnLink4, 80, scene.draw().ms(0, 1000), "invented client",
                             options.synCount.has_value()));
    co_await scene.all();
}

/// More requests than half the backlog: some end at their third timeout.
Task<void> requestPressure(Scene& scene) {
    const auto options = drawListener(scene);
    scene.set("tcp_synack_retries", scene.draw().number(3, 4));
    const int backlog = scene.draw().of({8, 16, 24});
    const auto listener = listenNear(scene, 80, options, backlog);
    scene.set("tcp_syncookies", 0);
    const int clients = scene.draw().number(backlog / 2 + 1, backlog - 1);
    for (int i = 0; i < clients; ++i)
        scene.begin(halfOpen(scene, Place::Routed4, 80, scene.draw().ms(0, 2500),
                             fmt::format("one of {}, backlog {}", clients, backlog), options.synCount.has_value()));
    co_await scene.all();
}

/// The client has finished its handshake, and the listener waits for its data.
Task<void> deferredClient(Scene& scene, int listener, std::string what) {
    auto draw = scene.draw().fork();
    const auto fate = draw.of({0, 1, 2}); // silent, gone, sends
    const auto from = scene.somewhere(Place::Routed4);
    must(scene.lab().addPeer(from.address));
    constexpr const char* kFates[] = {"stays silent", "dies", "sends"};
    auto& flow = scene.expect(from, fmt::format("{}, client {}", what, kFates[fate]));
    flow.story.wrong = assume::SocketDefaults;
    {
        const auto visit = must(scene.lab().visitPeer());
        flow.far = must(lab::connectTo({lab::Prefix::of("192.0.2.10").address, 80}, {}, from));
    }
    co_await scene.stage().sleep(draw.ms(300, 4000));
    if (fate == 1)
        scene.silence(flow);
    else if (fate == 2)
        ::send(flow.far.get(), "hello", 5, MSG_NOSIGNAL);
    co_await scene.follow(flow, Seen::ByAbsence, 30s);
    static_cast<void>(listener);
}

Task<void> requestDeferred(Scene& scene) {
    const auto listener = listenNear(scene, 80, drawListener(scene));
    const int seconds = scene.draw().number(1, 8);
    ::setsockopt(listener.get(), IPPROTO_TCP, TCP_DEFER_ACCEPT, &seconds, sizeof seconds);
    for (int i = 0; i < 5; ++i)
        scene.begin(deferredClient(scene, listener.get(), fmt::format("TCP_DEFER_ACCEPT {}", seconds)));
    co_await scene.all();
}

} // namespace

std::vector<Kind> openingKinds() {
    return {{"syn-silent", synSilent},
            {"syn-neighbour", synNeighbour},
            {"syn-dropped", synDropped},
            {"syn-unreachable", synUnreachable},
            {"request-silent", requestSilent},
            {"request-invented", requestInvented},
            {"request-pressure", requestPressure},
            {"request-deferred", requestDeferred}};
}

} // namespace halfopen::promises
