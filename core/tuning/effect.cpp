// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tuning/effect.h"

#include "core/model/frame.h"
#include "core/model/row.h"
#include "core/model/tick_clock.h"
#include "core/tuning/change_progress.h"

#include <algorithm>
#include <cmath>

namespace halfopen {

namespace {

using std::chrono::milliseconds;

/// The upper ends of the columns, in ms: to look a column up costs a tenth of a logarithm.
std::array<std::uint32_t, kIdleColumns - 1> columnEnds() {
    std::array<std::uint32_t, kIdleColumns - 1> ends{};
    for (std::size_t i = 0; i < ends.size(); ++i)
        ends[i] =
            static_cast<std::uint32_t>(std::ceil(1000 * secondsAtFraction(static_cast<double>(i + 1) / kIdleColumns)));
    return ends;
}

double perSecond(std::int32_t seconds) {
    return seconds > 0 ? 1.0 / seconds : 0;
}

class Counter {
public:
    Counter(const Frame& frame, const KeepaliveDefaults& inEffect, const KeepaliveDefaults& proposed,
            const ChangeProgress* earlier)
        : m_frame(frame)
        , m_inEffect(inEffect)
        , m_proposed(proposed)
        , m_changed(changedSettings(inEffect, proposed))
        , m_earlier(earlier) {}

    void count(const Row& row) {
        if (row.connection.netnsIndex != m_frame.inViewIndex) {
            m_effect.elsewhere += row.change != Change::Closed;
            return;
        }
        const SettingSet own = m_earlier && m_earlier->waitsFor(m_frame.keyOf(row))
                                   ? SettingSet{}
                                   : halfopen::ownValues(row.options, m_inEffect);
        const Follows kind = followsOf(row, m_changed, own);
        if (kind == Follows::NotConcerned)
            return;
        ++m_effect.concerned;
        countKind(row, kind, own);
        place(row, kind);
    }

    Effect take() { return std::move(m_effect); }

private:
    void countKind(const Row& row, Follows kind, const SettingSet& own) {
        switch (kind) {
        case Follows::Off:
            ++m_effect.off;
            return;
        case Follows::Unknown:
            ++m_effect.unknown;
            return;
        case Follows::OwnValues:
            ++m_effect.ownValues;
            break;
        case Follows::AtTimer:
            ++m_effect.atTimer;
            countTimer(row);
            countFollower(row, own);
            break;
        case Follows::AtHiddenTimer:
            ++m_effect.atHiddenTimer;
            countFollower(row, own);
            break;
        case Follows::NotConcerned:
            return;
        }
        m_effect.probesNow += perSecond(row.options.idleSeconds);
        m_effect.probesThen += perSecond(own.time ? row.options.idleSeconds : m_proposed.time);
    }

    void countFollower(const Row& row, const SettingSet& own) {
        m_effect.partly += !(m_changed & own).empty();
        m_effect.assumed += !(m_changed & assumedValues(row.options)).empty();
        const int unanswered =
            row.connection.timer.kind() == TimerKind::Keepalive ? row.connection.timer.retransmits : 0;
        const bool counted = row.options.userTimeout.count() == 0; // else a time decides and not a count
        m_effect.ended += counted && !own.probes && unanswered > 0 && unanswered >= m_proposed.probes &&
                          unanswered < row.options.probes;
    }

    void countTimer(const Row& row) {
        const Moment fires = timerFires(row, m_frame.clockOf(row), m_frame.taken);
        ++m_effect.when[whenClass(fires.latest)];
        if (!m_effect.first || fires.earliest < m_effect.first->earliest)
            m_effect.first = fires;
        if (!m_effect.last || fires.latest > m_effect.last->latest)
            m_effect.last = fires;
    }

    void place(const Row& row, Follows kind) {
        const auto unanswered = row.connection.timer.retransmits;
        if (row.connection.timer.kind() == TimerKind::Keepalive && unanswered > 0) {
            if (m_effect.probing.size() <= unanswered)
                m_effect.probing.resize(unanswered + 1U);
            return add(m_effect.probing[unanswered], kind);
        }
        const auto silence = row.connection.lifeAge();
        if (!silence)
            return;
        const auto column = std::upper_bound(m_ends.begin(), m_ends.end(), silence->count()) - m_ends.begin();
        add(m_effect.idle[static_cast<std::size_t>(column)], kind);
    }

    static void add(Crowd& crowd, Follows kind) {
        crowd.off += kind == Follows::Off;
        crowd.unknown += kind == Follows::Unknown;
        crowd.own += kind == Follows::OwnValues;
        crowd.follow += kind == Follows::AtTimer || kind == Follows::AtHiddenTimer;
    }

    const Frame& m_frame;
    const KeepaliveDefaults& m_inEffect;
    const KeepaliveDefaults& m_proposed;
    SettingSet m_changed;
    const ChangeProgress* m_earlier;
    std::array<std::uint32_t, kIdleColumns - 1> m_ends = columnEnds();
    Effect m_effect;
};

} // namespace

double idleFraction(double seconds) {
    return seconds <= 1 ? 0 : std::min(1.0, std::log(seconds) / std::log(kIdleAxisEnd));
}

double secondsAtFraction(double fraction) {
    return std::exp(std::clamp(fraction, 0.0, 1.0) * std::log(kIdleAxisEnd));
}

Effect countEffect(const Frame& frame, const KeepaliveDefaults& inEffect, const KeepaliveDefaults& proposed,
                   const ChangeProgress* earlier) {
    Counter counter(frame, inEffect, proposed, earlier);
    for (const Row& row : frame.rows)
        counter.count(row);
    return counter.take();
}

} // namespace halfopen
