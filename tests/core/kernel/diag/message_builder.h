// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/diag/source.h"

#include <arpa/inet.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <sys/socket.h>

#include <cstddef>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

namespace halfopen::test {

using ByteVector = std::vector<std::byte>;

template <class T>
void append(ByteVector& to, const T& value) {
    const auto* first = reinterpret_cast<const std::byte*>(&value);
    to.insert(to.end(), first, first + sizeof value);
}

inline void pad(ByteVector& to) {
    to.resize(NLMSG_ALIGN(to.size()));
}

/// An IPv4 connection 10.0.0.1:22 - 10.0.0.2:50312 with the given state and cookie.
inline inet_diag_msg socketHead(std::uint8_t state = 1, std::uint64_t cookie = 0x1d2) {
    inet_diag_msg head{};
    head.idiag_family = AF_INET;
    head.idiag_state = state;
    head.id.idiag_sport = htons(22);
    head.id.idiag_dport = htons(50312);
    inet_pton(AF_INET, "10.0.0.1", &head.id.idiag_src);
    inet_pton(AF_INET, "10.0.0.2", &head.id.idiag_dst);
    head.id.idiag_cookie[0] = static_cast<std::uint32_t>(cookie);
    head.id.idiag_cookie[1] = static_cast<std::uint32_t>(cookie >> 32);
    return head;
}

inline ByteVector attribute(std::uint16_t type, std::span<const std::byte> value) {
    ByteVector bytes;
    append(bytes, rtattr{static_cast<unsigned short>(sizeof(rtattr) + value.size()), type});
    bytes.insert(bytes.end(), value.begin(), value.end());
    pad(bytes);
    return bytes;
}

inline ByteVector payload(const inet_diag_msg& head, std::initializer_list<ByteVector> attributes = {}) {
    ByteVector bytes;
    append(bytes, head);
    for (const auto& one : attributes)
        bytes.insert(bytes.end(), one.begin(), one.end());
    return bytes;
}

inline ByteVector message(std::uint16_t type, const ByteVector& body, std::uint16_t flags = NLM_F_MULTI,
                          std::uint32_t sequence = 7, std::uint32_t port = 42) {
    ByteVector bytes;
    append(bytes, nlmsghdr{static_cast<std::uint32_t>(sizeof(nlmsghdr) + body.size()), type, flags, sequence, port});
    bytes.insert(bytes.end(), body.begin(), body.end());
    pad(bytes);
    return bytes;
}

inline ByteVector done(std::int32_t status = 0) {
    ByteVector body;
    append(body, status);
    return message(NLMSG_DONE, body);
}

inline ByteVector join(std::initializer_list<ByteVector> parts) {
    ByteVector all;
    for (const auto& part : parts)
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

class CollectingSink : public ConnectionSink {
public:
    void restart() override {
        connections.clear();
        ++restarts;
    }
    void add(const Connection& connection) override { connections.push_back(connection); }
    std::vector<Connection> connections;
    int restarts = 0;
};

} // namespace halfopen::test
