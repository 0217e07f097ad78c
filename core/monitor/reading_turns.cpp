// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitor/reading_turns.h"

#include <algorithm>

namespace halfopen {

namespace {

constexpr std::uint64_t kParts = std::uint64_t{1} << 32;

/// Cookies are numbered as sockets are made; the golden ratio spreads neighbours evenly (Knuth, TAOCP 3, 6.4).
std::uint64_t placeOf(std::uint64_t cookie) {
    return (cookie * 0x9E3779B97F4A7C15U) >> 32;
}

} // namespace

std::chrono::nanoseconds ReadingTurns::lapOf(std::size_t sockets) {
    return std::max<std::chrono::nanoseconds>(kLap, std::chrono::seconds(sockets) / kPerSecond);
}

void ReadingTurns::beginSample(MonotonicTime now) {
    const auto lap = lapOf(m_asked);
    const auto passed =
        m_begun ? std::clamp<std::chrono::nanoseconds>(now - m_at, {}, lap) : std::chrono::nanoseconds{};
    m_from = (m_from + m_span) % kParts;
    m_span = static_cast<std::uint64_t>(static_cast<double>(kParts) *
                                        (static_cast<double>(passed.count()) / static_cast<double>(lap.count())));
    // How many sockets there are is known of the sample before; twice the rate for those that have come since, and
    // for places that lie close.
    m_most = 1 + static_cast<std::size_t>(2 * kPerSecond * std::chrono::duration<double>(passed).count());
    m_left = m_most;
    m_asked = 0;
    m_at = now;
    m_begun = true;
}

void ReadingTurns::beginSampleAgain() {
    m_asked = 0;
    m_left = m_most;
}

bool ReadingTurns::isTurnOf(std::uint64_t cookie) {
    ++m_asked;
    const std::uint64_t ahead = (placeOf(cookie) - m_from) % kParts;
    if (ahead >= m_span || m_left == 0)
        return false;
    --m_left;
    return true;
}

} // namespace halfopen
