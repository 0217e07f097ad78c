// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/diag/decode.h"
#include "core/kernel/netns/netns_access.h"
#include "core/kernel/unique_fd.h"

#include <linux/netlink.h>

#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

namespace halfopen {

/// One rtnetlink request: a header, a fixed body and attributes. @tparam Body  rtmsg, ndmsg, ifinfomsg, tcmsg, ...
class RouteRequest {
public:
    template <class Body>
    RouteRequest(std::uint16_t type, const Body& body)
        : m_type(type) {
        append(&body, sizeof body);
    }
    /// @param type  RTA_*, NDA_*, ...
    void attribute(std::uint16_t type, ByteView value);
    void attribute(std::uint16_t type, std::uint32_t value);

    /// All objects of the kind are asked for, and not one.
    RouteRequest& forAll() {
        m_flags = NLM_F_REQUEST | NLM_F_DUMP;
        return *this;
    }

    std::uint16_t type() const { return m_type; }
    std::uint16_t flags() const { return m_flags; }
    ByteView payload() const { return m_payload; }

private:
    void append(const void* data, std::size_t size);

    std::uint16_t m_type;
    std::uint16_t m_flags = NLM_F_REQUEST | NLM_F_ACK; // so that an answer comes even where there is nothing to tell
    std::vector<std::byte> m_payload;
};

/// The attributes that follow the fixed body of an rtnetlink message. Calls `each` with type (without flags) and value;
/// stops at the first that leaves the message.
void eachAttribute(ByteView rest, const std::function<void(std::uint16_t, ByteView)>& each);

/// A netlink socket of a network namespace for gets: one question, then its answers. Never waits
/// long for the kernel, and believes nobody else. One thread.
class RouteSocket {
public:
    /// @param netns     never null
    /// @param protocol  another one than rtnetlink, in messages of the same form: NETLINK_NETFILTER, NETLINK_GENERIC
    explicit RouteSocket(NetnsAccessPtr netns, int protocol = NETLINK_ROUTE)
        : m_netns(std::move(netns))
        , m_protocol(protocol) {}

    /// @return whether there is a socket
    bool open();

    /// Sends `request` and hands what the kernel answers to `answer`: the payloads behind the headers, nothing where
    /// the kernel has nothing to tell.
    /// @return 0, or the errno that the kernel answered with; -1 where it could not be asked or did not answer
    int ask(const RouteRequest& request, const std::function<void(ByteView)>& answer);

private:
    bool send(const RouteRequest& request);
    int receive(const std::function<void(ByteView)>& answer);

    NetnsAccessPtr m_netns;
    int m_protocol;
    UniqueFd m_socket;
    std::uint32_t m_sequence = 0;
    std::vector<std::byte> m_buffer;
};

} // namespace halfopen
