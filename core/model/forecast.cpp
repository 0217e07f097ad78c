// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/forecast.h"

#include "core/model/sentence.h"

#include <array>
#include <utility>

namespace halfopen {

namespace {

using namespace std::string_view_literals;

constexpr std::array kRegimes{"none"sv,    "keepalive"sv,  "retransmission"sv, "window-probe"sv, "syn"sv,
                              "syn-ack"sv, "fin-wait-2"sv, "time-wait"sv,      "orphan"sv,       "mptcp-close"sv};

constexpr std::array<std::string_view, 7> kEvents{Sentence::mark("none"),
                                                  Sentence::mark("keepalive-probe"),
                                                  Sentence::mark("retransmission"),
                                                  Sentence::mark("window-probe"),
                                                  Sentence::mark("syn"),
                                                  Sentence::mark("syn-ack"),
                                                  Sentence::mark("give-up")};

constexpr std::array<std::string_view, 13> kCauses{Sentence::mark("none"),
                                                   Sentence::mark("keepalive"),
                                                   Sentence::mark("keepalive-user-timeout"),
                                                   Sentence::mark("retries"),
                                                   Sentence::mark("user-timeout"),
                                                   Sentence::mark("orphan-retries"),
                                                   Sentence::mark("window-probe"),
                                                   Sentence::mark("window-probe-user-timeout"),
                                                   Sentence::mark("syn-retries"),
                                                   Sentence::mark("syn-ack-retries"),
                                                   Sentence::mark("fin-wait-2"),
                                                   Sentence::mark("time-wait"),
                                                   Sentence::mark("mptcp-close")};

constexpr std::array<std::pair<std::uint32_t, std::string_view>, 24> kAssumptions{{
    {assume::KeepaliveTime, Sentence::mark("tcp_keepalive_time from sysctl")},
    {assume::KeepaliveInterval, Sentence::mark("tcp_keepalive_intvl from sysctl")},
    {assume::KeepaliveProbes, Sentence::mark("tcp_keepalive_probes from sysctl")},
    {assume::UserTimeout, Sentence::mark("no TCP_USER_TIMEOUT")},
    {assume::KeepaliveHidden, Sentence::mark("another timer hides whether keepalive is on")},
    {assume::IdleInferred, Sentence::mark("TCP_KEEPIDLE inferred from samples")},
    {assume::IntervalInferred, Sentence::mark("TCP_KEEPINTVL inferred from samples")},
    {assume::FirstRetransmission, Sentence::mark("the time of the first retransmission was reconstructed")},
    {assume::SocketDefaults, Sentence::mark("TCP_SYNCNT, TCP_DEFER_ACCEPT, TCP_LINGER2 and TCP_RTO_MAX_MS not set")},
    {assume::TailLossProbe, Sentence::mark("the next retransmission is a tail loss probe")},
    {assume::ListenerOptions,
     Sentence::mark(
         "the listener's options are what they were at the handshake, but for what the timer shows otherwise")},
    {assume::SettingsUnread, Sentence::mark("the kernel's defaults for settings that could not be read")},
    {assume::PeerSilent, Sentence::mark("the peer stays silent")},
    {assume::ProgramIdle, Sentence::mark("the program sends nothing, closes nothing and changes no option")},
    {assume::NoLocalDrop, Sentence::mark("this machine's own queue drops nothing")},
    {assume::NoIcmpError, Sentence::mark("no ICMP error comes")},
    {assume::NeighbourAnswers, Sentence::mark("the next hop goes on answering")},
    {assume::WindowStays, Sentence::mark("the peer's window stays as it is")},
    {assume::ListenerIdle, Sentence::mark("SYN queue at most half full and no repeated SYN")},
    {assume::ListenerStays, Sentence::mark("the listener stays open")},
    {assume::ClientWaits, Sentence::mark("the client sends no data")},
    {assume::NoOrphanPressure, Sentence::mark("orphans stay below the machine's limits")},
    {assume::MachineAwake, Sentence::mark("this machine does not sleep")},
    {assume::ConditionStays, Sentence::mark("what holds now goes on")},
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
