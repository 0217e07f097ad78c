// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/unique_fd.h"
#include "core/model/endpoint.h"

#include <cstdint>
#include <vector>

namespace halfopen::promises {

/// The far end of one IPv4 connection, played segment by segment: what no stack does on its own accord. Its address
/// must be nobody's, so that its kernel stays out of it. Throws std::runtime_error.
class ScriptedPeer {
public:
    /// In the peer host's namespace, as every call. @param at  where it is connected to
    explicit ScriptedPeer(const Endpoint& at);

    int descriptor() const { return m_capture.get(); }
    /// Takes what has come from the near end; never blocks.
    void read();

    bool called() const { return m_near.port != 0; } ///< its SYN has come
    bool established() const { return m_established; }
    /// SYN-ACK, with SACK permitted and no window scaling.
    void answerSyn(std::uint16_t window);

    /// Segments with payload that came for the first time.
    std::size_t segments() const { return m_ends.size(); }
    /// Times that payload came again.
    std::size_t repeats() const { return m_repeats; }
    /// Acknowledges the first `count` segments. @param sacked  so many of the last ones are told by SACK
    void acknowledge(std::size_t count, std::uint16_t window, std::size_t sacked = 0);

private:
    void take(const std::uint8_t* packet, std::size_t length);

    Endpoint m_at;
    Endpoint m_near;
    UniqueFd m_capture;
    std::uint32_t m_first = 0;         ///< sequence number of the first byte of payload
    std::vector<std::uint32_t> m_ends; ///< of the segments, in order
    std::size_t m_repeats = 0;
    bool m_established = false;
};

} // namespace halfopen::promises
