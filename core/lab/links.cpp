// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lab/links.h"

#include <fmt/format.h>
#include <poll.h>

#include <linux/if_addr.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <netlink/msg.h>
#include <netlink/netlink.h>
#include <netlink/route/addr.h>
#include <netlink/route/link.h>
#include <netlink/route/link/veth.h>
#include <netlink/route/neighbour.h>
#include <netlink/route/qdisc.h>
#include <netlink/route/qdisc/fifo.h>
#include <netlink/route/route.h>

#include <cassert>
#include <cstdlib>
#include <functional>
#include <string_view>

namespace halfopen::lab {

namespace {

template <auto release>
struct Release {
    template <class T>
    void operator()(T* object) const {
        release(object);
    }
};
using Link = std::unique_ptr<rtnl_link, Release<rtnl_link_put>>;
using VethLink = std::unique_ptr<rtnl_link, Release<rtnl_link_veth_release>>;
using Address = std::unique_ptr<rtnl_addr, Release<rtnl_addr_put>>;
using Route = std::unique_ptr<rtnl_route, Release<rtnl_route_put>>;
using Neighbour = std::unique_ptr<rtnl_neigh, Release<rtnl_neigh_put>>;
using Qdisc = std::unique_ptr<rtnl_qdisc, Release<rtnl_qdisc_put>>;
using RawAddress = std::unique_ptr<nl_addr, Release<nl_addr_put>>;

Result<void> check(int answer, const Sentence& what) {
    if (answer >= 0)
        return {};
    const bool rights = answer == -NLE_PERM || answer == -NLE_NOACCESS;
    return failure(rights ? ErrorCode::NotPermitted : ErrorCode::NotSupported,
                   Sentence::tr("The laboratory could not {0}: {1}.", what, nl_geterror(answer)));
}

int familyOf(const IpAddress& address) {
    return address.family() == Family::Ipv4 ? AF_INET : AF_INET6;
}

std::string describe(const Prefix& prefix) {
    return fmt::format("{}/{}", prefix.address.toString(), prefix.length);
}

RawAddress toNetlink(const Prefix& prefix) {
    const bool v4 = prefix.address.family() == Family::Ipv4;
    const auto& bytes = prefix.address.bytes;
    RawAddress raw(nl_addr_build(familyOf(prefix.address), v4 ? &bytes[12] : bytes.data(), v4 ? 4 : 16));
    nl_addr_set_prefixlen(raw.get(), prefix.length);
    return raw;
}

RawAddress toNetlink(const IpAddress& address) {
    return toNetlink(Prefix{address, address.family() == Family::Ipv4 ? 32 : 128});
}

Address addressOn(int index, const Prefix& prefix) {
    Address address(rtnl_addr_alloc());
    rtnl_addr_set_ifindex(address.get(), index);
    rtnl_addr_set_local(address.get(), toNetlink(prefix).get());
    if (prefix.address.family() == Family::Ipv6)
        rtnl_addr_set_flags(address.get(), IFA_F_NODAD);
    return address;
}

Route routeTo(const Prefix& to) {
    Route route(rtnl_route_alloc());
    rtnl_route_set_dst(route.get(), toNetlink(to).get());
    rtnl_route_set_table(route.get(), RT_TABLE_MAIN);
    rtnl_route_set_protocol(route.get(), RTPROT_STATIC);
    return route;
}

Route routeThrough(const Prefix& to, const IpAddress& gateway, int index) {
    auto route = routeTo(to);
    rtnl_route_set_type(route.get(), RTN_UNICAST);
    auto* hop = rtnl_route_nh_alloc();
    rtnl_route_nh_set_gateway(hop, toNetlink(gateway).get());
    rtnl_route_nh_set_ifindex(hop, index);
    rtnl_route_add_nexthop(route.get(), hop);
    return route;
}

void describeEnd(rtnl_link* link, const Links::End& end) {
    rtnl_link_set_name(link, end.device);
    const RawAddress hardware(nl_addr_build(AF_LLC, end.hardware.data(), end.hardware.size()));
    rtnl_link_set_addr(link, hardware.get());
}

/// Asks once a millisecond, a second long.
bool soon(const std::function<bool()>& condition) {
    constexpr int kTries = 1000;
    for (int i = 0; i < kTries; ++i) {
        if (condition())
            return true;
        ::poll(nullptr, 0, 1);
    }
    return false;
}

} // namespace

Prefix Prefix::of(const char* text) {
    const std::string_view whole(text);
    const auto slash = whole.find('/');
    const auto address = IpAddress::parse(whole.substr(0, slash));
    assert(address);
    const int full = address->family() == Family::Ipv4 ? 32 : 128;
    return {*address, slash == std::string_view::npos ? full : std::atoi(text + slash + 1)};
}

void Links::Close::operator()(nl_sock* socket) const {
    nl_socket_free(socket);
}

Result<Links> Links::open() {
    Links links;
    links.m_socket.reset(nl_socket_alloc());
    if (auto opened = check(nl_connect(links.m_socket.get(), NETLINK_ROUTE), Sentence::tr("open rtnetlink")); !opened)
        return tl::unexpected(opened.error());
    return links;
}

int Links::indexOf(const std::string& device) {
    rtnl_link* found = nullptr;
    if (rtnl_link_get_kernel(m_socket.get(), 0, device.c_str(), &found) < 0)
        return 0;
    return rtnl_link_get_ifindex(Link(found).get());
}

Result<void> Links::addVethPair(const End& here, const End& there, int peerNamespace) {
    const VethLink link(rtnl_link_veth_alloc());
    auto* peer = rtnl_link_veth_get_peer(link.get());
    describeEnd(link.get(), here);
    describeEnd(peer, there);
    rtnl_link_set_ns_fd(peer, peerNamespace);
    const int answer = rtnl_link_add(m_socket.get(), link.get(), NLM_F_CREATE | NLM_F_EXCL);
    rtnl_link_put(peer);
    return check(answer, Sentence::tr("make a pair of veth devices (is the kernel module veth missing?)"));
}

Result<void> Links::setUp(const std::string& device, bool up) {
    const Link old(rtnl_link_alloc());
    const Link change(rtnl_link_alloc());
    rtnl_link_set_ifindex(old.get(), indexOf(device));
    up ? rtnl_link_set_flags(change.get(), IFF_UP) : rtnl_link_unset_flags(change.get(), IFF_UP);
    return check(rtnl_link_change(m_socket.get(), old.get(), change.get(), 0),
                 Sentence::tr("switch the device {0}", device));
}

Result<void> Links::awaitCarrier(const std::string& device) {
    const bool running = soon([&] {
        rtnl_link* found = nullptr;
        return rtnl_link_get_kernel(m_socket.get(), 0, device.c_str(), &found) >= 0 &&
               (rtnl_link_get_flags(Link(found).get()) & IFF_RUNNING) != 0;
    });
    if (running)
        return {};
    return failure(ErrorCode::NotSupported,
                   Sentence::tr("The wire of the laboratory ({0}) stays without carrier.", device));
}

Result<void> Links::addAddress(const std::string& device, const Prefix& prefix) {
    const auto address = addressOn(indexOf(device), prefix);
    const int answer = rtnl_addr_add(m_socket.get(), address.get(), NLM_F_REPLACE);
    auto added = check(answer, Sentence::tr("add {0} to {1}", describe(prefix), device));
    if (!added || soon([&] { return isServed(prefix.address); }))
        return added;
    return failure(ErrorCode::NotSupported, Sentence::tr("The kernel does not serve {0}.", describe(prefix)));
}

/// Whether this host would take a packet to `address` for its own.
bool Links::isServed(const IpAddress& address) {
    rtnl_route* found = nullptr;
    if (rtnl_route_lookup(m_socket.get(), toNetlink(address).get(), &found) < 0)
        return false;
    return rtnl_route_get_type(Route(found).get()) == RTN_LOCAL;
}

Result<void> Links::removeAddress(const std::string& device, const Prefix& prefix) {
    const auto address = addressOn(indexOf(device), prefix);
    const int answer = rtnl_addr_delete(m_socket.get(), address.get(), 0);
    return check(answer, Sentence::tr("take {0} from {1}", describe(prefix), device));
}

Result<void> Links::remove(const std::string& device) {
    const Link link(rtnl_link_alloc());
    rtnl_link_set_ifindex(link.get(), indexOf(device));
    return check(rtnl_link_delete(m_socket.get(), link.get()), Sentence::tr("remove {0}", device));
}

Result<void> Links::addRoute(const Prefix& to, const IpAddress& gateway, const std::string& device) {
    const auto route = routeThrough(to, gateway, indexOf(device));
    const int answer = rtnl_route_add(m_socket.get(), route.get(), NLM_F_CREATE | NLM_F_REPLACE);
    return check(answer, Sentence::tr("add a route to {0}", describe(to)));
}

Result<void> Links::removeRoute(const Prefix& to, const IpAddress& gateway, const std::string& device) {
    const auto route = routeThrough(to, gateway, indexOf(device));
    return check(rtnl_route_delete(m_socket.get(), route.get(), 0),
                 Sentence::tr("remove the route to {0}", describe(to)));
}

Result<void> Links::refuse(const Prefix& to, Refusal how) {
    const auto route = routeTo(to);
    rtnl_route_set_type(route.get(), how == Refusal::Silent ? RTN_BLACKHOLE : RTN_UNREACHABLE);
    const int answer = rtnl_route_add(m_socket.get(), route.get(), NLM_F_CREATE | NLM_F_REPLACE);
    return check(answer, Sentence::tr("refuse packets to {0}", describe(to)));
}

Result<void> Links::addNeighbour(const std::string& device, const IpAddress& address, const Hardware& hardware) {
    const Neighbour neighbour(rtnl_neigh_alloc());
    const RawAddress lladdr(nl_addr_build(AF_LLC, hardware.data(), hardware.size()));
    rtnl_neigh_set_ifindex(neighbour.get(), indexOf(device));
    rtnl_neigh_set_dst(neighbour.get(), toNetlink(address).get());
    rtnl_neigh_set_lladdr(neighbour.get(), lladdr.get());
    rtnl_neigh_set_state(neighbour.get(), NUD_PERMANENT);
    const int answer = rtnl_neigh_add(m_socket.get(), neighbour.get(), NLM_F_CREATE | NLM_F_REPLACE);
    return check(answer, Sentence::tr("add the neighbour {0}", address.toString()));
}

// By hand: rtnl_neightbl_change() sends neither the device nor the delay that it was given (libnl 3.7).
Result<void> Links::doubtNeighbours(const std::string& device) {
    constexpr std::uint64_t kMilliseconds = 1000;
    ndtmsg head{};
    head.ndtm_family = AF_INET;
    nl_msg* message = nlmsg_alloc_simple(RTM_SETNEIGHTBL, 0);
    nlmsg_append(message, &head, sizeof head, NLMSG_ALIGNTO);
    nla_put_string(message, NDTA_NAME, "arp_cache");
    nlattr* values = nla_nest_start(message, NDTA_PARMS);
    nla_put_u32(message, NDTPA_IFINDEX, static_cast<std::uint32_t>(indexOf(device)));
    nla_put_u64(message, NDTPA_BASE_REACHABLE_TIME, kMilliseconds);
    nla_put_u64(message, NDTPA_DELAY_PROBE_TIME, kMilliseconds);
    nla_nest_end(message, values);
    const int answer = nl_send_sync(m_socket.get(), message); // which frees it
    return check(answer, Sentence::tr("have the neighbours of {0} asked for more often", device));
}

Result<void> Links::dropAll(const std::string& device) {
    const Qdisc queue(rtnl_qdisc_alloc());
    rtnl_tc_set_ifindex(TC_CAST(queue.get()), indexOf(device));
    rtnl_tc_set_parent(TC_CAST(queue.get()), TC_H_ROOT);
    rtnl_tc_set_kind(TC_CAST(queue.get()), "bfifo");
    rtnl_qdisc_fifo_set_limit(queue.get(), 1);
    const int answer = rtnl_qdisc_add(m_socket.get(), queue.get(), NLM_F_CREATE | NLM_F_REPLACE);
    return check(answer, Sentence::tr("give {0} a queue of its own", device));
}

} // namespace halfopen::lab
