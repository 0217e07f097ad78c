// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/endpoint.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <utility>

namespace halfopen {

namespace {

constexpr std::array<std::uint8_t, 12> kMappedPrefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

/// The longest run of zero groups, of at least two; the first of several. @return its begin and end
std::pair<std::size_t, std::size_t> longestZeros(const std::array<std::uint16_t, 8>& groups) {
    std::pair<std::size_t, std::size_t> longest{8, 8};
    std::size_t most = 1;
    for (std::size_t begin = 0; begin < groups.size();) {
        std::size_t end = begin;
        while (end < groups.size() && groups[end] == 0)
            ++end;
        if (end - begin > most) {
            most = end - begin;
            longest = {begin, end};
        }
        begin = std::max(end, begin + 1);
    }
    return longest;
}

/// RFC 5952, as inet_ntop() writes it, which reads a pattern for each group.
char* writeIpv6(const std::array<std::uint8_t, 16>& bytes, char* to) {
    std::array<std::uint16_t, 8> groups;
    for (std::size_t group = 0; group < groups.size(); ++group)
        groups[group] = static_cast<std::uint16_t>(bytes[2 * group] << 8 | bytes[2 * group + 1]);
    const auto [begin, end] = longestZeros(groups);
    for (std::size_t group = 0; group < groups.size(); ++group) {
        if (group == begin) {
            *to++ = ':';
            *to++ = ':';
            group = end - 1;
            continue;
        }
        if (group != 0 && group != end)
            *to++ = ':';
        to = std::to_chars(to, to + 4, groups[group], 16).ptr;
    }
    return to;
}

/// ::a.b.c.d is written with an IPv4 address in it (RFC 4291, 2.5.5.1).
bool holdsIpv4(const std::array<std::uint8_t, 16>& bytes) {
    return std::all_of(bytes.begin(), bytes.begin() + 12, [](auto byte) { return byte == 0; }) &&
           (bytes[12] != 0 || bytes[13] != 0);
}

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
    if (holdsIpv4(bytes)) {
        inet_ntop(AF_INET6, bytes.data(), six, sizeof six);
        text += six;
        return;
    }
    text.append(six, writeIpv6(bytes, six));
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
