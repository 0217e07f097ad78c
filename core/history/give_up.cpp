// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/give_up.h"

namespace halfopen {
namespace {

using Code = EndingEvidence::Code;

} // namespace

Ending endingOf(GiveUpCause cause) {
    switch (cause) {
    case GiveUpCause::Keepalive:
        return Ending::KeepaliveExhausted;
    case GiveUpCause::KeepaliveUserTimeout:
    case GiveUpCause::UserTimeout:
    case GiveUpCause::WindowProbeUserTimeout:
        return Ending::UserTimeout;
    case GiveUpCause::Retries:
        return Ending::RetransmissionTimeout;
    case GiveUpCause::OrphanRetries:
        return Ending::OrphanGivenUp;
    case GiveUpCause::WindowProbe:
        return Ending::WindowProbesExhausted;
    case GiveUpCause::SynRetries:
    case GiveUpCause::SynAckRetries:
        return Ending::SynTimedOut;
    case GiveUpCause::FinWait2:
        return Ending::FinWait2Over;
    case GiveUpCause::TimeWait:
        return Ending::TimeWaitOver;
    case GiveUpCause::MptcpClose:
        return Ending::MptcpClosed;
    case GiveUpCause::None:
        break;
    }
    return Ending::Unknown;
}

EndingEvidence::Code countCode(Regime regime) {
    switch (regime) {
    case Regime::Keepalive:
        return Code::ProbesUnanswered;
    case Regime::WindowProbe:
        return Code::WindowProbesUnanswered;
    case Regime::Syn:
    case Regime::SynAck:
        return Code::SynsUnanswered;
    default:
        return Code::RetransmitsUnanswered;
    }
}

EndingEvidence::Code countCode(Ending ending) {
    switch (ending) {
    case Ending::KeepaliveExhausted:
        return Code::ProbesUnanswered;
    case Ending::WindowProbesExhausted:
        return Code::WindowProbesUnanswered;
    case Ending::SynTimedOut:
        return Code::SynsUnanswered;
    default:
        return Code::RetransmitsUnanswered;
    }
}

} // namespace halfopen
