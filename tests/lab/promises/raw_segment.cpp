// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/promises/raw_segment.h"

#include "core/kernel/unique_fd.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cstring>
#include <stdexcept>
#include <string>

namespace halfopen::promises {

namespace {

void append16(std::string& bytes, std::uint16_t value) {
    bytes += static_cast<char>(value >> 8);
    bytes += static_cast<char>(value & 0xff);
}
void append32(std::string& bytes, std::uint32_t value) {
    append16(bytes, static_cast<std::uint16_t>(value >> 16));
    append16(bytes, static_cast<std::uint16_t>(value));
}

std::string_view v4(const IpAddress& address) {
    return {reinterpret_cast<const char*>(&address.bytes[12]), 4};
}

/// RFC 1071.
std::uint16_t checksum(std::string_view bytes) {
    std::uint32_t sum = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i)
        sum += static_cast<std::uint32_t>(static_cast<std::uint8_t>(bytes[i])) << (i % 2 == 0 ? 8 : 0);
    while (sum > 0xffff)
        sum = (sum & 0xffff) + (sum >> 16);
    return static_cast<std::uint16_t>(~sum);
}

std::string tcp(const Segment& segment) {
    constexpr std::size_t kHeader = 20;
    std::string bytes;
    append16(bytes, segment.from.port);
    append16(bytes, segment.to.port);
    append32(bytes, segment.sequence);
    append32(bytes, segment.acknowledges);
    bytes += static_cast<char>((kHeader + segment.options.size()) / 4 << 4);
    bytes += static_cast<char>(segment.flags);
    append16(bytes, segment.window);
    append32(bytes, 0); // checksum, urgent pointer
    bytes += segment.options;
    bytes += segment.payload;
    std::string pseudo(v4(segment.from.address));
    pseudo += v4(segment.to.address);
    append16(pseudo, IPPROTO_TCP);
    append16(pseudo, static_cast<std::uint16_t>(bytes.size()));
    const auto sum = checksum(pseudo + bytes);
    bytes[16] = static_cast<char>(sum >> 8);
    bytes[17] = static_cast<char>(sum & 0xff);
    return bytes;
}

} // namespace

void send(const Segment& segment) {
    const auto payload = tcp(segment);
    std::string packet = {0x45, 0}; // version and length of the header; the kernel fills in its checksum
    append16(packet, static_cast<std::uint16_t>(20 + payload.size()));
    append32(packet, 0);
    packet += {64, IPPROTO_TCP, 0, 0};
    packet += v4(segment.from.address);
    packet += v4(segment.to.address);
    packet += payload;
    const UniqueFd socket(::socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_RAW));
    sockaddr_in to{};
    to.sin_family = AF_INET;
    std::memcpy(&to.sin_addr, v4(segment.to.address).data(), 4);
    if (::sendto(socket.get(), packet.data(), packet.size(), 0, reinterpret_cast<const sockaddr*>(&to), sizeof to) < 0)
        throw std::runtime_error("a segment could not be sent");
}

} // namespace halfopen::promises
