// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/socket_counts.h"

#include <algorithm>

namespace halfopen {

namespace {

constexpr std::array kIdleBounds{5., 30., 60., 240., 300., 350., 600., 900., 1800., 3600., 7200., 86400., 432000.};
constexpr std::array kRttBounds{.0001, .0005, .001, .005, .01, .025, .05, .1, .25, .5, 1.};
constexpr std::array kAheadBounds{1., 10., 60., 240., 350., 600., 900., 1800., 3600., 7200., 10800., 86400.};
constexpr std::array kCloseWaitBounds{1., 10., 60., 300., 3600., 86400.};

struct StateName {
    State state;
    std::string_view name; ///< as node_exporter spells it
};
constexpr std::array kStates{
    StateName{State::Established, "established"},
    StateName{State::SynSent, "syn_sent"},
    StateName{State::SynRecv, "syn_recv"},
    StateName{State::FinWait1, "fin_wait1"},
    StateName{State::FinWait2, "fin_wait2"},
    StateName{State::TimeWait, "time_wait"},
    StateName{State::Close, "close"},
    StateName{State::CloseWait, "close_wait"},
    StateName{State::LastAck, "last_ack"},
    StateName{State::Listen, "listen"},
    StateName{State::Closing, "closing"},
};
constexpr std::array<std::string_view, 3> kKeepaliveNames{"on", "off", "hidden"};
constexpr std::array<std::string_view, 3> kProvenanceNames{"exact", "inferred", "assumed"};

double seconds(Millis time) {
    return static_cast<double>(time.count()) / 1000;
}

std::size_t keepalivePlace(Switch enabled) {
    return enabled == Switch::On ? 0 : enabled == Switch::Off ? 1 : 2;
}

/// What the kernel implies counts as exact, as far as a fleet is concerned.
std::size_t provenancePlace(Provenance from) {
    return from <= Provenance::Derived ? 0 : from == Provenance::Inferred ? 1 : 2;
}

std::size_t place(State state) {
    return state == State::Bound ? static_cast<std::size_t>(State::Close) : static_cast<std::size_t>(state);
}

/// RFC 1918, RFC 3927, RFC 6598; RFC 4193, RFC 4291 2.5.6.
bool isPrivate(const IpAddress& address) {
    const auto& b = address.bytes;
    if (address.family() == Family::Ipv6)
        return (b[0] & 0xfe) == 0xfc || address.isLinkLocal();
    const std::uint8_t first = b[12], second = b[13];
    return first == 10 || (first == 172 && (second & 0xf0) == 16) || (first == 192 && second == 168) ||
           (first == 169 && second == 254) || (first == 100 && (second & 0xc0) == 64);
}

MetricFamily gauge(std::string_view name, std::string_view help) {
    return {name, MetricType::Gauge, help, {}, {}};
}

MetricFamily distribution(std::string_view name, std::string_view help) {
    return {name, MetricType::GaugeHistogram, help, "seconds", {}};
}

} // namespace

const std::array<std::string_view, kUnansweredKinds> kUnansweredNames{"keepalive", "retransmission", "window_probe",
                                                                      "syn", "syn_ack"};

std::size_t unansweredKind(Regime regime) {
    switch (regime) {
    case Regime::Keepalive:
        return 0;
    case Regime::Retransmission:
    case Regime::Orphan:
        return 1;
    case Regime::WindowProbe:
        return 2;
    case Regime::Syn:
        return 3;
    case Regime::SynAck:
        return 4;
    default:
        return kUnansweredKinds;
    }
}

std::string_view toString(Scope scope) {
    return scope == Scope::Loopback ? "loopback" : scope == Scope::Private ? "private" : "public";
}

Scope scopeOf(const Connection& connection) {
    const IpAddress& remote = connection.remote.address;
    if (remote.isLoopback() || remote == connection.local.address)
        return Scope::Loopback;
    return isPrivate(remote) ? Scope::Private : Scope::Public;
}

SocketCounts::SocketCounts()
    : m_idle(kScopeCount, Distribution(kIdleBounds))
    , m_rtt(kScopeCount, Distribution(kRttBounds))
    , m_nextProbe(kAheadBounds)
    , m_givesUp(kAheadBounds)
    , m_closeWait(kCloseWaitBounds) {}

void SocketCounts::add(const Row& row, Scope scope) {
    ++m_states[std::min(place(row.connection.state), m_states.size() - 1)];
    if (row.diagnosis != Diagnosis::Listening)
        addConnection(row, scope);
}

void SocketCounts::addConnection(const Row& row, Scope scope) {
    const auto where = static_cast<std::size_t>(scope);
    ++m_diagnoses[static_cast<std::size_t>(row.diagnosis)][where];
    const std::size_t kind = unansweredKind(row.forecast.regime);
    if (row.forecast.unanswered > 0 && kind < kUnansweredKinds)
        ++m_unanswered[kind];
    if (row.forecast.nextEvent == NextEvent::KeepaliveProbe)
        m_nextProbe.add(seconds(row.forecast.next.expected));
    if (const auto age = row.connection.lifeAge(); age && row.connection.state == State::CloseWait)
        m_closeWait.add(seconds(*age));
    if (row.connection.state == State::Established)
        addEstablished(row, where);
}

void SocketCounts::addEstablished(const Row& row, std::size_t scope) {
    ++m_keepalive[keepalivePlace(row.options.enabled)][scope];
    ++m_provenance[provenancePlace(row.options.idleFrom)];
    if (row.forecast.never)
        ++m_never[scope];
    else if (row.forecast.cause != GiveUpCause::None)
        m_givesUp.add(seconds(row.forecast.shownEnd().expected));
    const auto sent = row.connection.sentAge(), heard = row.connection.lifeAge();
    if (sent || heard)
        m_idle[scope].add(seconds(std::min(sent.value_or(*heard), heard.value_or(*sent))));
    if (row.connection.info.rttUs > 0)
        m_rtt[scope].add(row.connection.info.rttUs / 1e6);
}

void SocketCounts::appendTo(std::vector<MetricFamily>& families) const {
    appendCounts(families);
    appendTimes(families);
}

void SocketCounts::appendCounts(std::vector<MetricFamily>& families) const {
    auto& states = families.emplace_back(gauge("halfopen_sockets", "TCP sockets by state."));
    for (const StateName& one : kStates)
        states.add({{"state", one.name}}, m_states[place(one.state)]);
    auto& connections = families.emplace_back(
        gauge("halfopen_connections", "TCP connections by what would become of them if the peer were gone now."));
    for (const Diagnosis diagnosis : kConnectionDiagnoses)
        for (std::size_t scope = 0; scope < kScopeCount; ++scope)
            connections.add({{"diagnosis", toString(diagnosis)}, {"scope", toString(static_cast<Scope>(scope))}},
                            m_diagnoses[static_cast<std::size_t>(diagnosis)][scope]);
    auto& established =
        families.emplace_back(gauge("halfopen_established_connections",
                                    "Established connections by keepalive; hidden where another timer masks it."));
    for (std::size_t is = 0; is < kKeepaliveNames.size(); ++is)
        for (std::size_t scope = 0; scope < kScopeCount; ++scope)
            established.add({{"keepalive", kKeepaliveNames[is]}, {"scope", toString(static_cast<Scope>(scope))}},
                            m_keepalive[is][scope]);
    auto& provenance = families.emplace_back(gauge("halfopen_keepalive_provenance_connections",
                                                   "Established connections by how their keepalive time is known."));
    for (std::size_t from = 0; from < kProvenanceNames.size(); ++from)
        provenance.add({{"provenance", kProvenanceNames[from]}}, m_provenance[from]);
    auto& unanswered = families.emplace_back(
        gauge("halfopen_unanswered_connections", "Connections with a probe or retransmission unanswered."));
    for (std::size_t kind = 0; kind < kUnansweredKinds; ++kind)
        unanswered.add({{"kind", kUnansweredNames[kind]}}, m_unanswered[kind]);
    auto& never = families.emplace_back(gauge("halfopen_never_given_up_connections",
                                              "Established connections that nothing in the kernel will ever end."));
    for (std::size_t scope = 0; scope < kScopeCount; ++scope)
        never.add({{"scope", toString(static_cast<Scope>(scope))}}, m_never[scope]);
}

void SocketCounts::appendTimes(std::vector<MetricFamily>& families) const {
    auto& idle = families.emplace_back(distribution(
        "halfopen_connection_idle_seconds", "Established connections by time since the last packet either way."));
    for (std::size_t scope = 0; scope < kScopeCount; ++scope)
        idle.add({{"scope", toString(static_cast<Scope>(scope))}}, m_idle[scope]);
    auto& rtt = families.emplace_back(distribution(
        "halfopen_connection_rtt_seconds", "Established connections by smoothed round-trip time, loopback excepted."));
    for (const Scope scope : {Scope::Private, Scope::Public})
        rtt.add({{"scope", toString(scope)}}, m_rtt[static_cast<std::size_t>(scope)]);
    families
        .emplace_back(distribution("halfopen_connection_next_probe_seconds",
                                   "Connections by time until the next keepalive probe."))
        .add({}, m_nextProbe);
    families
        .emplace_back(distribution("halfopen_connection_gives_up_seconds",
                                   "Established connections by time until the kernel gives them up if the peer stays "
                                   "silent; those never given up are not in it."))
        .add({}, m_givesUp);
    families
        .emplace_back(
            distribution("halfopen_close_wait_age_seconds", "Connections in CLOSE-WAIT by time since the peer closed."))
        .add({}, m_closeWait);
}

} // namespace halfopen
