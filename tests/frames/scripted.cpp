// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/frames/scripted.h"

#include <algorithm>
#include <string>
#include <utility>

namespace halfopen::test {

using namespace std::chrono_literals;

namespace {

constexpr Millis kQuiet{65'000};

/// When the peer was last heard, and when anything was last sent.
void quietFor(Connection& connection, std::chrono::milliseconds time) {
    connection.info.lastDataReceived = connection.info.lastAckReceived = connection.info.lastDataSent = saturate(time);
}

/// Of the same family and scope.
std::string_view ownAddress(const IpAddress& remote) {
    if (remote.family() == Family::Ipv4)
        return "10.0.0.5";
    return remote.isLinkLocal() ? "fe80::5" : "2001:db8::5";
}

Connection established(std::uint64_t cookie, std::string_view remote, std::uint16_t port) {
    Connection c;
    c.cookie = cookie;
    c.sampled = epoch();
    c.state = State::Established;
    c.remote = endpoint(remote, port);
    c.local = endpoint(ownAddress(c.remote.address), static_cast<std::uint16_t>(40000 + cookie % 20000));
    c.inet6 = c.remote.address.family() == Family::Ipv6;
    c.inode = static_cast<std::uint32_t>(1000 + cookie);
    c.uid = 1000;
    TcpInfo& info = c.info;
    info.length = 232;
    info.rttUs = 1500;
    info.rttVarUs = 750;
    info.rtoUs = 204'000;
    info.sendMss = 1448;
    info.sendCwnd = 10;
    info.sendWindow = 65'536;
    info.bytesAcked = 1200;
    info.bytesReceived = 3400;
    quietFor(c, kQuiet);
    return c;
}

} // namespace

MonotonicTime epoch() {
    return MonotonicTime(1000h);
}

Endpoint endpoint(std::string_view address, std::uint16_t port) {
    return {*IpAddress::parse(address), port};
}

KeepaliveOptions exactOptions(std::int32_t idle, std::int32_t interval, std::int16_t probes, Switch enabled) {
    return {.idleSeconds = idle,
            .intervalSeconds = interval,
            .probes = probes,
            .enabled = enabled,
            .enabledFrom = Provenance::Exact,
            .idleFrom = Provenance::Exact,
            .intervalFrom = Provenance::Exact,
            .probesFrom = Provenance::Exact,
            .userTimeoutFrom = Provenance::Exact};
}

Scripted unguarded(std::uint64_t cookie, std::string_view remote, std::uint16_t port) {
    return {established(cookie, remote, port)};
}

Scripted owned(std::uint64_t cookie, std::string_view remote, std::uint16_t port) {
    Scripted of = unguarded(cookie, remote, port);
    of.owners = {{static_cast<std::int32_t>(100 + cookie), 3, "p" + std::to_string(cookie)}};
    return of;
}

Scripted ofProgram(Scripted of, std::int32_t pid, std::string name, ProcessUnitPtr unit) {
    of.owners = {{pid, 3, std::move(name), std::move(unit)}};
    return of;
}

Scripted guarded(Scripted of, std::chrono::milliseconds left, std::int32_t idle) {
    of.options = exactOptions(idle, 10, 6);
    of.connection.timer = {.expires = saturate(left), .raw = 2};
    quietFor(of.connection, std::chrono::seconds(idle) - left);
    return of;
}

Scripted guarded(std::uint64_t cookie, std::chrono::milliseconds left, std::int32_t idle) {
    return guarded(unguarded(cookie), left, idle);
}

Scripted suspect(Scripted of) {
    of = guarded(std::move(of), 4s);
    of.connection.timer.retransmits = of.connection.info.probes = 2;
    quietFor(of.connection, 76s);
    return of;
}

Scripted suspect(std::uint64_t cookie) {
    return suspect(unguarded(cookie));
}

Scripted follower(std::uint64_t cookie, std::chrono::milliseconds left, bool read) {
    Scripted of = guarded(owned(cookie), left, 7200);
    of.options.reset();
    if (read)
        of.options = exactOptions(7200, 75, 9);
    return of;
}

Scripted retransmitting(Scripted of, std::uint8_t retransmits, std::chrono::milliseconds left) {
    Connection& c = of.connection;
    c.timer = {.expires = saturate(left), .raw = 1, .retransmits = retransmits};
    c.sendQueue = 2896;
    c.info.unacked = 2;
    c.info.retransmits = c.info.backoff = retransmits;
    c.info.totalRetransmits = retransmits;
    c.info.rtoUs = c.info.rtoUs << retransmits;
    c.info.sendCwnd = 1;
    c.info.caState = 4;
    quietFor(c, 10s + std::chrono::milliseconds(c.info.rtoUs / 1000) - left);
    c.info.lastDataSent = saturate(std::chrono::milliseconds(c.info.rtoUs / 1000) - left); // each sending counts
    return of;
}

Scripted droppedHere(Scripted of) {
    of = retransmitting(std::move(of), 3, 300ms);
    TcpInfo& info = of.connection.info;
    info.backoff = 0;
    info.rtoUs = 204'000;
    info.lastDataSent = Millis(200);
    return of;
}

Scripted behindDeadNeighbour(Scripted of) {
    of.path = Path{.taken = of.connection.sampled,
                   .route = Route::OnLink,
                   .neighbour = Neighbour::Failed,
                   .nextHop = of.connection.remote.address};
    return of;
}

Scripted listening(std::uint64_t cookie, std::string_view address, std::uint16_t port, std::uint32_t backlog) {
    Scripted of = owned(cookie);
    Connection& c = of.connection;
    c.state = State::Listen;
    c.local = endpoint(address, port);
    c.remote = endpoint(c.local.address.family() == Family::Ipv6 ? "::" : "0.0.0.0", 0);
    c.sendQueue = backlog;
    c.info = {};
    c.info.length = 232;
    return of;
}

Scripted timeWait(std::uint64_t cookie, std::chrono::milliseconds left) {
    Scripted of = unguarded(cookie);
    Connection& c = of.connection;
    c.state = State::TimeWait;
    c.timer = {.expires = saturate(left), .raw = 3};
    c.inode = c.uid = 0;
    c.info = {};
    return of;
}

Scripted opening(std::uint64_t cookie, std::uint8_t retransmits, std::chrono::milliseconds left) {
    Scripted of = unguarded(cookie);
    Connection& c = of.connection;
    c.state = State::SynSent;
    c.timer = {.expires = saturate(left), .raw = 1, .retransmits = retransmits};
    c.sendQueue = 1;
    c.info = {};
    c.info.length = 232;
    c.info.unacked = 1;
    c.info.rtoUs = 1'000'000U << retransmits;
    c.info.retransmits = c.info.backoff = retransmits;
    c.info.totalRetransmits = retransmits;
    c.info.sendCwnd = 1;
    c.info.sendMss = 536;
    return of;
}

Scripted orphan(std::uint64_t cookie) {
    Scripted of = unguarded(cookie);
    Connection& c = of.connection;
    c.state = State::FinWait1;
    c.inode = c.uid = 0;
    c.timer = {.expires = Millis(150), .raw = 1};
    c.sendQueue = 1;
    c.info.unacked = 1;
    quietFor(c, 54ms);
    return of;
}

Scripted abandoned(Scripted of) {
    of.connection.state = State::CloseWait;
    return of;
}

Scripted active(Scripted of) {
    quietFor(of.connection, 300ms);
    return of;
}

Scripted stalled(Scripted of) {
    Connection& c = of.connection;
    c.timer = {.expires = Millis(11'400), .raw = 4};
    c.sendQueue = c.info.notSentBytes = 65'536;
    c.info.sendWindow = 0;
    c.info.rtoUs = 13'056'000;
    c.info.backoff = 6;
    c.info.lastAckReceived = Millis(1656);
    return of;
}

Scripted later(Scripted of, std::chrono::nanoseconds after) {
    const auto moved = [](Millis time, std::chrono::nanoseconds by) {
        return saturate(std::chrono::nanoseconds(std::chrono::milliseconds(time.count())) + by);
    };
    Connection& c = of.connection;
    c.sampled += after;
    for (Millis* age : {&c.info.lastDataSent, &c.info.lastDataReceived, &c.info.lastAckReceived})
        *age = moved(*age, after);
    if (c.timer.kind() != TimerKind::None)
        c.timer.expires = moved(c.timer.expires, -after);
    return of;
}

Scripted at(Scripted of, MonotonicTime sampled) {
    of.connection.sampled = sampled;
    return of;
}

} // namespace halfopen::test
