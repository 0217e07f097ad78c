// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/diag/tracked_flow_reader.h"

#include <fmt/format.h>
#include <unistd.h>

#include <linux/netfilter/nf_conntrack_common.h>
#include <linux/netfilter/nf_conntrack_tcp.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_conntrack.h>
#include <netinet/in.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <string>

namespace halfopen {

namespace {

using Answer = TrackedFlow::Answer;

// A table of a million flows is not read for one of them: some 15 MB come in 100 ms.
constexpr std::size_t kMostOfFlows = 16 << 20;
constexpr std::uint16_t kGetFlow = NFNL_SUBSYS_CTNETLINK << 8 | IPCTNL_MSG_CT_GET;

/// Attributes one after the other, to be put into another one.
class Attributes {
public:
    void put(std::uint16_t type, ByteView value) {
        const nlattr head{static_cast<std::uint16_t>(NLA_HDRLEN + value.size()), type};
        append(&head, sizeof head);
        append(value.data(), value.size());
        m_bytes.resize(NLA_ALIGN(m_bytes.size()));
    }
    template <class Value>
    void put(std::uint16_t type, const Value& value) {
        put(type, std::as_bytes(std::span(&value, 1)));
    }
    ByteView view() const { return m_bytes; }

private:
    void append(const void* data, std::size_t size) {
        const auto* bytes = static_cast<const std::byte*>(data);
        m_bytes.insert(m_bytes.end(), bytes, bytes + size);
    }
    std::vector<std::byte> m_bytes;
};

ByteView v4(const IpAddress& address) {
    return std::as_bytes(std::span(address.bytes)).subspan(12);
}

bool isIpv4(const Connection& connection) {
    return connection.local.address.family() == Family::Ipv4 && connection.remote.address.family() == Family::Ipv4;
}

template <class Number>
std::optional<Number> numberOf(ByteView value) {
    if (value.size() < sizeof(Number))
        return std::nullopt;
    Number number{};
    std::memcpy(&number, value.data(), sizeof number);
    return number;
}

std::uint8_t stateIn(ByteView protocolInfo) {
    std::uint8_t state = 0;
    eachAttribute(protocolInfo, [&](std::uint16_t type, ByteView tcp) {
        if (type == CTA_PROTOINFO_TCP)
            eachAttribute(tcp, [&](std::uint16_t inner, ByteView value) {
                if (inner == CTA_PROTOINFO_TCP_STATE)
                    state = numberOf<std::uint8_t>(value).value_or(0);
            });
    });
    return state;
}

/// The value of "sport=" behind `from`, which is left behind it. "" where there is none.
std::string_view valueOf(std::string_view& line, std::string_view key) {
    const auto at = line.find(key);
    if (at == std::string_view::npos)
        return {};
    line.remove_prefix(at + key.size());
    return line.substr(0, line.find(' '));
}

bool isNumber(std::string_view text, std::uint16_t number) {
    return text == std::to_string(number);
}

/// One direction of a flow; `line` is left behind it.
bool isDirection(std::string_view& line, const Endpoint& from, const Endpoint& to) {
    const auto source = IpAddress::parse(valueOf(line, "src="));
    const auto destination = IpAddress::parse(valueOf(line, "dst="));
    const std::string_view sourcePort = valueOf(line, "sport=");
    const std::string_view destinationPort = valueOf(line, "dport=");
    return source == from.address && destination == to.address && isNumber(sourcePort, from.port) &&
           isNumber(destinationPort, to.port);
}

std::uint8_t stateNamed(std::string_view name) {
    for (std::uint8_t state = 0; !trackedStateName(state).empty(); ++state)
        if (trackedStateName(state) == name)
            return state;
    return 0;
}

/// The line goes on behind it.
std::string_view nextWord(std::string_view& line) {
    line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    const std::string_view word = line.substr(0, line.find(' '));
    line.remove_prefix(word.size());
    return word;
}

} // namespace

RouteRequest trackedFlowRequest(const Connection& connection) {
    const bool ipv4 = isIpv4(connection);
    const auto& local = connection.local;
    const auto& remote = connection.remote;
    Attributes addresses;
    if (ipv4) {
        addresses.put(CTA_IP_V4_SRC, v4(local.address));
        addresses.put(CTA_IP_V4_DST, v4(remote.address));
    } else {
        addresses.put(CTA_IP_V6_SRC, std::as_bytes(std::span(local.address.bytes)));
        addresses.put(CTA_IP_V6_DST, std::as_bytes(std::span(remote.address.bytes)));
    }
    Attributes ports;
    ports.put(CTA_PROTO_NUM, std::uint8_t{IPPROTO_TCP});
    ports.put(CTA_PROTO_SRC_PORT, htons(local.port));
    ports.put(CTA_PROTO_DST_PORT, htons(remote.port));
    Attributes tuple;
    tuple.put(NLA_F_NESTED | CTA_TUPLE_IP, addresses.view());
    tuple.put(NLA_F_NESTED | CTA_TUPLE_PROTO, ports.view());
    const nfgenmsg body{static_cast<std::uint8_t>(ipv4 ? AF_INET : AF_INET6), NFNETLINK_V0, 0};
    RouteRequest request(kGetFlow, body);
    request.attribute(NLA_F_NESTED | CTA_TUPLE_ORIG, tuple.view());
    return request;
}

std::optional<TrackedFlow> decodeTrackedFlow(ByteView payload) {
    if (payload.size() < sizeof(nfgenmsg))
        return std::nullopt;
    TrackedFlow flow{.answer = Answer::Tracked};
    bool whole = false;
    eachAttribute(payload.subspan(NLMSG_ALIGN(sizeof(nfgenmsg))), [&](std::uint16_t type, ByteView value) {
        if (type == CTA_TUPLE_ORIG)
            whole = true;
        else if (const auto seconds = numberOf<std::uint32_t>(value); type == CTA_TIMEOUT && seconds)
            flow.left = std::chrono::seconds(ntohl(*seconds));
        else if (type == CTA_STATUS && seconds)
            flow.translated = (ntohl(*seconds) & IPS_NAT_MASK) != 0;
        else if (type == CTA_PROTOINFO)
            flow.state = stateIn(value);
    });
    return whole ? std::optional(flow) : std::nullopt;
}

std::optional<TrackedFlow> trackedFlowIn(std::string_view line, const Connection& connection) {
    nextWord(line); // "ipv4"
    nextWord(line);
    if (nextWord(line) != "tcp")
        return std::nullopt;
    nextWord(line);
    TrackedFlow flow{.answer = Answer::Tracked};
    // "300 ESTABLISHED src=..." or, offloaded, "src=... [OFFLOAD]"
    std::string_view rest = line;
    const std::string_view seconds = nextWord(rest);
    long left = 0;
    const char* const end = seconds.data() + seconds.size();
    if (!seconds.empty() && std::from_chars(seconds.data(), end, left).ptr == end) {
        flow.left = std::chrono::seconds(left);
        flow.state = stateNamed(nextWord(rest));
    } else {
        rest = line;
    }
    std::string_view original = rest;
    const bool there = isDirection(original, connection.local, connection.remote);
    std::string_view answers = original;
    const bool back = isDirection(answers, connection.local, connection.remote);
    if (!there && !back)
        return std::nullopt;
    // Without NAT the other direction is just turned round.
    std::string_view first = rest;
    flow.translated = there ? !isDirection(original, connection.remote, connection.local)
                            : !isDirection(first, connection.remote, connection.local);
    return flow;
}

TrackedFlow TrackedFlowReader::readFile(const Connection& connection) const {
    const UniqueFd file = m_netns->statistics("nf_conntrack");
    if (!file)
        return {.answer = errno == EACCES ? Answer::NotPermitted : Answer::NotTold};
    std::string text;
    std::size_t read = 0;
    std::array<char, 65536> block{};
    for (;;) {
        const ssize_t size = ::read(file.get(), block.data(), block.size());
        if (size <= 0)
            return {.answer = size == 0 ? Answer::Untracked : Answer::NotTold};
        text.append(block.data(), static_cast<std::size_t>(size));
        read += static_cast<std::size_t>(size);
        std::size_t begin = 0;
        for (auto end = text.find('\n'); end != std::string::npos; begin = end + 1, end = text.find('\n', begin))
            if (const auto flow = trackedFlowIn(std::string_view(text).substr(begin, end - begin), connection))
                return *flow;
        text.erase(0, begin);
        if (read > kMostOfFlows)
            return {.answer = Answer::NotTold};
    }
}

TrackedFlow TrackedFlowReader::read(const Connection& connection) {
    std::optional<TrackedFlow> flow;
    const int error = m_socket.ask(trackedFlowRequest(connection),
                                   [&](ByteView payload) { flow = flow ? flow : decodeTrackedFlow(payload); });
    if (!flow && error == ENOENT)
        flow = TrackedFlow{.answer = Answer::Untracked};
    if (!flow && error == EPERM)
        flow = TrackedFlow{.answer = Answer::NotPermitted};
    if (!flow) // no nf_conntrack_netlink
        flow = readFile(connection);
    flow->asked = MonotonicClock::now();
    return *flow;
}

} // namespace halfopen
