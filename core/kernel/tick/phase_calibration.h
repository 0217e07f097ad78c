// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/tick/phase_estimate.h"
#include "core/kernel/unique_fd.h"
#include "core/model/tick_clock.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace halfopen {

/// Finds the phase of the jiffies without any privilege: one idle loopback connection of our own with keepalive. When a
/// probe is answered, the age of the ACK tells to the tick when the handler ran, and the wheel runs it at a multiple of
/// its granule.
///
/// One end's keepalive time is the shortest with a granule that settles the phase (about 1.5 s; 17 s at HZ 250), the
/// other end's the shortest with one eight times as coarse (130 s), which confirms it; then the connection is closed.
/// Where the sockets cannot be opened, or the network namespace has no loopback, there is no phase and nothing else
/// happens.
///
/// Belongs to the sampling thread. Nothing blocks: poll() costs two getsockopt(2) and is called once per sample.
class PhaseCalibration {
public:
    /// The keepalive times of the two ends.
    struct Idle {
        std::int32_t quick = 0;   ///< s; TCP_KEEPIDLE of the one end
        std::int32_t certain = 0; ///< s; of the other end
    };

    /// Opens the connection in the network namespace of the calling thread.
    explicit PhaseCalibration(std::int32_t hz);
    PhaseCalibration(std::int32_t hz, Idle idle); ///< The same with other keepalive times.

    /// Looks whether a probe has been answered since.
    void poll();

    PhaseCalibration(PhaseCalibration&&) = default;
    PhaseCalibration& operator=(PhaseCalibration&&) = delete;
    ~PhaseCalibration() { close(); }

    /// nullopt until the first probe was answered: forecasts are bands until then.
    std::optional<TickClock> clock() const { return m_estimate.clock(); }

    /// Nothing is wanted of it any more: its connection is closed.
    void close();

    /// Still watching its connection.
    bool running() const { return bool(m_ends[0].socket); }
    /// Waits for its own connection to be made.
    bool opening() const { return bool(m_listener); }

    /// SO_COOKIE of its own sockets, also of those already closed: no list shows them.
    const std::vector<std::uint64_t>& cookies() const { return m_cookies; }

    /// The shortest keepalive times that settle the phase at this HZ.
    static Idle defaultIdle(std::int32_t hz);

private:
    struct End {
        UniqueFd socket;
        std::int32_t idle = 0;
        std::int64_t heard = 0; ///< tick of the last sign of life
    };

    bool open();
    bool accept();
    bool guard(End& end);
    std::optional<std::int64_t> lastHeard(const End& end) const;
    void remember(const UniqueFd& socket);
    void watch(End& end);

    TickClock m_clock; ///< HZ alone
    PhaseEstimate m_estimate;
    UniqueFd m_listener;
    std::array<End, 2> m_ends;
    std::vector<std::uint64_t> m_cookies;
};

} // namespace halfopen
