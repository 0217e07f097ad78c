// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/state.h"

#include "core/model/sentence.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <utility>

namespace halfopen {

namespace {

constexpr std::array<std::pair<State, std::string_view>, 12> kStates{{
    {State::Established, "ESTABLISHED"},
    {State::SynSent, "SYN-SENT"},
    {State::SynRecv, "SYN-RECV"},
    {State::FinWait1, "FIN-WAIT-1"},
    {State::FinWait2, "FIN-WAIT-2"},
    {State::TimeWait, "TIME-WAIT"},
    {State::Close, "CLOSE"},
    {State::CloseWait, "CLOSE-WAIT"},
    {State::LastAck, "LAST-ACK"},
    {State::Listen, "LISTEN"},
    {State::Closing, "CLOSING"},
    {State::Bound, "BOUND"},
}};

std::string canonical(std::string_view word) {
    std::string text(word);
    std::ranges::transform(text, text.begin(),
                           [](unsigned char c) { return c == '_' ? '-' : static_cast<char>(std::toupper(c)); });
    if (text == "ESTAB")
        return "ESTABLISHED";
    if (text == "UNCONN" || text == "CLOSED")
        return "CLOSE";
    if (text == "LISTENING")
        return "LISTEN";
    return text;
}

} // namespace

std::string_view toString(State state) {
    const auto* it = std::ranges::find(kStates, state, &std::pair<State, std::string_view>::first);
    return it == kStates.end() ? "UNKNOWN" : it->second;
}

std::optional<State> parseState(std::string_view word) {
    const std::string name = canonical(word);
    const auto* it = std::ranges::find(kStates, name, &std::pair<State, std::string_view>::second);
    return it == kStates.end() ? std::nullopt : std::optional(it->first);
}

std::string_view toString(TimerKind kind) {
    switch (kind) {
    case TimerKind::Retransmit:
        return Sentence::mark("retransmit");
    case TimerKind::Keepalive:
        return Sentence::mark("keepalive");
    case TimerKind::TimeWait:
        return Sentence::mark("time-wait");
    case TimerKind::WindowProbe:
        return Sentence::mark("window-probe");
    case TimerKind::None:
    case TimerKind::DelayedAck:
        break;
    }
    return Sentence::mark("none");
}

} // namespace halfopen
