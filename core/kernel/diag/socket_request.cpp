// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/diag/socket_request.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cstring>
#include <limits>

namespace halfopen {
namespace {

/// An AF_INET socket is looked for by the last four bytes; an AF_INET6 one by all, also where it is v4-mapped.
void setAddress(const IpAddress& address, bool inet6, __be32 (&words)[4]) {
    constexpr std::size_t kMappedPrefix = 12;
    const std::size_t skip = inet6 ? 0 : kMappedPrefix;
    std::memcpy(words, address.bytes.data() + skip, address.bytes.size() - skip);
}

} // namespace

inet_diag_req_v2 requestFor(const Connection& connection) {
    inet_diag_req_v2 request{};
    request.sdiag_family = connection.inet6 ? AF_INET6 : AF_INET;
    request.sdiag_protocol = IPPROTO_TCP;
    request.idiag_states = std::numeric_limits<std::uint32_t>::max();
    inet_diag_sockid& id = request.id;
    setAddress(connection.local.address, connection.inet6, id.idiag_src);
    setAddress(connection.remote.address, connection.inet6, id.idiag_dst);
    id.idiag_sport = htons(connection.local.port);
    id.idiag_dport = htons(connection.remote.port);
    id.idiag_if = connection.interface;
    id.idiag_cookie[0] = static_cast<std::uint32_t>(connection.cookie);
    id.idiag_cookie[1] = static_cast<std::uint32_t>(connection.cookie >> 32);
    return request;
}

} // namespace halfopen
