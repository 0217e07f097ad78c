// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/tick/phase_calibration.h"

#include "core/kernel/socket_option.h"

#include <unistd.h>

#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>

namespace halfopen {

namespace {

using namespace std::chrono_literals;

constexpr auto kQuickGranule = 1500ms; // early boot takes less than half of it
constexpr auto kCertainGranule = 12s;

std::int64_t ticksNow(const TickClock& clock) {
    return std::chrono::nanoseconds(MonotonicClock::now().time_since_epoch()).count() / clock.tickNanos();
}

sockaddr_in loopback() {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

UniqueFd openSocket() {
    return UniqueFd(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_TCP));
}

std::optional<sockaddr_in> localAddress(const UniqueFd& socket) {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    if (::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&address), &size) != 0)
        return std::nullopt;
    return address;
}

bool bindToLoopback(const UniqueFd& socket) {
    const sockaddr_in address = loopback();
    return ::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

} // namespace

PhaseCalibration::Idle PhaseCalibration::defaultIdle(std::int32_t hz) {
    return {idleForGranule(hz, kQuickGranule), idleForGranule(hz, kCertainGranule)};
}

PhaseCalibration::PhaseCalibration(std::int32_t hz)
    : PhaseCalibration(hz, defaultIdle(hz)) {}

PhaseCalibration::PhaseCalibration(std::int32_t hz, Idle idle)
    : m_clock{hz, {}}
    , m_estimate(hz) {
    m_ends[0].idle = idle.quick;
    m_ends[1].idle = idle.certain;
    if (!open())
        close();
}

bool PhaseCalibration::open() {
    m_listener = openSocket();
    if (!m_listener || !bindToLoopback(m_listener) || ::listen(m_listener.get(), 1) != 0)
        return false;
    remember(m_listener);
    auto& client = m_ends[0].socket;
    client = openSocket();
    const auto address = localAddress(m_listener);
    if (!address || !client || !bindToLoopback(client))
        return false;
    remember(client);
    if (::connect(client.get(), reinterpret_cast<const sockaddr*>(&*address), sizeof *address) != 0 &&
        errno != EINPROGRESS)
        return false;
    return accept();
}

/// Anybody could connect to the listener before we do: only our own other end is kept.
/// @return  false where the connection cannot be made; true also while it is not there yet
bool PhaseCalibration::accept() {
    sockaddr_in peer{};
    socklen_t size = sizeof peer;
    UniqueFd child(
        ::accept4(m_listener.get(), reinterpret_cast<sockaddr*>(&peer), &size, SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (!child)
        return errno == EAGAIN || errno == EINTR;
    const auto own = localAddress(m_ends[0].socket);
    if (!own || own->sin_port != peer.sin_port || own->sin_addr.s_addr != peer.sin_addr.s_addr)
        return true;
    m_ends[1].socket = std::move(child);
    remember(m_ends[1].socket);
    m_listener.reset();
    return std::ranges::all_of(m_ends, [this](End& end) { return guard(end); });
}

/// The interval is the idle time, so that every run of the handler was armed for the same length, whatever was
/// answered.
bool PhaseCalibration::guard(End& end) {
    end.heard = ticksNow(m_clock);
    return setOption(end.socket.get(), IPPROTO_TCP, TCP_KEEPIDLE, end.idle) &&
           setOption(end.socket.get(), IPPROTO_TCP, TCP_KEEPINTVL, end.idle) &&
           setOption(end.socket.get(), SOL_SOCKET, SO_KEEPALIVE, 1);
}

void PhaseCalibration::remember(const UniqueFd& socket) {
    std::uint64_t cookie = 0;
    if (getOption(socket.get(), SOL_SOCKET, SO_COOKIE, cookie))
        m_cookies.push_back(cookie);
}

/// nullopt where a tick went by meanwhile, or the socket no longer tells.
std::optional<std::int64_t> PhaseCalibration::lastHeard(const End& end) const {
    tcp_info info{};
    socklen_t size = sizeof info;
    const std::int64_t before = ticksNow(m_clock);
    if (::getsockopt(end.socket.get(), IPPROTO_TCP, TCP_INFO, &info, &size) != 0 ||
        size < offsetof(tcp_info, tcpi_last_ack_recv) + sizeof info.tcpi_last_ack_recv)
        return std::nullopt;
    if (ticksNow(m_clock) != before)
        return std::nullopt;
    const std::int64_t age = (std::int64_t{info.tcpi_last_ack_recv} * m_clock.rate() + 500) / 1000;
    return before - age;
}

void PhaseCalibration::watch(End& end) {
    const Jiffies length = Jiffies{end.idle} * m_clock.rate();
    const auto heard = lastHeard(end);
    if (!heard || *heard < end.heard + length)
        return;
    end.heard = *heard;
    m_estimate.ran(*heard, length);
}

void PhaseCalibration::poll() {
    if (opening() && !accept())
        close();
    if (opening() || !running())
        return;
    for (auto& end : m_ends)
        watch(end);
    if (m_estimate.certain(Wheel::band(m_clock.rate()).granule(Jiffies{m_ends[1].idle} * m_clock.rate())))
        close();
}

/// With a reset, so that no TIME-WAIT of ours is left behind.
void PhaseCalibration::close() {
    m_listener.reset();
    for (auto& end : m_ends) {
        const linger now{1, 0};
        if (end.socket)
            ::setsockopt(end.socket.get(), SOL_SOCKET, SO_LINGER, &now, sizeof now);
        end.socket.reset();
    }
}

} // namespace halfopen
