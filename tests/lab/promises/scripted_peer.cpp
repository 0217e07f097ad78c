// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/promises/scripted_peer.h"

#include "tests/lab/promises/raw_segment.h"

#include <arpa/inet.h>
#include <net/ethernet.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <stdexcept>
#include <string>

namespace halfopen::promises {

namespace {

constexpr std::uint8_t kSyn = 2, kRst = 4, kAck = 16;
constexpr std::uint32_t kOwnSequence = 5000;

std::uint16_t read16(const std::uint8_t* at) {
    return static_cast<std::uint16_t>(at[0] << 8 | at[1]);
}
std::uint32_t read32(const std::uint8_t* at) {
    return static_cast<std::uint32_t>(read16(at)) << 16 | read16(at + 2);
}

void append32(std::string& bytes, std::uint32_t value) {
    for (const int shift : {24, 16, 8, 0})
        bytes += static_cast<char>(value >> shift & 0xff);
}

std::string sackOption(std::uint32_t from, std::uint32_t to) {
    std::string option = {1, 1, 5, 10};
    append32(option, from);
    append32(option, to);
    return option;
}

} // namespace

ScriptedPeer::ScriptedPeer(const Endpoint& at)
    : m_at(at)
    , m_capture(::socket(AF_PACKET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, htons(ETH_P_IP))) {
    if (!m_capture)
        throw std::runtime_error("no packets can be captured in the far host");
}

void ScriptedPeer::read() {
    std::array<std::uint8_t, 4096> packet{};
    for (ssize_t length = 0; (length = ::recv(m_capture.get(), packet.data(), packet.size(), 0)) > 0;)
        take(packet.data(), static_cast<std::size_t>(length));
}

void ScriptedPeer::take(const std::uint8_t* packet, std::size_t length) {
    const std::size_t ip = (packet[0] & 15U) * 4U;
    if (length < ip + 20 || packet[9] != IPPROTO_TCP || read16(packet + ip + 2) != m_at.port)
        return;
    const auto* tcp = packet + ip;
    const std::uint8_t flags = tcp[13];
    const std::uint32_t sequence = read32(tcp + 4);
    if ((flags & kSyn) != 0) {
        std::array<std::uint8_t, 4> from{};
        std::memcpy(from.data(), packet + 12, from.size());
        m_near = {IpAddress::v4(from), read16(tcp)};
        m_first = sequence + 1;
        return;
    }
    m_established = m_established || ((flags & kAck) != 0 && (flags & kRst) == 0);
    const std::size_t payload = read16(packet + 2) - ip - (tcp[12] >> 4U) * 4U;
    if (payload == 0)
        return;
    const auto end = static_cast<std::uint32_t>(sequence + payload);
    const bool isNew = m_ends.empty() || static_cast<std::int32_t>(end - m_ends.back()) > 0;
    if (isNew)
        m_ends.push_back(end);
    else
        ++m_repeats;
}

void ScriptedPeer::answerSyn(std::uint16_t window) {
    send({.from = m_at,
          .to = m_near,
          .flags = kSyn | kAck,
          .sequence = kOwnSequence,
          .acknowledges = m_first,
          .window = window,
          .options = "\x02\x04\x05\xb4\x01\x01\x04\x02"});
}

void ScriptedPeer::acknowledge(std::size_t count, std::uint16_t window, std::size_t sacked) {
    const auto startOf = [&](std::size_t segment) { return segment == 0 ? m_first : m_ends[segment - 1]; };
    std::string option;
    if (sacked > 0)
        option = sackOption(startOf(m_ends.size() - std::min(sacked, m_ends.size())), m_ends.back());
    send({.from = m_at,
          .to = m_near,
          .flags = kAck,
          .sequence = kOwnSequence + 1,
          .acknowledges = startOf(std::min(count, m_ends.size())),
          .window = window,
          .options = option});
}

} // namespace halfopen::promises
