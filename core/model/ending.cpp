// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/ending.h"

#include "core/model/sentence.h"

#include <array>

namespace halfopen {

namespace {

struct Words {
    std::string_view word;
    std::string_view person;
};

// In the order of the enum.
constexpr std::array<Words, kEndingCount> kEndings{{
    {"unknown", Sentence::mark("ended, not known how")},
    {"closed-local-first", Sentence::mark("closed in order, this side first")},
    {"closed-remote-first", Sentence::mark("closed in order, the peer first")},
    {"closed-together", Sentence::mark("closed in order, both sides at once")},
    {"reset", Sentence::mark("reset")},
    {"keepalive-exhausted", Sentence::mark("keepalive exhausted")},
    {"user-timeout", Sentence::mark("user timeout")},
    {"retransmission-timeout", Sentence::mark("retransmission timeout")},
    {"window-probes-exhausted", Sentence::mark("window probes exhausted")},
    {"syn-refused", Sentence::mark("connection refused")},
    {"syn-timed-out", Sentence::mark("opening timed out")},
    {"closed-by-halfopen", Sentence::mark("closed by Halfopen")},
    {"time-wait-over", Sentence::mark("TIME-WAIT over")},
    {"fin-wait-2-over", Sentence::mark("FIN-WAIT-2 over")},
    {"orphan-given-up", Sentence::mark("orphan given up")},
    {"listener-closed", Sentence::mark("listener closed")},
    {"mptcp-closed", Sentence::mark("MPTCP connection closed without a subflow")},
}};

// In the order of the enum.
constexpr std::array<std::string_view, kEndingKindCount> kKinds{"timed-out",   "reset",    "refused",
                                                                "by-halfopen", "in-order", "unknown"};

constexpr std::array<std::string_view, 3> kConfidences{"certain", "likely", "unknown"};

} // namespace

std::string_view toString(Ending ending) {
    return kEndings[static_cast<std::size_t>(ending)].word;
}

std::optional<Ending> parseEnding(std::string_view word) {
    for (std::size_t i = 0; i < kEndings.size(); ++i) {
        if (kEndings[i].word == word)
            return static_cast<Ending>(i);
    }
    return std::nullopt;
}

std::string_view describe(Ending ending) {
    return kEndings[static_cast<std::size_t>(ending)].person;
}

bool isGivenUp(Ending ending) {
    switch (ending) {
    case Ending::KeepaliveExhausted:
    case Ending::UserTimeout:
    case Ending::RetransmissionTimeout:
    case Ending::WindowProbesExhausted:
    case Ending::SynTimedOut:
    case Ending::OrphanGivenUp:
        return true;
    default:
        return false;
    }
}

EndingKind kindOf(Ending ending) {
    if (isGivenUp(ending))
        return EndingKind::TimedOut;
    switch (ending) {
    case Ending::Reset:
        return EndingKind::Reset;
    case Ending::SynRefused:
        return EndingKind::Refused;
    case Ending::ClosedByHalfopen:
        return EndingKind::ByHalfopen;
    case Ending::Unknown:
        return EndingKind::Unknown;
    default:
        return EndingKind::InOrder;
    }
}

std::string_view toString(EndingKind kind) {
    return kKinds[static_cast<std::size_t>(kind)];
}

std::string_view toString(Confidence confidence) {
    return kConfidences[static_cast<std::size_t>(confidence)];
}

std::optional<Confidence> parseConfidence(std::string_view word) {
    for (std::size_t i = 0; i < kConfidences.size(); ++i) {
        if (kConfidences[i] == word)
            return static_cast<Confidence>(i);
    }
    return std::nullopt;
}

} // namespace halfopen
