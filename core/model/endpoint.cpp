// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/endpoint.h"

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
    std::string text;
    appendTo(text);
    return text;
}

void IpAddress::appendTo(std::string& text) const {
    if (family() == Family::Ipv4) {
        std::array<char, 16> digits; // inet_ntop() reads a pattern for each
        char* end = digits.data();
        for (std::size_t byte = kMappedPrefix.size(); byte < bytes.size(); ++byte) {
            end = std::to_chars(end, end + 3, bytes[byte]).ptr;
            *end++ = '.';
        }
        text.append(digits.data(), end - 1);
        return;
    }
    char six[INET6_ADDRSTRLEN] = "";
    inet_ntop(AF_INET6, bytes.data(), six, sizeof six);
    text += six;
}

std::string Endpoint::toString(std::string_view zone) const {
    std::string text;
    appendTo(text, zone);
    return text;
}

void Endpoint::appendTo(std::string& text, std::string_view zone) const {
    const bool bracketed = address.family() == Family::Ipv6 && !address.isUnspecified();
    if (bracketed)
        text += '[';
    if (address.family() == Family::Ipv6 && !bracketed)
        text += '*';
    else
        address.appendTo(text);
    if (!zone.empty() && address.isLinkLocal()) {
        text += '%';
        text += zone;
    }
    text += bracketed ? "]:" : ":";
    std::array<char, 5> digits;
    if (port == 0)
        text += '*';
    else
        text.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), port).ptr);
}

} // namespace halfopen
