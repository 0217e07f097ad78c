// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/forecast.h"

#include <array>
#include <utility>

namespace halfopen {

namespace {

using namespace std::string_view_literals;

constexpr std::array kRegimes{"none"sv,    "keepalive"sv,  "retransmission"sv, "window-probe"sv, "syn"sv,
                              "syn-ack"sv, "fin-wait-2"sv, "time-wait"sv,      "orphan"sv,       "mptcp-close"sv};

constexpr std::array kEvents{"none"sv, "keepalive-probe"sv, "retransmission"sv, "window-probe"sv,
                             "syn"sv,  "syn-ack"sv,         "give-up"sv};

constexpr std::array kCauses{"none"sv,
                             "keepalive"sv,
                             "keepalive-user-timeout"sv,
                             "retries"sv,
                             "user-timeout"sv,
                             "orphan-retries"sv,
                             "window-probe"sv,
                             "window-probe-user-timeout"sv,
                             "syn-retries"sv,
                             "syn-ack-retries"sv,
                             "fin-wait-2"sv,
                             "time-wait"sv,
                             "mptcp-close"sv};

constexpr std::array<std::pair<std::uint32_t, std::string_view>, 23> kAssumptions{{
    {assume::KeepaliveTime, "tcp_keepalive_time from sysctl"},
    {assume::KeepaliveInterval, "tcp_keepalive_intvl from sysctl"},
    {assume::KeepaliveProbes, "tcp_keepalive_probes from sysctl"},
    {assume::UserTimeout, "no TCP_USER_TIMEOUT"},
    {assume::KeepaliveHidden, "another timer hides whether keepalive is on"},
    {assume::IdleInferred, "TCP_KEEPIDLE inferred from samples"},
    {assume::IntervalInferred, "TCP_KEEPINTVL inferred from samples"},
    {assume::FirstRetransmission, "the time of the first retransmission was reconstructed"},
    {assume::SocketDefaults, "TCP_SYNCNT, TCP_LINGER2 and TCP_RTO_MAX_MS not set"},
    {assume::TailLossProbe, "the next retransmission is a tail loss probe"},
    {assume::ListenerOptions, "the listener's options are what they were at the handshake"},
    {assume::PeerSilent, "the peer stays silent"},
    {assume::ProgramIdle, "the program sends nothing, closes nothing and changes no option"},
    {assume::NoLocalDrop, "this machine's own queue drops nothing"},
    {assume::NoIcmpError, "no ICMP error comes"},
    {assume::NeighbourAnswers, "the next hop goes on answering"},
    {assume::WindowStays, "the peer's window stays as it is"},
    {assume::ListenerIdle, "SYN queue at most half full and no repeated SYN"},
    {assume::ListenerStays, "the listener stays open"},
    {assume::ClientWaits, "the client sends no data"},
    {assume::NoOrphanPressure, "orphans stay below the machine's limits"},
    {assume::MachineAwake, "this machine does not sleep"},
    {assume::ConditionStays, "what holds now goes on"},
}};

template <class Names, class Enum>
std::string_view nameOf(const Names& names, Enum value) {
    const auto index = static_cast<std::size_t>(value);
    return index < names.size() ? names[index] : names[0];
}

} // namespace

std::string_view toString(Regime regime) {
    return nameOf(kRegimes, regime);
}

std::string_view toString(NextEvent event) {
    return nameOf(kEvents, event);
}

std::string_view toString(GiveUpCause cause) {
    return nameOf(kCauses, cause);
}

std::vector<std::string> assumptions(std::uint32_t bits) {
    std::vector<std::string> sentences;
    for (const auto& [bit, sentence] : kAssumptions) {
        if (bits & bit)
            sentences.emplace_back(sentence);
    }
    return sentences;
}

} // namespace halfopen
