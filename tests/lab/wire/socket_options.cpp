// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/wire/socket_options.h"

#include "core/keepalive/knowledge.h"

#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/socket.h>

#ifndef TCP_RTO_MAX_MS
#define TCP_RTO_MAX_MS 44
#endif

namespace halfopen::test {

namespace {

int read(int socket, int level, int option) {
    int value = 0;
    socklen_t length = sizeof value;
    return ::getsockopt(socket, level, option, &value, &length) == 0 ? value : 0;
}

} // namespace

KeepaliveOptions readOptions(int socket) {
    KeepaliveOptions options;
    options.enabled = read(socket, SOL_SOCKET, SO_KEEPALIVE) != 0 ? Switch::On : Switch::Off;
    options.idleSeconds = read(socket, IPPROTO_TCP, TCP_KEEPIDLE);
    options.intervalSeconds = read(socket, IPPROTO_TCP, TCP_KEEPINTVL);
    options.probes = static_cast<std::int16_t>(read(socket, IPPROTO_TCP, TCP_KEEPCNT));
    options.userTimeout = Millis(static_cast<std::uint32_t>(read(socket, IPPROTO_TCP, TCP_USER_TIMEOUT)));
    options.synCount = static_cast<std::uint8_t>(read(socket, IPPROTO_TCP, TCP_SYNCNT));
    options.lingerSeconds = static_cast<std::int16_t>(read(socket, IPPROTO_TCP, TCP_LINGER2));
    options.rtoMax = Millis(static_cast<std::uint32_t>(read(socket, IPPROTO_TCP, TCP_RTO_MAX_MS)));
    options.enabledFrom = options.idleFrom = options.intervalFrom = Provenance::Exact;
    options.probesFrom = options.userTimeoutFrom = Provenance::Exact;
    return options;
}

KeepaliveOptions assumedOptions(const Connection& connection, const TcpSysctls& sysctls) {
    KeepaliveOptions options;
    learn(connection, nullptr, sysctls, options);
    return options;
}

bool sameValues(const KeepaliveOptions& exact, const KeepaliveOptions& assumed, const TcpSysctls& sysctls) {
    const bool keepalive = exact.enabled == Switch::Off ||
                           (exact.idleSeconds == assumed.idleSeconds &&
                            exact.intervalSeconds == assumed.intervalSeconds && exact.probes == assumed.probes);
    return keepalive && exact.userTimeout.count() == 0 && exact.synCount == sysctls.synRetries &&
           exact.lingerSeconds == sysctls.finTimeout &&
           (exact.rtoMax.count() == 0 || static_cast<std::int32_t>(exact.rtoMax.count()) == sysctls.rtoMaxMs);
}

} // namespace halfopen::test
