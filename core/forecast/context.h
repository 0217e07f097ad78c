// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/forecast/wheel.h"
#include "core/model/connection.h"
#include "core/model/endpoint.h"
#include "core/model/forecast.h"
#include "core/model/keepalive_options.h"
#include "core/model/surroundings.h"
#include "core/model/tcp_sysctls.h"
#include "core/model/tick_clock.h"

#include <cstdint>

namespace halfopen {

/// Whether timers run when the wheel lets them, or at their nominal expiry. Nominal is for holding a regime against its
/// formula; no forecast is made that way.
enum class Slack : std::uint8_t { Wheel, Nominal };

/// The jiffies of one sample: what the kernel counted in jiffies and told in milliseconds, back in jiffies, and moments
/// in jiffies as milliseconds from Connection::sampled.
///
/// The kernel fills a message some 50 us before the dump's recv returns and the sample is stamped, so the jiffy of the
/// sample is the one of 50 us before the stamp; a band reckons with up to a millisecond. Where the kernel told the
/// jiffy itself (ExactFacts), that one counts, and the run of the pending timer as it told that.
class SampleTime {
public:
    /// @param connection  its `sampled`, and Timer::readBefore
    /// @param exact       of the same sample; may be null
    SampleTime(const Connection& connection, const TickClock& clock, Slack slack, const ExactFacts* exact = nullptr);

    const Wheel& wheel() const { return m_wheel; }

    /// An age or expiry as the kernel tells it, jiffies_to_msecs() of a whole number of jiffies. Kernels round that up
    /// (4.15+) or down where a tick is no whole number of ms; the nearest jiffy is right for both.
    Jiffies fromMillis(std::int64_t ms) const { return (ms * m_hz + 500) / 1000; }
    /// The same of what tcp_info tells in microseconds.
    Jiffies fromMicros(std::int64_t us) const { return (us * m_hz + 500'000) / 1'000'000; }

    /// msecs_to_jiffies(): rounds up. For limits that a person has set.
    Jiffies limit(std::int64_t ms) const { return (ms * m_hz + 999) / 1000; }

    /// Seconds of a setting as the kernel keeps them, in 32 bits: a negative one is far away.
    Jiffies setting(std::int32_t seconds) const {
        return static_cast<std::uint32_t>(static_cast<std::int64_t>(seconds) * m_hz);
    }

    /// What has run by the clock in ms since a tick, in jiffies to the jiffy of the sample.
    Jiffies sinceTick(std::int64_t ms) const;

    /// Later than anything that can be told: nothing bounds it.
    static constexpr Jiffies kAnyTime = Jiffies{1} << 34;

    /// Saturates at Millis::max() (49.7 days); nothing is earlier than the sample.
    Moment moment(const Span& span) const;

private:
    void takeExact(std::int64_t stamp, const TickClock& clock, const ExactFacts& exact);
    Millis toMillis(Jiffies jiffies, std::int64_t zero) const;

    std::int64_t m_hz;
    std::int64_t m_tick; ///< ns
    Wheel m_wheel;
    std::int64_t m_zeroEarliest = 0; ///< ns from the stamp to the tick that jiffy 0 began with; never positive
    std::int64_t m_zero = 0;
    std::int64_t m_zeroLatest = 0;
};

/// Everything a regime reckons with.
struct Context {
    const Connection& connection;
    const KeepaliveOptions& options;
    const TcpSysctls& sysctls;
    SampleTime time;
    const Surroundings& around;

    const Wheel& wheel() const { return time.wheel(); }
    Jiffies expires() const { return time.fromMillis(connection.timer.expires.count()); }
    Jiffies userTimeout() const { return time.limit(options.userTimeout.count()); }

    /// Equal but for what ages and expiries are rounded by, three ticks.
    bool isAbout(Jiffies one, Jiffies other) const { return one - other <= 3 && other - one <= 3; }

    /// The timer that was to run in `due` has run meanwhile and was armed for half a second
    /// (TCP_RESOURCE_PROBE_INTERVAL) or more. Of samples whose stamps can be off by tens of ms where the machine is
    /// busy.
    bool isArmedAnew(Jiffies due, Jiffies expires) const { return expires - due >= time.limit(250); }

    /// The next hop does not answer, so nothing leaves for the peer: it is being asked or was asked in vain, or was
    /// forgotten with data in flight, or the interface has no carrier.
    bool neighbourFails() const;
    /// How long the kernel asks before an entry fails; 0 where there is no neighbour to ask. Where no path is known, as
    /// if there were one. Source: net/core/neighbour.c, neigh_timer_handler().
    Jiffies neighbourCycle() const;
    /// When the entry that is being asked for fails, from the sample; may be past. Meaningless unless it is Incomplete.
    Jiffies neighbourFailsIn() const;
    /// Milliseconds by which that may be sooner, because nobody knows when exactly the entry was read.
    std::int64_t neighbourReadBefore() const;
    bool isIpv4() const { return connection.remote.address.family() == Family::Ipv4; }
};

} // namespace halfopen
