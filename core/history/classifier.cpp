// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/classifier.h"

#include "core/history/give_up.h"
#include "core/history/told_end.h"
#include "core/history/wire_proof.h"

#include <algorithm>
#include <cerrno>

namespace halfopen {

namespace {

using Code = EndingEvidence::Code;
using std::chrono::milliseconds;

// A timer handler that ran on time is seen this late at worst; a forecast and the wire differ by a jiffy.
constexpr milliseconds kSlack{20};

/// One connection that is gone, on its way to its ending.
class Classifier {
public:
    explicit Classifier(const LastObservations& observed)
        : m_observed(observed) {
        if (m_observed.event)
            m_proof = proveFrom(last(), statesSeen(), *m_observed.event, m_observed.passive);
        m_ending.ended = m_observed.missed;
        if (m_observed.event)
            m_ending.ended = std::min(m_ending.ended, m_observed.event->connection.sampled);
        m_ending.lastLife = life();
    }

    ClassifiedEnding result() {
        decide();
        tellError();
        appendEvent();
        return std::move(m_ending);
    }

private:
    const Connection* last() const { return m_observed.last ? &m_observed.last->connection : nullptr; }
    bool forgotten() const { return m_proof.disconnected || m_observed.disconnected; }
    /// Also the one that the kernel ended it in.
    std::uint8_t statesSeen() const {
        return m_observed.states | (m_observed.endTold() ? seenBit(m_observed.event->before) : std::uint8_t{0});
    }

    void decide() {
        if (m_observed.closedByHalfopen)
            return closedByHalfopen();
        if (!m_observed.last)
            return withoutSample();
        const Connection& connection = *last();
        if (connection.state == State::Listen)
            return conclude(Ending::ListenerClosed, Confidence::Certain);
        add(Code::StateSeen, static_cast<std::int64_t>(connection.state));
        if (endedAsTold())
            return;
        if (forgotten() && connection.state != State::SynSent)
            return disconnected();
        if (giveUpWasDue())
            return givenUp();
        noteGiveUpNotDue();
        byState(connection);
    }

    void closedByHalfopen() {
        add(Code::AskedFor);
        conclude(Ending::ClosedByHalfopen, Confidence::Certain);
        if (m_observed.last && last()->inode != 0)
            m_ending.errorNumber = // net/ipv4/tcp.c, tcp_disconnect() and tcp_abort()
                m_observed.resetByHalfopen ? ECONNRESET : ECONNABORTED;
    }

    void disconnected() {
        add(Code::Disconnected);
        conclude(Ending::Reset, Confidence::Certain);
    }

    void byState(const Connection& connection) {
        if (connection.upperLayer == UpperLayer::MptcpWithoutSubflow)
            return unclear(); // closed by its program, or a subflow was made; no event tells
        switch (connection.state) {
        case State::TimeWait: // over before its time: a new connection took its place, or an RST came
            return conclude(Ending::TimeWaitOver, Confidence::Likely);
        case State::SynSent:
            return opening();
        case State::SynRecv:
            return unclear();
        case State::FinWait2:
            if (connection.isMini())
                return conclude(Ending::Reset, Confidence::Likely);
            return closingFirst(Ending::ClosedLocalFirst);
        case State::FinWait1:
            return closingFirst(Ending::ClosedLocalFirst);
        case State::Closing:
            return closingFirst(Ending::ClosedTogether);
        case State::LastAck:
        case State::CloseWait:
            return closingSecond(connection);
        default:
            return established(connection);
        }
    }

    // --- the kernel told the error with its end ---

    /// @return false where that decides nothing
    bool endedAsTold() {
        if (!m_observed.endTold())
            return false;
        switch (reasonOf(*m_observed.event)) {
        case EndReason::TimedOut:
            timedOut(*m_observed.event);
            return true;
        case EndReason::ResetByPeer:
        case EndReason::Aborted:
        case EndReason::ThrownAway:
            conclude(Ending::Reset, Confidence::Certain);
            return true;
        case EndReason::Refused:
            conclude(Ending::SynRefused, Confidence::Certain);
            return true;
        case EndReason::LastAcknowledged:
            addFinProofs();
            conclude(Ending::ClosedRemoteFirst, Confidence::Certain);
            return true;
        case EndReason::Unknown:
            break;
        }
        return false;
    }

    /// What of it ran out, the forecast knows best; else the counts tell.
    void timedOut(const DestroyEvent& event) {
        const auto* const look = m_observed.last ? &*m_observed.last : nullptr;
        const Ending expected = look && giveUpWasDue() ? endingOf(forecast().cause) : Ending::Unknown;
        const bool limited = look && look->options.userTimeout.count() > 0;
        const Ending ending = isGivenUp(expected) ? expected : timedOutBy(event, limited);
        const TcpInfo& info = event.connection.info;
        m_ending.unanswered = std::max<std::uint16_t>(look ? forecast().unanswered : std::uint16_t{0},
                                                      std::max(info.probes, info.retransmits));
        if (m_ending.unanswered > 0)
            add(countCode(ending), m_ending.unanswered, look && forecast().hasAllowed ? forecast().allowed : 0);
        if (isGivenUp(expected))
            add(Code::GiveUpInInterval);
        const bool known = ending == Ending::SynTimedOut || isGivenUp(expected) || (look && look->options.exact());
        conclude(ending, known ? Confidence::Certain : Confidence::Likely);
    }

    /// What was told is what its program gets, but for what tcp_disconnect() says of itself later.
    void tellError() {
        if (!m_observed.endTold() || !m_observed.event->errorTold)
            return;
        const DestroyEvent& event = *m_observed.event;
        if (event.error != 0 || !(m_observed.closedByHalfopen || forgotten()))
            m_ending.errorNumber = event.held ? event.error : 0;
    }

    // --- the kernel gave it up ---

    const Forecast& forecast() const { return m_observed.last->forecast; }
    MonotonicTime fromSample(Millis time) const { return last()->sampled + milliseconds(time.count()); }
    /// It ended not after this.
    MonotonicTime notAfter() const { return m_ending.ended; }

    bool giveUpWasDue() const {
        const Forecast& then = forecast();
        if (then.cause == GiveUpCause::None || notAfter() + kSlack < fromSample(then.givesUp.earliest))
            return false;
        // The time alone proves nothing where something else could have ended it in as long an interval.
        if (!needsCount(endingOf(then.cause)) || then.unanswered > 0)
            return true;
        return m_observed.event ? countAtEnd() > 0 : m_observed.eventExpected && last()->inode != 0;
    }

    /// The count at the end, where something tells it: the event, or the forecast that all allowed ones were sent.
    std::uint16_t countAtEnd() const {
        const Forecast& then = forecast();
        if (m_observed.event) {
            const TcpInfo& info = m_observed.event->connection.info;
            const bool probes = then.regime == Regime::Keepalive || then.regime == Regime::WindowProbe;
            return std::max<std::uint16_t>(then.unanswered, probes ? info.probes : info.retransmits);
        }
        return then.hasAllowed ? std::max<std::uint16_t>(then.allowed, then.unanswered) : then.unanswered;
    }

    static bool needsCount(Ending ending) { return isGivenUp(ending) && ending != Ending::OrphanGivenUp; }

    void givenUp() {
        const Ending ending = endingOf(forecast().cause);
        m_ending.unanswered = countAtEnd();
        if (m_proof.resetReceived == Tristate::Yes)
            return resetByPeer();
        if (m_ending.unanswered > 0)
            add(countCode(forecast().regime), m_ending.unanswered, forecast().hasAllowed ? forecast().allowed : 0);
        provesDeadSocket();
        add(Code::GiveUpInInterval);
        conclude(ending, givenUpConfidence(ending));
        m_ending.errorNumber = errorOf(forecast().cause);
        m_ending.ended = std::clamp(fromSample(forecast().givesUp.expected), last()->sampled, notAfter());
    }

    Confidence givenUpConfidence(Ending ending) {
        if (ending == Ending::TimeWaitOver || ending == Ending::FinWait2Over || ending == Ending::MptcpClosed)
            return Confidence::Certain; // their timer is all that could end them then
        const bool allUsed = !forecast().hasAllowed || m_ending.unanswered >= forecast().allowed;
        if (m_observed.event && allUsed && m_proof.somethingReceived == Tristate::No) {
            add(Code::NothingReceived);
            return Confidence::Certain;
        }
        return Confidence::Likely;
    }

    /// Data in flight can fail with what ICMP said; the other timeouts always say ETIMEDOUT (tcp_write_err()).
    int errorOf(GiveUpCause cause) const {
        const bool icmpIgnored = cause == GiveUpCause::Keepalive || cause == GiveUpCause::KeepaliveUserTimeout;
        return icmpIgnored && last()->inode != 0 ? ETIMEDOUT : 0;
    }

    void noteGiveUpNotDue() {
        const Forecast& then = forecast();
        if (then.cause == GiveUpCause::None)
            return;
        const auto left = std::chrono::ceil<milliseconds>(fromSample(then.givesUp.earliest) - notAfter());
        if (left > milliseconds(0))
            add(Code::GiveUpNotDue, left.count());
    }

    // --- it ended otherwise ---

    void opening() {
        if (forgotten()) { // connect(2) itself does that where it fails, net/ipv4/af_inet.c
            add(Code::Disconnected);
            return conclude(Ending::SynRefused, Confidence::Likely);
        }
        if (m_proof.resetReceived == Tristate::Yes) {
            add(Code::ResetReceived);
            conclude(Ending::SynRefused, Confidence::Certain);
            m_ending.errorNumber = ECONNREFUSED;
            return;
        }
        if (provesDeadSocket()) // its program has not closed it: the kernel did, on an RST or what ICMP said
            return conclude(Ending::SynRefused, Confidence::Likely);
        unclear();
    }

    void closingFirst(Ending inOrder) {
        if (bothFins())
            return conclude(inOrder, Confidence::Likely); // in order, but no TIME-WAIT was left
        if (m_proof.resetReceived == Tristate::Yes)
            return resetByPeer();
        conclude(Ending::Reset, Confidence::Likely); // in order it would have gone on as TIME-WAIT
    }

    void closingSecond(const Connection& connection) {
        if (m_proof.finAcknowledged == Tristate::Yes) {
            add(Code::FinAcknowledged);
            return conclude(Ending::ClosedRemoteFirst, Confidence::Certain);
        }
        if (m_proof.resetReceived == Tristate::Yes)
            return resetByPeer();
        if (m_proof.finAcknowledged == Tristate::No) {
            add(Code::NoFinAcknowledged);
            return conclude(Ending::Reset, Confidence::Likely);
        }
        if (connection.state == State::CloseWait && provesDeadSocket())
            return unclear(); // shut down and acknowledged, or reset: both leave the descriptor
        conclude(Ending::ClosedRemoteFirst, Confidence::Likely);
    }

    void established(const Connection& connection) {
        noteUnanswered();
        if (m_observed.event)
            return byProof();
        if (provesDeadSocket() && !optionsMayMislead(connection))
            return conclude(Ending::Reset, Confidence::Likely);
        unclear();
    }

    /// With options that are not the socket's own, the give-up may have been due after all.
    bool optionsMayMislead(const Connection&) const {
        return forecast().unanswered > 0 && !m_observed.last->options.exact();
    }

    void noteUnanswered() {
        const Forecast& then = forecast();
        m_ending.unanswered = then.unanswered;
        if (then.unanswered == 0)
            add(Code::NothingUnanswered);
        else
            add(countCode(then.regime), then.unanswered, then.hasAllowed ? then.allowed : 0);
    }

    void byProof() {
        addFinProofs();
        if (bothFins())
            return conclude(Ending::ClosedRemoteFirst, Confidence::Likely); // else TIME-WAIT would have followed
        if (m_proof.resetReceived == Tristate::Yes)
            return resetByPeer();
        const bool unanswered = eventProbes() > 0 || eventRetransmits() > 0;
        if (m_proof.somethingReceived == Tristate::No && unanswered)
            return silentlyGivenUp();
        if (m_proof.finAcknowledged == Tristate::Yes && m_proof.finReceived == Tristate::Unknown)
            return conclude(Ending::ClosedRemoteFirst, Confidence::Likely);
        if (m_proof.finAcknowledged == Tristate::Unknown || unanswered)
            return unclear();
        const bool certain = m_proof.finReceived == Tristate::No && m_proof.finAcknowledged == Tristate::No;
        conclude(Ending::Reset, certain ? Confidence::Certain : Confidence::Likely);
    }

    /// Nothing came and something was unanswered: the kernel gave it up, though the forecast did not expect it yet.
    void silentlyGivenUp() {
        add(Code::NothingReceived);
        const bool probes = eventProbes() > 0;
        m_ending.unanswered = std::max(m_ending.unanswered, probes ? eventProbes() : eventRetransmits());
        const Ending byProbes =
            forecast().regime == Regime::WindowProbe ? Ending::WindowProbesExhausted : Ending::KeepaliveExhausted;
        conclude(probes ? byProbes : Ending::RetransmissionTimeout, Confidence::Likely);
    }

    void resetByPeer() {
        add(Code::ResetReceived);
        conclude(Ending::Reset, Confidence::Certain);
        if (last()->inode != 0) // net/ipv4/tcp_input.c, tcp_reset()
            m_ending.errorNumber = last()->state == State::CloseWait ? EPIPE : ECONNRESET;
    }

    void withoutSample() {
        add(Code::BetweenSamples);
        if (endedAsTold())
            return;
        if (forgotten()) { // connect(2) failed, or its program threw it away
            add(Code::Disconnected);
            return unclear();
        }
        addFinProofs();
        const Connection& destroyed = m_observed.event->connection;
        if (m_observed.passive == false && destroyed.info.hasBytes() && destroyed.info.bytesAcked == 0)
            return neverOpened(destroyed);
        if (m_proof.finAcknowledged == Tristate::Yes && m_proof.finReceived != Tristate::No)
            return conclude(Ending::ClosedRemoteFirst, Confidence::Likely);
        if (m_proof.finAcknowledged == Tristate::No && m_proof.finReceived == Tristate::No)
            return conclude(Ending::Reset, Confidence::Likely);
        unclear();
    }

    /// The peer never acknowledged the SYN.
    void neverOpened(const Connection& destroyed) {
        if (destroyed.info.segmentsIn == 0)
            return unclear(); // withdrawn, or refused by a router
        add(Code::ResetReceived);
        conclude(Ending::SynRefused, Confidence::Likely);
    }

    // --- helpers ---

    bool bothFins() const { return m_proof.finReceived == Tristate::Yes && m_proof.finAcknowledged == Tristate::Yes; }
    std::uint16_t eventProbes() const { return m_observed.event->connection.info.probes; }
    std::uint16_t eventRetransmits() const { return m_observed.event->connection.info.retransmits; }

    bool provesDeadSocket() {
        if (m_observed.isDeadSocket())
            add(Code::NoDestroyEvent);
        return m_observed.isDeadSocket();
    }

    void addFinProofs() {
        if (m_proof.finReceived != Tristate::Unknown)
            add(m_proof.finReceived == Tristate::Yes ? Code::FinReceived : Code::NoFinReceived);
        if (m_proof.finAcknowledged != Tristate::Unknown)
            add(m_proof.finAcknowledged == Tristate::Yes ? Code::FinAcknowledged : Code::NoFinAcknowledged);
        if (m_proof.payloadInDoubt)
            add(Code::BytesInDoubt);
    }

    void unclear() { conclude(Ending::Unknown, Confidence::Unknown); }

    void conclude(Ending ending, Confidence confidence) {
        m_ending.ending = ending;
        m_ending.confidence = confidence;
    }

    void add(Code code, std::int64_t value = 0, std::int64_t other = 0) {
        m_ending.evidence.push_back({code, value, other});
    }

    void appendEvent() {
        if (m_observed.endTold())
            add(Code::EndReported, m_observed.event->errorTold ? m_observed.event->error : -1,
                static_cast<std::int64_t>(m_observed.event->before));
        if (m_observed.isHeld())
            add(Code::DescriptorHeld);
        if (m_observed.event && m_observed.event->connection.info.present())
            add(Code::DestroyEvent, eventProbes(), eventRetransmits());
        if (m_observed.eventsLost > 0)
            add(Code::EventsLost, static_cast<std::int64_t>(m_observed.eventsLost));
    }

    /// The later of what the last sample and the event tell. The event's ages count from when it was written, somewhat
    /// before it was read.
    std::optional<MonotonicTime> life() const {
        const auto sampled = last() ? lastLife(*last()) : std::nullopt;
        const bool nothingNew =
            m_proof.somethingReceived == Tristate::No || (last() && last()->state == State::SynSent);
        if (!m_observed.event || forgotten() || nothingNew)
            return sampled;
        const auto sign = lastLife(m_observed.event->connection);
        return !sampled || (sign && *sign > *sampled) ? sign : sampled;
    }

    const LastObservations& m_observed;
    WireProof m_proof;
    ClassifiedEnding m_ending;
};

} // namespace

ClassifiedEnding classify(const LastObservations& observed) {
    return Classifier(observed).result();
}

} // namespace halfopen
