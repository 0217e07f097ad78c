// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forecast/regime/in_flight.h"

#include "core/forecast/regime/rto.h"
#include "core/model/connection.h"
#include "core/model/state.h"
#include "core/model/surroundings.h"

#include <algorithm>
#include <cstdlib>

namespace halfopen::regime {

namespace {

constexpr int kNearlyMs = 20; // what is between an ACK and what it brings about

/// A FIN alone in flight counts one byte, and its transmissions leave no age.
bool isBareFin(const Connection& connection) {
    const bool finSent =
        connection.state == State::FinWait1 || connection.state == State::LastAck || connection.state == State::Closing;
    return finSent && connection.sendQueue <= 1;
}

Jiffies since(const Context& context, MonotonicTime moment) {
    const auto ago = context.connection.sampled - moment;
    return context.time.fromMillis(std::chrono::duration_cast<std::chrono::milliseconds>(ago).count());
}

/// Seen in an earlier sample of this loss episode.
Span rememberedStamp(const Context& context) {
    const FlightPast& past = *context.around.past;
    const Jiffies youngest = since(context, past.stampLatest);
    return {youngest, youngest, since(context, past.stampEarliest)};
}

bool inEpisode(const TcpInfo& info) {
    return info.caState == TcpInfo::kRecovery || info.caState == TcpInfo::kLoss;
}

/// Since the first of the timeouts that are counted now: a partial ACK counted them anew and left the backoff. Where
/// nothing of what was retransmitted before is in flight any more, the stamp is of then.
Jiffies ofTheseTimeouts(const Context& context, const InFlight& flight) {
    Jiffies age = sinceLast(context, flight);
    Jiffies rung = flight.rto;
    for (int repeats = 1; repeats < flight.retransmits && rung > 0; ++repeats)
        age += rung /= 2;
    return age;
}

/// A fast retransmission may have set the stamp before the first timeout: more was retransmitted than timeouts did, and
/// something came since the head of the queue was sent. (A tail loss probe, which sets no stamp, needs no ACK.)
/// @param first  since the first timeout
/// Source: net/ipv4/tcp_output.c, tcp_retransmit_skb(), tcp_send_loss_probe().
bool mayHaveBeenFast(const Context& context, const InFlight& flight, Jiffies first) {
    const Connection* before = context.around.before;
    if (before && before->info.unacked == 0 && before->info.segmentsIn == context.connection.info.segmentsIn)
        return false; // nothing came since nothing was in flight
    const Jiffies timeout = firstTimeout(context, flight);
    const Jiffies heard = context.time.fromMillis(context.connection.info.lastAckReceived.count());
    return retransmissionsOf(context) > static_cast<std::uint32_t>(flight.retransmits) &&
           heard <= first + timeout + context.wheel().granule(timeout) + context.time.limit(kNearlyMs);
}

/// retrans_stamp itself was read.
bool isStampTold(const Context& context) {
    return context.around.exact && context.around.exact->sinceRetransmission;
}

/// Age of tp->retrans_stamp. `total_rto_time` counts from the first timeout, but the stamp is older where that timeout
/// retransmitted nothing (the packet was still in this machine's queues) and where it was not the first retransmission
/// of the episode. Source: net/ipv4/tcp_output.c, __tcp_retransmit_skb(); net/ipv4/tcp_input.c, tcp_enter_loss().
Span stampAge(const Context& context, const InFlight& flight) {
    const auto& info = context.connection.info;
    if (isStampTold(context))
        return Span::at(context.time.sinceTick(*context.around.exact->sinceRetransmission / 1000));
    const FlightPast* past = context.around.past;
    const bool remembered = past && past->stampLatest != MonotonicTime{};
    if (flight.retransmits == 0 && remembered)
        return rememberedStamp(context);
    if (flight.retransmits == 0) { // a fast retransmission, or an episode that went on after a partial ACK
        const Jiffies heard = context.time.fromMillis(info.lastAckReceived.count());
        const Jiffies rungs = flight.rto < flight.longest ? 2 : std::max(2, flight.backoff); // those before take two
        return {std::min(flight.sent, heard), heard, std::max(flight.sent, heard) + rungs * flight.rto};
    }
    Span age = sinceFirst(context, flight, flight.retransmits);
    const Jiffies aTick = context.time.limit(8);
    if (remembered && rememberedStamp(context).earliest > age.latest + aTick)
        return rememberedStamp(context);
    if (flight.dated && flight.conditions.has(Condition::NotLeaving) && flight.sent > age.latest + aTick)
        return Span::at(flight.sent);
    if (remembered && rememberedStamp(context).latest > rememberedStamp(context).earliest + aTick)
        age.latest = std::max(age.latest, rememberedStamp(context).latest); // which of the two it is nobody knows
    if (flight.conditions.has(Condition::RecoveryContinued) && remembered) {
        const Span seen = rememberedStamp(context);
        age.latest = std::max(age.latest, seen.latest);
        age.earliest = std::min(age.earliest, ofTheseTimeouts(context, flight));
    } else if (flight.conditions.has(Condition::RecoveryContinued) && info.hasRtoTotals()) {
        const Jiffies gaps = std::max<Jiffies>(1, info.totalRtoRecoveries - 1) * flight.rto;
        age.latest = std::max(age.latest, context.time.fromMillis(info.totalRtoTimeMs) + gaps);
        age.earliest = std::min(age.earliest, ofTheseTimeouts(context, flight));
    } else if (retransmissionsOf(context) < static_cast<std::uint32_t>(flight.retransmits) ||
               (!remembered && mayHaveBeenFast(context, flight, age.latest))) {
        age.latest += 2 * firstTimeout(context, flight); // the timer is armed anew when the head is sent again
    }
    return age;
}

} // namespace

bool isFirstTimeoutHidden(const Context& context, const InFlight& flight) {
    const FlightPast* past = context.around.past;
    return flight.rto >= flight.longest && flight.backoff > 0 && !(past && past->firstTimeoutUs > 0);
}

Jiffies firstTimeout(const Context& context, const InFlight& flight) {
    const auto& info = context.connection.info;
    const bool cut = flight.rto >= flight.longest && flight.backoff > 0;
    if (cut && !isFirstTimeoutHidden(context, flight))
        return std::max<Jiffies>(context.time.fromMicros(context.around.past->firstTimeoutUs), 1);
    const Jiffies shifted = flight.rto >> std::min<int>(info.backoff, 30);
    const Jiffies deviation = context.time.fromMicros(4 * std::int64_t{info.rttVarUs});
    const Jiffies least = std::max(context.time.limit(kRtoMinMs), deviation) + context.time.fromMicros(info.rttUs);
    return cut ? std::max(shifted, least) : std::max<Jiffies>(shifted, 1);
}

bool tellsSince(const Context& context) {
    if (isStampTold(context))
        return true;
    const auto& info = context.connection.info;
    const FlightPast* past = context.around.past;
    return info.hasRtoTotals() && (info.totalRtoRecoveries == 1 || (past && past->begun));
}

std::uint32_t retransmissionsOf(const Context& context) {
    const FlightPast* past = context.around.past;
    const std::uint32_t before = past && past->begun ? past->retransmitsBefore : 0;
    return context.connection.info.totalRetransmits - std::min(before, context.connection.info.totalRetransmits);
}

Jiffies sinceLast(const Context& context, const InFlight& flight) {
    const Jiffies sent = context.time.fromMillis(context.connection.info.lastDataSent.count());
    const Jiffies overdue =
        flight.expires == 0 ? context.wheel().granule(flight.rto) : 0; // its run waits for the wheel
    return sent + flight.expires <= flight.rto + overdue ? sent : std::max<Jiffies>(0, flight.rto - flight.expires);
}

Span sinceFirst(const Context& context, const InFlight& flight, int rungs) {
    const auto& info = context.connection.info;
    if (isStampTold(context))
        return stampAge(context, flight);
    if (tellsSince(context)) {
        const FlightPast* past = context.around.past;
        const std::uint32_t before = info.totalRtoRecoveries > 1 && past && past->begun ? past->timeoutsTimeBefore : 0;
        return Span::at(context.time.sinceTick(info.totalRtoTimeMs - std::min(before, info.totalRtoTimeMs)));
    }
    return sinceFirstByBackoff(context, flight, rungs);
}

Span sinceFirstByBackoff(const Context& context, const InFlight& flight, int rungs) {
    const Jiffies second = std::min(2 * firstTimeout(context, flight), flight.longest);
    return ladder(context.wheel(), second, flight.longest, rungs - 1) + Span::at(sinceLast(context, flight));
}

InFlight readInFlight(const Context& context) {
    const auto& connection = context.connection;
    const auto& info = connection.info;
    InFlight flight{};
    flight.expires = context.expires();
    flight.longest = rtoMax(context);
    flight.rto = std::clamp<Jiffies>(context.time.fromMicros(info.rtoUs), 1, flight.longest);
    flight.userTimeout = context.userTimeout();
    flight.retransmits = info.retransmits;
    flight.backoff = info.backoff;
    flight.orphan = connection.isOrphan();
    flight.dated = flight.expires > 0 && info.present() && !isBareFin(connection);
    flight.sent = flight.dated ? context.time.fromMillis(info.lastDataSent.count()) : sinceLast(context, flight);
    flight.conditions = conditionsOf(context, flight);
    const bool episode = flight.retransmits == 0 && inEpisode(info) && info.retransmits == 0 && info.unacked > 0;
    // A stamp that stands stays for the next timeout; without one that sets it (__tcp_retransmit_skb()).
    flight.stamped = context.around.exact ? isStampTold(context) : flight.retransmits > 0 || episode;
    if (flight.stamped)
        flight.since = stampAge(context, flight);
    return flight;
}

} // namespace halfopen::regime
