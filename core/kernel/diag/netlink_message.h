// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/diag/decode.h"

#include <linux/netlink.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <optional>

namespace halfopen {

/// One message of a datagram (netlink(7)); its length is one that the bytes there bear out.
struct NetlinkMessage {
    nlmsghdr head{};
    ByteView payload; ///< behind the header, without padding
    ByteView whole;   ///< with header, and with as much of the padding as there is
};

/// The first message of `bytes`, which may begin at any address; nullopt where none fits in.
inline std::optional<NetlinkMessage> firstMessage(ByteView bytes) {
    NetlinkMessage message;
    if (bytes.size() < sizeof message.head)
        return std::nullopt;
    std::memcpy(&message.head, bytes.data(), sizeof message.head);
    const std::size_t length = message.head.nlmsg_len;
    if (length < sizeof message.head || length > bytes.size())
        return std::nullopt;
    message.payload = bytes.subspan(sizeof message.head, length - sizeof message.head);
    message.whole = bytes.first(std::min<std::size_t>(NLMSG_ALIGN(length), bytes.size()));
    return message;
}

/// What NLMSG_ERROR and NLMSG_DONE begin with: 0, or a negated errno; nullopt where the message is cut short.
inline std::optional<std::int32_t> statusOf(ByteView payload) {
    std::int32_t status = 0;
    if (payload.size() < sizeof status)
        return std::nullopt;
    std::memcpy(&status, payload.data(), sizeof status);
    return status;
}

} // namespace halfopen
