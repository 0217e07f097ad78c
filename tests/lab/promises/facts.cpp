// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/promises/facts.h"

#include <algorithm>
#include <bit>
#include <cerrno>

namespace halfopen::promises {

namespace {

/// How much older than its stamp what a sample tells may be.
constexpr auto kStampLate = std::chrono::milliseconds(10);

template <Condition condition>
bool began(const Row& before, const Row& after) {
    return !before.forecast.conditions.has(condition) && after.forecast.conditions.has(condition);
}

bool anyStopped(const Row& before, const Row& after) {
    constexpr std::uint32_t kMoving = (1U << kFirstFact) - 1;
    return (before.forecast.conditions.bits & ~after.forecast.conditions.bits & kMoving) != 0;
}

bool windowMoved(const Row& before, const Row& after) {
    return (before.connection.info.sendWindow == 0) != (after.connection.info.sendWindow == 0);
}

bool optionsDiffer(const Row& before, const Row& after) {
    const auto& a = before.options;
    const auto& b = after.options;
    return a.enabled != b.enabled || a.idleSeconds != b.idleSeconds || a.intervalSeconds != b.intervalSeconds ||
           a.probes != b.probes || a.userTimeout != b.userTimeout || a.synCount != b.synCount ||
           a.lingerSeconds != b.lingerSeconds || a.rtoMax != b.rtoMax;
}

bool finSent(State state) {
    return state == State::FinWait1 || state == State::FinWait2 || state == State::Closing ||
           state == State::TimeWait || state == State::LastAck;
}

/// It sent, closed or changed something.
bool programActed(const Row& before, const Row& after) {
    const auto written = [](const Row& row) { return row.connection.info.bytesAcked + row.connection.sendQueue; };
    const bool both = before.connection.info.present() && after.connection.info.present();
    return (both && written(after) > written(before)) ||
           (finSent(after.connection.state) && !finSent(before.connection.state)) ||
           (before.connection.inode != 0 && after.connection.inode == 0 && !before.connection.isMini()) ||
           optionsDiffer(before, after);
}

} // namespace

bool Facts::did(std::uint32_t bit, MonotonicTime from, MonotonicTime until) const {
    return std::any_of(m_story.deeds.begin(), m_story.deeds.end(), [&](const Deed& deed) {
        return (deed.breaks & bit) != 0 && deed.at + deed.grace > from && deed.at <= until;
    });
}

/// A segment that came just before the sample's stamp, and that its counts do not hold yet; a request has no counts.
bool Facts::heardBeforeTheStamp(std::size_t sample) const {
    const auto& connection = m_story.samples[sample].connection;
    std::uint16_t came = 0;
    bool lately = false;
    for (const auto& packet : m_story.wire) {
        if (packet.outgoing || packet.icmp || packet.at > connection.sampled)
            continue;
        ++came;
        lately = lately || packet.at > connection.sampled - kStampLate - m_story.doubts[sample];
    }
    return lately && (connection.isMini() || (connection.info.hasSegments() && came > connection.info.segmentsIn));
}

bool Facts::heard(bool icmp, MonotonicTime from, MonotonicTime until) const {
    return std::any_of(m_story.wire.begin(), m_story.wire.end(), [&](const test::Packet& packet) {
        return !packet.outgoing && packet.icmp == icmp && packet.at > from && packet.at <= until;
    });
}

bool Facts::later(std::size_t sample, MonotonicTime until, bool (*seen)(const Row&, const Row&)) const {
    const auto& rows = m_story.samples;
    for (std::size_t i = sample + 1; i < rows.size(); ++i) {
        if (seen(rows[sample], rows[i]))
            return true;
        if (rows[i].connection.sampled > until)
            break;
    }
    return false;
}

bool Facts::ended(int error, MonotonicTime until) const {
    return m_story.ending && m_story.ending->error == error && m_story.ending->low <= until;
}

bool Facts::happened(std::size_t sample, std::uint32_t bit, MonotonicTime until) const {
    const auto from = m_story.samples[sample].connection.sampled;
    if (did(bit, from - kStampLate, until) || (m_story.wrong & bit) != 0)
        return true;
    switch (bit) {
    case assume::PeerSilent:
    case assume::ClientWaits:
        return heard(false, from, until) || heardBeforeTheStamp(sample);
    case assume::ProgramIdle:
        return later(sample, until, programActed);
    case assume::NoIcmpError:
        // Errors come back within a millisecond: one may just have missed the numbers of a sample.
        return heard(true,
                     m_story.samples[sample].connection.info.lastDataSent <= kStampLate ? from - kStampLate : from,
                     until) ||
               later(sample, until, began<Condition::IcmpRevert>);
    case assume::NoLocalDrop:
        return later(sample, until, began<Condition::LocalDrop>);
    case assume::NeighbourAnswers:
        return later(sample, until, began<Condition::UnreachableNeighbour>) ||
               (!m_story.samples[sample].forecast.conditions.has(Condition::UnreachableNeighbour) &&
                ended(EHOSTUNREACH, until));
    case assume::WindowStays:
        return later(sample, until, windowMoved);
    case assume::ListenerIdle:
        return heard(false, from, until) || later(sample, until, began<Condition::SynQueuePressure>);
    case assume::MachineAwake:
        return later(sample, until, began<Condition::HostSuspended>);
    case assume::NoOrphanPressure:
        return later(sample, until, began<Condition::OrphanPressure>);
    case assume::ConditionStays:
        return later(sample, until, anyStopped);
    case assume::KeepaliveTime:
    case assume::KeepaliveInterval:
    case assume::KeepaliveProbes:
    case assume::UserTimeout:
    case assume::KeepaliveHidden:
    case assume::IdleInferred:
    case assume::IntervalInferred:
    case assume::SocketDefaults:
    case assume::ListenerOptions:
        return later(sample, MonotonicTime::max(), optionsDiffer);
    default:
        return false;
    }
}

std::optional<std::string> Facts::between(std::size_t sample, std::uint32_t assumes, MonotonicTime until) const {
    for (auto left = assumes; left != 0; left &= left - 1) {
        const std::uint32_t bit = 1U << std::countr_zero(left);
        if (happened(sample, bit, until))
            return assumptions(bit).front();
    }
    return std::nullopt;
}

std::optional<MonotonicTime> Facts::nextOut(MonotonicTime from) const {
    for (const auto& packet : m_story.wire)
        if (packet.outgoing && !packet.icmp && packet.at > from)
            return packet.at;
    return std::nullopt;
}

std::optional<MonotonicTime> Facts::nextUnasked(MonotonicTime from) const {
    constexpr std::chrono::milliseconds kAnswer{20}; // a sample can fall between what came and its ACK
    MonotonicTime came{};
    for (const auto& packet : m_story.wire) {
        if (!packet.outgoing)
            came = packet.at;
        else if (!packet.icmp && packet.at > from && packet.at > came + kAnswer)
            return packet.at;
    }
    return std::nullopt;
}

} // namespace halfopen::promises
