// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tcp/endpoint.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

namespace halfopen {

namespace {

constexpr std::array<std::uint8_t, 12> kMappedPrefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

} // namespace

IpAddress IpAddress::v4(std::array<std::uint8_t, 4> networkOrder) {
    IpAddress address;
    std::ranges::copy(kMappedPrefix, address.bytes.begin());
    std::ranges::copy(networkOrder, address.bytes.begin() + kMappedPrefix.size());
    return address;
}

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
    if (text.size() >= 2 && text.front() == '[' && text.back() == ']')
        text = text.substr(1, text.size() - 2);
    const std::string copy(text);
    std::array<std::uint8_t, 4> four{};
    if (inet_pton(AF_INET, copy.c_str(), four.data()) == 1)
        return v4(four);
    IpAddress address;
    if (inet_pton(AF_INET6, copy.c_str(), address.bytes.data()) == 1)
        return address;
    return std::nullopt;
}

Family IpAddress::family() const {
    return std::memcmp(bytes.data(), kMappedPrefix.data(), kMappedPrefix.size()) == 0 ? Family::Ipv4 : Family::Ipv6;
}

bool IpAddress::isUnspecified() const {
    const std::size_t first = family() == Family::Ipv4 ? kMappedPrefix.size() : 0;
    return std::all_of(bytes.begin() + static_cast<std::ptrdiff_t>(first), bytes.end(), [](auto b) { return b == 0; });
}

bool IpAddress::isLoopback() const {
    if (family() == Family::Ipv4)
        return bytes[12] == 127;
    return std::all_of(bytes.begin(), bytes.end() - 1, [](auto b) { return b == 0; }) && bytes[15] == 1;
}

std::string IpAddress::toString() const {
    char text[INET6_ADDRSTRLEN] = "";
    const bool four = family() == Family::Ipv4;
    inet_ntop(four ? AF_INET : AF_INET6, bytes.data() + (four ? kMappedPrefix.size() : 0), text, sizeof text);
    return text;
}

std::string Endpoint::toString() const {
    std::string text;
    appendTo(text);
    return text;
}

void Endpoint::appendTo(std::string& text) const {
    std::array<char, 32> digits; // "255.255.255.255:65535" at most
    char* end = digits.data();
    const auto put = [&](unsigned number, char after) {
        end = std::to_chars(end, end + 3, number).ptr;
        *end++ = after;
    };
    if (address.family() == Family::Ipv4) {
        for (std::size_t byte = 12; byte < 16; ++byte)
            put(address.bytes[byte], byte == 15 ? ':' : '.');
    } else {
        text += address.isUnspecified() ? "*:" : "[" + address.toString() + "]:";
    }
    if (port == 0)
        *end++ = '*';
    else
        end = std::to_chars(end, end + 5, port).ptr;
    text.append(digits.data(), end);
}

} // namespace halfopen
