// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/wire_proof.h"

#include <algorithm>

namespace halfopen {

namespace {

// Ages are whole jiffies, so one can be two ticks (at 100 Hz) short.
constexpr std::chrono::milliseconds kAgeSlack{20};

/// What has this age at the event happened before the sample, without a doubt.
bool beforeSample(Millis age, const DestroyEvent& event, const Connection& last) {
    return event.connection.sampled - std::chrono::milliseconds(age.count()) + kAgeSlack <= last.sampled;
}

Tristate tristate(bool yes) {
    return yes ? Tristate::Yes : Tristate::No;
}

Tristate finReceivedSince(const Connection& last, const DestroyEvent& event, bool& payloadInDoubt) {
    const TcpInfo& now = event.connection.info;
    if (!last.info.hasBytes() || !now.hasBytes() || now.bytesReceived < last.info.bytesReceived)
        return Tristate::Unknown;
    const std::uint64_t grown = now.bytesReceived - last.info.bytesReceived;
    if (grown == 0)
        return Tristate::No;
    payloadInDoubt = !beforeSample(now.lastDataReceived, event, last);
    return grown == 1 && !payloadInDoubt ? Tristate::Yes : Tristate::Unknown;
}

bool finWasSent(State state) {
    return state == State::FinWait1 || state == State::Closing || state == State::LastAck;
}

/// SYN and FIN that the peer had acknowledged at the sample: the count that one more FIN would raise.
std::optional<int> ackedBefore(const Connection& last, std::uint8_t states) {
    if (last.info.unacked == 0 && last.info.ackedBeyondPayload != TcpInfo::kUnknown)
        return last.info.ackedBeyondPayload;
    return (states & seen::Opening) != 0 ? std::optional(1) : std::nullopt;
}

Tristate finAcknowledgedSince(const Connection& last, std::uint8_t states, const DestroyEvent& event) {
    const TcpInfo& now = event.connection.info;
    if (last.state == State::FinWait2)
        return Tristate::Yes;
    if (finWasSent(last.state) && last.info.hasBytes() && now.hasBytes() &&
        now.bytesAcked >= last.info.bytesAcked) // what was unanswered then ends with the FIN
        return tristate(now.bytesAcked - last.info.bytesAcked >= last.sendQueue);
    const auto before = ackedBefore(last, states);
    if (!before || now.ackedBeyondPayload == TcpInfo::kUnknown)
        return Tristate::Unknown;
    return tristate(now.ackedBeyondPayload > *before);
}

void proveSegments(const Connection& last, const DestroyEvent& event, WireProof& proof) {
    const TcpInfo& now = event.connection.info;
    if (!last.info.hasSegments() || !now.hasSegments())
        return;
    proof.somethingReceived = tristate(now.segmentsIn != last.info.segmentsIn);
    const bool acked = !beforeSample(now.lastAckReceived, event, last);
    if (proof.somethingReceived == Tristate::No)
        proof.resetReceived = Tristate::No;
    else if (last.state == State::SynSent || !acked)
        proof.resetReceived = Tristate::Yes;
}

bool peerHadFinished(std::uint8_t states) {
    return (states & (seen::RemoteFinFirst | seen::BothFins)) != 0;
}

/// Without a sample the counts begin at the beginning.
WireProof proveAlone(const DestroyEvent& event, std::optional<bool> passive, WireProof proof) {
    const TcpInfo& now = event.connection.info;
    if (now.hasBytes() && event.hasDataSegments) {
        if (now.bytesReceived == 0)
            proof.finReceived = Tristate::No;
        else if (event.dataSegmentsIn == 0 && now.bytesReceived == 1)
            proof.finReceived = Tristate::Yes;
        else
            proof.payloadInDoubt = true;
    }
    if (now.ackedBeyondPayload == TcpInfo::kUnknown)
        return proof;
    if (passive)
        proof.finAcknowledged = tristate(now.ackedBeyondPayload > (*passive ? 0 : 1));
    else if (now.ackedBeyondPayload > 1 || now.ackedBeyondPayload < 1)
        proof.finAcknowledged = tristate(now.ackedBeyondPayload > 1);
    return proof;
}

} // namespace

std::uint8_t seenBit(State state) {
    switch (state) {
    case State::SynSent:
        return seen::Opening;
    case State::FinWait1:
    case State::FinWait2:
        return seen::LocalFinFirst;
    case State::CloseWait:
    case State::LastAck:
        return seen::RemoteFinFirst;
    case State::Closing:
        return seen::BothFins;
    default:
        return 0;
    }
}

WireProof proveFrom(const Connection* last, std::uint8_t states, const DestroyEvent& event,
                    std::optional<bool> passive) {
    WireProof proof;
    // tcp_disconnect() forgets the peer's port, and sets every count to 0.
    proof.disconnected = event.connection.remote.port == 0 && !event.connection.remote.address.isUnspecified();
    if (proof.disconnected || !event.connection.info.present())
        return proof;
    if (!last || last->isMini()) {
        proof = proveAlone(event, passive, proof);
        if (peerHadFinished(states))
            proof.finReceived = Tristate::Yes;
        return proof;
    }
    proveSegments(*last, event, proof);
    proof.finAcknowledged = finAcknowledgedSince(*last, states, event);
    proof.finReceived = peerHadFinished(states) ? Tristate::Yes : finReceivedSince(*last, event, proof.payloadInDoubt);
    return proof;
}

std::optional<MonotonicTime> lastLife(const Connection& connection) {
    const auto age = connection.lifeAge();
    if (!age || age->count() > connection.sampled.time_since_epoch() / std::chrono::milliseconds(1))
        return std::nullopt;
    return connection.sampled - std::chrono::milliseconds(age->count());
}

} // namespace halfopen
