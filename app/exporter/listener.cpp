// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/exporter/listener.h"

#include "app/exporter/environment.h"
#include "core/model/endpoint.h"

#include <fcntl.h>
#include <unistd.h>

#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string_view>

namespace halfopen::exporter {

namespace {

constexpr int kFirstHandedOver = 3; // SD_LISTEN_FDS_START
constexpr int kBacklog = 16;

/// How many descriptors were handed over to this very process.
int handedOver() {
    const auto process = numberIn<pid_t>(takeVariable("LISTEN_PID"));
    const auto count = numberIn<int>(takeVariable("LISTEN_FDS"));
    takeVariable("LISTEN_FDNAMES");
    return process == ::getpid() ? std::max(count.value_or(0), 0) : 0;
}

bool isListening(int fd) {
    int listening = 0;
    socklen_t size = sizeof listening;
    return ::getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listening, &size) == 0 && listening != 0;
}

Result<UniqueFd> handedOverListener(int count) {
    if (count > 1)
        return failure(
            ErrorCode::NotSupported,
            Sentence::tr("{0} sockets were handed over, and one is all that can be answered on: one ListenStream= "
                         "has to be left.",
                         count));
    UniqueFd listener(kFirstHandedOver);
    if (!isListening(listener.get()) || ::fcntl(listener.get(), F_SETFD, FD_CLOEXEC) != 0)
        return failure(ErrorCode::NotSupported, Sentence::tr("What was handed over is no socket that listens."));
    return listener;
}

std::optional<Endpoint> parsedEndpoint(std::string_view text) {
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos)
        return std::nullopt;
    const std::string_view address = text.substr(0, colon);
    const auto parsed = IpAddress::parse(address);
    const auto port = numberIn<std::uint16_t>(text.substr(colon + 1));
    const bool bare = address.find(':') != std::string_view::npos && !address.starts_with('[');
    if (!parsed || !port || *port == 0 || bare)
        return std::nullopt;
    return Endpoint{*parsed, *port};
}

int openedOn(const Endpoint& endpoint, UniqueFd& listener) {
    sockaddr_in6 six{};
    sockaddr_in four{};
    const bool old = endpoint.address.family() == Family::Ipv4;
    six.sin6_family = AF_INET6;
    four.sin_family = AF_INET;
    six.sin6_port = four.sin_port = htons(endpoint.port);
    std::memcpy(&six.sin6_addr, endpoint.address.bytes.data(), sizeof six.sin6_addr);
    std::memcpy(&four.sin_addr, endpoint.address.bytes.data() + 12, sizeof four.sin_addr);
    listener.reset(::socket(old ? AF_INET : AF_INET6, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!listener)
        return errno;
    const int on = 1;
    ::setsockopt(listener.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (!old)
        ::setsockopt(listener.get(), IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
    const int bound = old ? ::bind(listener.get(), reinterpret_cast<const sockaddr*>(&four), sizeof four)
                          : ::bind(listener.get(), reinterpret_cast<const sockaddr*>(&six), sizeof six);
    return bound != 0 || ::listen(listener.get(), kBacklog) != 0 ? errno : 0;
}

} // namespace

Result<UniqueFd> takeListener(const std::optional<std::string>& address) {
    const int count = handedOver();
    if (count > 0 && address)
        return failure(ErrorCode::Usage, Sentence::tr("systemd has opened the socket: where it listens is said in "
                                                      "halfopen-exporter.socket, not by --listen."));
    if (count > 0)
        return handedOverListener(count);
    const std::string text = address.value_or(kUsualAddress);
    const auto endpoint = parsedEndpoint(text);
    if (!endpoint)
        return failure(ErrorCode::Usage,
                       Sentence::tr("'{0}' is no address with a port, such as 127.0.0.1:9995 or [::1]:9995.", text));
    UniqueFd listener;
    if (const int error = openedOn(*endpoint, listener))
        return failure(error == EACCES || error == EPERM ? ErrorCode::NotPermitted : ErrorCode::SomeFailed,
                       Sentence::tr("Cannot listen on {0}: {1}.", text, Errno{error}));
    return listener;
}

} // namespace halfopen::exporter
