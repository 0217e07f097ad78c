// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/process/hosts.h"

#include <netdb.h>

#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>

namespace halfopen {

namespace {

/// Addresses of one family, each once.
std::vector<IpAddress> addressesOfFamily(const std::string& host, int family) {
    std::vector<IpAddress> addresses;
    addrinfo hints{};
    hints.ai_family = family;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (::getaddrinfo(host.c_str(), nullptr, &hints, &found) != 0)
        return addresses;
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> all(found, &::freeaddrinfo);
    for (const addrinfo* one = found; one; one = one->ai_next) {
        IpAddress address;
        if (family == AF_INET) {
            std::array<std::uint8_t, 4> bytes{};
            std::memcpy(bytes.data(), &reinterpret_cast<const sockaddr_in*>(one->ai_addr)->sin_addr, bytes.size());
            address = IpAddress::v4(bytes);
        } else {
            std::memcpy(address.bytes.data(), &reinterpret_cast<const sockaddr_in6*>(one->ai_addr)->sin6_addr,
                        address.bytes.size());
        }
        if (std::ranges::find(addresses, address) == addresses.end())
            addresses.push_back(address);
    }
    return addresses;
}

std::string nameOfSocketAddress(const sockaddr* address, socklen_t length) {
    std::array<char, NI_MAXHOST> name{};
    if (::getnameinfo(address, length, name.data(), name.size(), nullptr, 0, NI_NAMEREQD) != 0)
        return {};
    return name.data();
}

} // namespace

std::string nameOf(const IpAddress& address) {
    if (address.family() == Family::Ipv6) {
        sockaddr_in6 six{};
        six.sin6_family = AF_INET6;
        std::memcpy(&six.sin6_addr, address.bytes.data(), address.bytes.size());
        return nameOfSocketAddress(reinterpret_cast<const sockaddr*>(&six), sizeof six);
    }
    sockaddr_in four{};
    four.sin_family = AF_INET;
    std::memcpy(&four.sin_addr, address.bytes.data() + 12, sizeof four.sin_addr);
    return nameOfSocketAddress(reinterpret_cast<const sockaddr*>(&four), sizeof four);
}

std::vector<IpAddress> addressesOf(const std::string& host) {
    auto addresses = addressesOfFamily(host, AF_INET);
    return addresses.empty() ? addressesOfFamily(host, AF_INET6) : addresses;
}

} // namespace halfopen
