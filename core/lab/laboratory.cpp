// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lab/laboratory.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

namespace halfopen::lab {

namespace {

constexpr char kNearDevice[] = "eth0";
constexpr char kFarDevice[] = "far0";
constexpr int kConnectMs = 1000;

constexpr Hardware kNearHardware{0x02, 0, 0, 0, 0, 0x0a};
constexpr Hardware kFarHardware{0x02, 0, 0, 0, 0, 0x01};
/// Nobody has this one, so what is sent to it is dropped at the far end of the wire.
constexpr Hardware kNobody{0x02, 0, 0, 0, 0, 0xee};
constexpr char kDeadRouter4[] = "192.0.2.254";
constexpr char kDeadRouter6[] = "2001:db8:2::dead";

Prefix hostOf(const IpAddress& address) {
    return {address, address.family() == Family::Ipv4 ? 32 : 128};
}

IpAddress deadRouterFor(const IpAddress& address) {
    return Prefix::of(address.family() == Family::Ipv4 ? kDeadRouter4 : kDeadRouter6).address;
}

bool waitFor(int fd, short events) {
    pollfd wanted{fd, events, 0};
    return ::poll(&wanted, 1, kConnectMs) == 1;
}

} // namespace

Result<Laboratory> Laboratory::open() {
    if (auto entered = enterNewNetNamespace(); !entered)
        return tl::unexpected(entered.error());
    auto far = NetNamespace::current();
    auto farLinks = Links::open();
    if (auto entered = enterNewNetNamespace(); !entered)
        return tl::unexpected(entered.error());
    auto near = NetNamespace::current();
    auto nearLinks = Links::open();
    if (!far || !near)
        return tl::unexpected(!far ? far.error() : near.error());
    if (!farLinks || !nearLinks)
        return tl::unexpected(!farLinks ? farLinks.error() : nearLinks.error());
    Laboratory lab(std::move(*near), std::move(*far), std::move(*nearLinks), std::move(*farLinks));
    if (auto wired = lab.wire(); !wired)
        return tl::unexpected(wired.error());
    return lab;
}

Result<void> Laboratory::wire() {
    auto wired = inOrder(
        [&] {
            return m_nearLinks.addVethPair({kNearDevice, kNearHardware}, {kFarDevice, kFarHardware},
                                           m_far.descriptor());
        },
        [&] { return m_nearLinks.setUp("lo"); }, [&] { return m_farLinks.setUp("lo"); },
        [&] { return m_nearLinks.setUp(kNearDevice); }, [&] { return m_farLinks.setUp(kFarDevice); },
        [&] { return m_nearLinks.awaitCarrier(kNearDevice); }, [&] { return m_farLinks.awaitCarrier(kFarDevice); },
        [&] { return wireIpv4(); });
    if (!wired)
        return wired;
    m_ipv6 = std::filesystem::exists("/proc/sys/net/ipv6/conf/all") && wireIpv6().has_value();
    return {};
}

Result<void> Laboratory::wireIpv4() {
    return inOrder(
        [&] { return m_nearLinks.addAddress(kNearDevice, Prefix::of("192.0.2.10/24")); },
        [&] { return m_farLinks.addAddress(kFarDevice, Prefix::of("192.0.2.1/24")); },
        [&] { return m_nearLinks.addRoute(Prefix::of("0.0.0.0/0"), Prefix::of("192.0.2.1").address, kNearDevice); },
        // Nobody has to ask who is where, so no connection waits for a question that got lost.
        [&] { return m_nearLinks.addNeighbour(kNearDevice, Prefix::of("192.0.2.1").address, kFarHardware); },
        [&] { return m_farLinks.addNeighbour(kFarDevice, Prefix::of("192.0.2.10").address, kNearHardware); },
        [&] { return m_nearLinks.addNeighbour(kNearDevice, Prefix::of(kDeadRouter4).address, kNobody); },
        [&] { return m_farLinks.refuse(Prefix::of("198.51.100.0/24"), Links::Refusal::Silent); },
        [&] { return m_farLinks.refuse(Prefix::of("203.0.113.0/24"), Links::Refusal::Silent); });
}

Result<void> Laboratory::wireIpv6() {
    return inOrder(
        [&] { return m_nearLinks.addAddress(kNearDevice, Prefix::of("2001:db8:2::10/64")); },
        [&] { return m_farLinks.addAddress(kFarDevice, Prefix::of("2001:db8:2::1/64")); },
        [&] { return m_nearLinks.addRoute(Prefix::of("::/0"), Prefix::of("2001:db8:2::1").address, kNearDevice); },
        // Nobody has to ask who is where, so no connection waits for a question that got lost.
        [&] { return m_nearLinks.addNeighbour(kNearDevice, Prefix::of("2001:db8:2::1").address, kFarHardware); },
        [&] { return m_farLinks.addNeighbour(kFarDevice, Prefix::of("2001:db8:2::10").address, kNearHardware); },
        [&] { return m_nearLinks.addNeighbour(kNearDevice, Prefix::of(kDeadRouter6).address, kNobody); },
        [&] { return m_farLinks.refuse(Prefix::of("2001:db8:51::/48"), Links::Refusal::Silent); });
}

Result<void> Laboratory::addPeer(const IpAddress& address) {
    return addPeerAddress(m_farLinks, address);
}
Result<void> Laboratory::silence(const IpAddress& address) {
    return removePeerAddress(m_farLinks, address);
}

Result<void> Laboratory::deafen(const IpAddress& address) {
    return m_nearLinks.addRoute(hostOf(address), deadRouterFor(address), kNearDevice);
}

Result<void> Laboratory::undeafen(const IpAddress& address) {
    return m_nearLinks.removeRoute(hostOf(address), deadRouterFor(address), kNearDevice);
}

Result<void> Laboratory::answerUnreachable(const Prefix& network) {
    auto there = visitPeer();
    if (!there)
        return tl::unexpected(there.error());
    // A host answers for others only where it forwards for them.
    return inOrder([&] { return setSysctl("ip_forward", 1); },
                   [&] { return m_farLinks.refuse(network, Links::Refusal::Unreachable); });
}

Result<void> Laboratory::setWire(bool plugged) {
    return m_nearLinks.setUp(kNearDevice, plugged);
}

Result<Connected> Laboratory::connect(const Endpoint& remote, int listener, const SocketOptions& options) const {
    auto visit = visitLocal();
    if (!visit)
        return tl::unexpected(visit.error());
    auto near = connectTo(remote, options);
    if (!near)
        return tl::unexpected(near.error());
    if (!waitFor(near->get(), POLLOUT) || !waitFor(listener, POLLIN))
        return failure(ErrorCode::NotFound,
                       Sentence::tr("Nobody answered at {0} in the laboratory.", remote.toString()));
    return Connected{std::move(*near), acceptFrom(listener)};
}

Result<void> Laboratory::setSysctl(const std::string& name, int value) {
    const auto path = "/proc/sys/net/ipv4/" + name;
    const auto text = std::to_string(value);
    const UniqueFd file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
    if (file && ::write(file.get(), text.data(), text.size()) == static_cast<ssize_t>(text.size()))
        return {};
    const int error = errno;
    return failure(error == ENOENT ? ErrorCode::NotSupported : ErrorCode::NotPermitted,
                   Sentence::tr("{0} could not be set to {1}: {2}.", path, value, Errno{error}));
}

Result<void> addPeerAddress(Links& far, const IpAddress& address) {
    return far.addAddress(kFarDevice, hostOf(address));
}

Result<void> removePeerAddress(Links& far, const IpAddress& address) {
    return far.removeAddress(kFarDevice, hostOf(address));
}

} // namespace halfopen::lab
