// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/filter_keys.h"
#include "core/query/filter_text.h"

#include <algorithm>

namespace halfopen::filter {

namespace {

constexpr std::uint32_t bit(State state) {
    return 1U << static_cast<unsigned>(state);
}
constexpr std::uint32_t kBucket = bit(State::SynRecv) | bit(State::TimeWait);
constexpr std::uint32_t kNotConnected = bit(State::Listen) | bit(State::Close) | bit(State::Bound);

/// The words of an enumeration, from toString().
template <class Enum, std::size_t count>
constexpr std::array<MaskWord, count> wordsOfEnum() {
    std::array<MaskWord, count> words;
    for (std::size_t index = 0; index < count; ++index)
        words[index] = {toString(static_cast<Enum>(index)), 1U << index};
    return words;
}

template <std::size_t count>
std::span<const MaskWord> stateWords() {
    static constexpr std::array<MaskWord, count> kWords{{
        {"established", bit(State::Established)},
        {"syn-sent", bit(State::SynSent)},
        {"syn-recv", bit(State::SynRecv)},
        {"fin-wait-1", bit(State::FinWait1)},
        {"fin-wait-2", bit(State::FinWait2)},
        {"time-wait", bit(State::TimeWait)},
        {"close", bit(State::Close)},
        {"close-wait", bit(State::CloseWait)},
        {"last-ack", bit(State::LastAck)},
        {"listen", bit(State::Listen)},
        {"closing", bit(State::Closing)},
        {"bound", bit(State::Bound)},
        // groups, and ss's other names
        {"all", kAllStates},
        {"connected", kAllStates & ~kNotConnected},
        {"synchronized", kAllStates & ~kNotConnected & ~bit(State::SynSent)},
        {"bucket", kBucket},
        {"big", kAllStates & ~kBucket},
        {"closed", bit(State::Close)},
        {"unconnected", bit(State::Close)},
        {"unconn", bit(State::Close)},
        {"listening", bit(State::Listen)},
        {"estab", bit(State::Established)},
        {"syn-rcv", bit(State::SynRecv)},
        {"bound-inactive", bit(State::Bound)},
    }};
    return kWords;
}

constexpr std::array<MaskWord, 10> kKeepalive{{
    {"on", keepalive::On},
    {"off", keepalive::Off},
    {"unknown", keepalive::Unknown},
    {"own", keepalive::Own},
    {"system", keepalive::System},
    {"assumed", keepalive::Assumed},
    {"yes", keepalive::On},
    {"no", keepalive::Off},
    {"?", keepalive::Unknown},
    {"default", keepalive::System},
}};
constexpr std::array<MaskWord, 6> kFamilies{{{"ipv4", 1}, {"ipv6", 2}, {"4", 1}, {"6", 2}, {"inet", 1}, {"inet6", 2}}};
constexpr std::array<MaskWord, 4> kChanges{{{"none", 1}, {"new", 2}, {"changed", 4}, {"closed", 8}}};

std::span<const MaskWord> giveUpWords() {
    static const auto words = [] {
        auto all = wordsOfEnum<GiveUpCause, 12>();
        std::array<MaskWord, 13> withNever;
        withNever[0] = {"never", kNeverBit};
        std::ranges::copy(all, withNever.begin() + 1);
        return withNever;
    }();
    return words;
}

std::uint32_t keepaliveBits(const Row& row, const Frame& frame) {
    const KeepaliveOptions& o = row.options;
    if (row.connection.isMini())
        return 0;
    if (o.enabled == Switch::Unknown)
        return keepalive::Unknown;
    std::uint32_t bits = o.enabled == Switch::On ? keepalive::On : keepalive::Off;
    if (o.enabledFrom > Provenance::Derived)
        bits |= keepalive::Assumed;
    if (o.enabled == Switch::Off)
        return bits;
    const TcpSysctls& system = frame.sysctlsOf(row);
    const bool own = (o.idleFrom < Provenance::Assumed && o.idleSeconds != system.keepaliveTime) ||
                     (o.intervalFrom < Provenance::Assumed && o.intervalSeconds != system.keepaliveInterval) ||
                     (o.probesFrom < Provenance::Assumed && o.probes != system.keepaliveProbes);
    const bool guessed = std::max({o.idleFrom, o.intervalFrom, o.probesFrom}) >= Provenance::Assumed;
    return bits | (own ? keepalive::Own : keepalive::System) | (guessed ? keepalive::Assumed : 0U);
}

std::uint32_t familyBit(const IpAddress& address) {
    return address.family() == Family::Ipv4 ? 1 : 2;
}

} // namespace

std::span<const MaskWord> wordsOf(MaskKey key) {
    static const auto diagnoses = wordsOfEnum<Diagnosis, kDiagnosisCount>();
    static const auto conditions = wordsOfEnum<Condition, kConditionCount>();
    static const auto timers = wordsOfEnum<TimerKind, 5>();
    static const auto events = wordsOfEnum<NextEvent, 7>();
    switch (key) {
    case MaskKey::State:
        return stateWords<24>();
    case MaskKey::Diagnosis:
        return diagnoses;
    case MaskKey::Condition:
        return conditions;
    case MaskKey::Timer:
        return timers;
    case MaskKey::Next:
        return events;
    case MaskKey::GivesUp:
        return giveUpWords();
    case MaskKey::Keepalive:
        return kKeepalive;
    case MaskKey::Family:
    case MaskKey::SocketFamily:
        return kFamilies;
    case MaskKey::Change:
        return kChanges;
    }
    return {};
}

std::uint32_t maskOf(MaskKey key, const Row& row, const Frame& frame) {
    const Connection& c = row.connection;
    switch (key) {
    case MaskKey::State:
        return static_cast<unsigned>(c.state) < 32 ? 1U << static_cast<unsigned>(c.state) : 0;
    case MaskKey::Diagnosis:
        return 1U << static_cast<unsigned>(row.diagnosis);
    case MaskKey::Condition:
        return row.forecast.conditions.bits;
    case MaskKey::Timer:
        return c.timer.kind() == TimerKind::DelayedAck ? 1U : 1U << static_cast<unsigned>(c.timer.kind());
    case MaskKey::Next:
        return 1U << static_cast<unsigned>(row.forecast.nextEvent);
    case MaskKey::GivesUp:
        return row.forecast.never ? kNeverBit : 1U << static_cast<unsigned>(row.forecast.cause);
    case MaskKey::Keepalive:
        return keepaliveBits(row, frame);
    case MaskKey::Family:
        return familyBit(c.local.address);
    case MaskKey::SocketFamily:
        return c.inet6 ? 2 : familyBit(c.local.address);
    case MaskKey::Change:
        return 1U << static_cast<unsigned>(row.change);
    }
    return 0;
}

std::optional<std::uint32_t> statesNamed(std::string_view word) {
    std::string name = lowerCase(word);
    std::ranges::replace(name, '_', '-');
    const auto words = wordsOf(MaskKey::State);
    const auto found = std::ranges::find(words, name, &MaskWord::first);
    return found == words.end() ? std::nullopt : std::optional(found->second);
}

} // namespace halfopen::filter
