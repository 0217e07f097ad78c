// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/diag/netlink_paths.h"

#include <fmt/format.h>
#include <unistd.h>

#include <linux/gen_stats.h>
#include <linux/if_addr.h>
#include <linux/neighbour.h>
#include <linux/pkt_sched.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <optional>
#include <utility>

namespace halfopen {

namespace {

constexpr std::chrono::seconds kAskAgain{30}; // how neighbours are asked for rarely changes

bool isIpv4(const IpAddress& address) {
    return address.family() == Family::Ipv4;
}

std::uint8_t familyOf(const IpAddress& address) {
    return isIpv4(address) ? AF_INET : AF_INET6;
}

ByteView rawOf(const IpAddress& address) {
    const auto bytes = std::as_bytes(std::span(address.bytes));
    return isIpv4(address) ? bytes.subspan(12) : bytes;
}

IpAddress addressOf(ByteView raw) {
    IpAddress address;
    if (raw.size() == 4) {
        std::array<std::uint8_t, 4> four{};
        std::memcpy(four.data(), raw.data(), four.size());
        return IpAddress::v4(four);
    }
    if (raw.size() == address.bytes.size())
        std::memcpy(address.bytes.data(), raw.data(), raw.size());
    return address;
}

template <class T>
std::optional<T> read(ByteView raw) {
    T value{};
    if (raw.size() < sizeof value)
        return std::nullopt;
    std::memcpy(&value, raw.data(), sizeof value);
    return value;
}

Route kindOf(std::uint8_t type, bool gateway) {
    switch (type) {
    case RTN_LOCAL:
        return Route::Local;
    case RTN_UNREACHABLE:
        return Route::Unreachable;
    case RTN_BLACKHOLE:
        return Route::Blackhole;
    case RTN_PROHIBIT:
        return Route::Prohibited;
    default:
        return gateway ? Route::Gateway : Route::OnLink;
    }
}

Route refusalOf(int error) {
    switch (error) {
    case ENETUNREACH:
        return Route::None;
    case EHOSTUNREACH:
        return Route::Unreachable;
    case EINVAL:
        return Route::Blackhole;
    case EACCES:
        return Route::Prohibited;
    default:
        return Route::Unknown;
    }
}

Neighbour stateOf(std::uint16_t state) {
    if (state & (NUD_NOARP | NUD_PERMANENT))
        return Neighbour::NoArp;
    if (state & NUD_INCOMPLETE)
        return Neighbour::Incomplete;
    if (state & NUD_FAILED)
        return Neighbour::Failed;
    if (state & NUD_REACHABLE)
        return Neighbour::Reachable;
    if (state & NUD_STALE)
        return Neighbour::Stale;
    if (state & NUD_DELAY)
        return Neighbour::Delay;
    return state & NUD_PROBE ? Neighbour::Probe : Neighbour::None;
}

/// clock_t, hundredths of a second.
Millis fromClock(std::uint32_t ticks) {
    static const auto perSecond = std::max<long>(sysconf(_SC_CLK_TCK), 1);
    return saturate(std::chrono::milliseconds(std::int64_t{ticks} * 1000 / perSecond));
}

std::uint32_t numberIn(const std::string& file, std::uint32_t otherwise) {
    std::ifstream in(file);
    std::uint32_t number = 0;
    return in >> number ? number : otherwise;
}

std::uint8_t small(std::uint32_t number) {
    return static_cast<std::uint8_t>(std::min<std::uint32_t>(number, 255));
}

} // namespace

NetlinkPaths::NetlinkPaths(std::size_t most, const NetnsAccessPtr& netns)
    : m_most(most)
    , m_socket(netns) {
    if (netns->tier() == NetnsTier::Own) {
        m_settings[0] = "/proc/sys/net/ipv4/";
        m_settings[1] = "/proc/sys/net/ipv6/";
        return;
    }
    m_directory = netns->settings("ipv4");
    if (m_directory)
        m_settings[0] = fmt::format("/proc/self/fd/{}/", m_directory.get());
}

void NetlinkPaths::beginSample() {
    m_paths.clear();
    m_interfaces.clear();
    if (!m_drops.empty())
        m_dropsBefore = std::exchange(m_drops, {});
}

const Path* NetlinkPaths::of(const Connection& connection) {
    const Key key{connection.remote.address, connection.local.address, connection.interface};
    const auto known = m_paths.find(key);
    if (known != m_paths.end())
        return known->second.route == Route::Unknown ? nullptr : &known->second;
    if (m_paths.size() >= m_most)
        return nullptr;
    const Path& path = m_paths.emplace(key, lookUp(key)).first->second;
    return path.route == Route::Unknown ? nullptr : &path;
}

Path NetlinkPaths::lookUp(const Key& key) {
    Path path;
    const int error = routeTo(key, true, path);
    path.taken = MonotonicClock::now();
    if (error < 0)
        return path;
    if (error > 0) {
        path.route = refusalOf(error);
        Path other;
        if (path.route == Route::None && routeTo(key, false, other) == 0)
            path.route = Route::AddressGone;
        return path;
    }
    if (path.route != Route::Local && !hasAddress(key.local))
        path.route = Route::AddressGone;
    if (path.route == Route::OnLink)
        path.nextHop = key.remote;
    if (path.route == Route::OnLink || path.route == Route::Gateway)
        findNeighbour(path);
    return path;
}

int NetlinkPaths::routeTo(const Key& key, bool withSource, Path& path) {
    rtmsg head{};
    head.rtm_family = familyOf(key.remote);
    head.rtm_dst_len = isIpv4(key.remote) ? 32 : 128;
    head.rtm_src_len = withSource ? head.rtm_dst_len : 0;
    RouteRequest request(RTM_GETROUTE, head);
    request.attribute(RTA_DST, rawOf(key.remote));
    if (withSource)
        request.attribute(RTA_SRC, rawOf(key.local));
    if (key.interface != 0)
        request.attribute(RTA_OIF, key.interface);
    return m_socket.ask(request, [&path](ByteView answer) {
        const auto body = read<rtmsg>(answer);
        if (!body)
            return;
        bool gateway = false;
        eachAttribute(answer.subspan(sizeof(rtmsg)), [&](std::uint16_t type, ByteView value) {
            if (type == RTA_OIF)
                path.interface = read<std::uint32_t>(value).value_or(0);
            if (type == RTA_VIA && value.size() > sizeof(rtvia)) { // an IPv6 next hop of an IPv4 route
                path.nextHop = addressOf(value.subspan(sizeof(rtvia)));
                gateway = true;
            }
            if (type == RTA_GATEWAY) {
                path.nextHop = addressOf(value);
                gateway = true;
            }
        });
        path.route = kindOf(body->rtm_type, gateway);
    });
}

/// RTM_GETROUTE refuses an IPv4 source that this machine does not have, and takes any IPv6 one.
bool NetlinkPaths::hasAddress(const IpAddress& address) {
    if (isIpv4(address) || address.isUnspecified())
        return true;
    ifaddrmsg head{};
    head.ifa_family = AF_INET6;
    RouteRequest request(RTM_GETADDR, head);
    request.attribute(IFA_ADDRESS, rawOf(address));
    return m_socket.ask(request, [](ByteView) {}) != EADDRNOTAVAIL;
}

void NetlinkPaths::findNeighbour(Path& path) {
    const Interface& device = interfaceOf(path.interface);
    path.linkUp = device.up;
    path.dropped = device.dropped;
    const Asking& asking = askingOn(path.interface, device.name, isIpv4(path.nextHop));
    path.solicits = asking.solicits;
    path.unicastSolicits = asking.unicastSolicits;
    path.retransTime = asking.retransTime;
    path.delayProbeTime = asking.delayProbeTime;
    path.reachableTime = asking.reachableTime;
    if (!device.needsNeighbours) {
        path.neighbour = Neighbour::NoArp;
        return;
    }
    ndmsg head{};
    head.ndm_family = familyOf(path.nextHop);
    head.ndm_ifindex = static_cast<int>(path.interface);
    RouteRequest request(RTM_GETNEIGH, head);
    request.attribute(NDA_DST, rawOf(path.nextHop));
    const auto asked = MonotonicClock::now();
    const int error = m_socket.ask(request, [&path](ByteView answer) {
        const auto body = read<ndmsg>(answer);
        if (!body)
            return;
        path.neighbour = stateOf(body->ndm_state);
        eachAttribute(answer.subspan(sizeof(ndmsg)), [&](std::uint16_t type, ByteView value) {
            if (type != NDA_CACHEINFO)
                return;
            if (const auto ages = read<nda_cacheinfo>(value)) {
                path.confirmed = fromClock(ages->ndm_confirmed);
                path.updated = fromClock(ages->ndm_updated);
            }
        });
    });
    // Between the answer and the stamp this thread may have waited for a processor.
    path.taken = MonotonicClock::now();
    path.readBefore = saturate(std::chrono::floor<std::chrono::milliseconds>(path.taken - asked));
    if (error == ENOENT)
        path.neighbour = Neighbour::None;
}

const NetlinkPaths::Interface& NetlinkPaths::interfaceOf(std::uint32_t index) {
    const auto [entry, isNew] = m_interfaces.try_emplace(index);
    if (isNew) {
        readLink(index, entry->second);
        if (m_drops.empty())
            readDrops();
        const auto before = m_dropsBefore.find(index);
        const auto now = m_drops.find(index);
        entry->second.dropped = before != m_dropsBefore.end() && now != m_drops.end() && now->second != before->second;
    }
    return entry->second;
}

void NetlinkPaths::readLink(std::uint32_t index, Interface& out) {
    ifinfomsg head{};
    head.ifi_index = static_cast<int>(index);
    m_socket.ask(RouteRequest(RTM_GETLINK, head), [&out](ByteView answer) {
        const auto body = read<ifinfomsg>(answer);
        if (!body)
            return;
        out.up = (body->ifi_flags & IFF_UP) != 0 && (body->ifi_flags & IFF_RUNNING) != 0;
        out.needsNeighbours = (body->ifi_flags & (IFF_NOARP | IFF_LOOPBACK | IFF_POINTOPOINT)) == 0;
        eachAttribute(answer.subspan(sizeof(ifinfomsg)), [&](std::uint16_t type, ByteView value) {
            if (type == IFLA_CARRIER)
                out.up = out.up && read<std::uint8_t>(value).value_or(1) != 0;
            if (type == IFLA_IFNAME)
                out.name.assign(reinterpret_cast<const char*>(value.data()),
                                strnlen(reinterpret_cast<const char*>(value.data()), value.size()));
        });
    });
}

/// Of every queue at once: a get of one is answered by a notice to everybody who listens (net/sched/sch_api.c).
void NetlinkPaths::readDrops() {
    m_socket.ask(RouteRequest(RTM_GETQDISC, tcmsg{}).forAll(), [this](ByteView answer) {
        const auto body = read<tcmsg>(answer);
        if (!body)
            return;
        std::uint32_t& drops = m_drops[static_cast<std::uint32_t>(body->tcm_ifindex)];
        eachAttribute(answer.subspan(sizeof(tcmsg)), [&](std::uint16_t type, ByteView value) {
            if (type != TCA_STATS2)
                return;
            eachAttribute(value, [&](std::uint16_t inner, ByteView stats) {
                if (inner == TCA_STATS_QUEUE)
                    drops += read<gnet_stats_queue>(stats).value_or(gnet_stats_queue{}).drops;
            });
        });
    });
}

const NetlinkPaths::Asking& NetlinkPaths::askingOn(std::uint32_t index, const std::string& name, bool ipv4) {
    Asking& asking = m_asking[{index, ipv4}];
    const MonotonicTime now = MonotonicClock::now();
    if (asking.read != MonotonicTime{} && now - asking.read < kAskAgain)
        return asking;
    // What of another namespace cannot be read stands nowhere: then the kernel's defaults do.
    const std::string& settings = m_settings[ipv4 ? 0 : 1];
    const std::string folder = settings.empty() ? "/nowhere/" : fmt::format("{}neigh/{}/", settings, name);
    asking.read = now;
    asking.solicits = small(numberIn(folder + "mcast_solicit", 3));
    asking.unicastSolicits = small(numberIn(folder + "ucast_solicit", 3));
    asking.retransTime = Millis(numberIn(folder + "retrans_time_ms", 1000));
    asking.delayProbeTime = saturate(std::chrono::seconds(numberIn(folder + "delay_first_probe_time", 5)));
    asking.reachableTime = Millis(numberIn(folder + "base_reachable_time_ms", 30'000));
    return asking;
}

} // namespace halfopen
