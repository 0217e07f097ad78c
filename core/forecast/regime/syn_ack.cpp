// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forecast/regime/regimes.h"
#include "core/forecast/regime/rto.h"
#include "core/model/keepalive_options.h"
#include "core/model/state.h"
#include "core/model/surroundings.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>

namespace halfopen::regime {

namespace {

constexpr int kMostTimeouts = 255; // TCP_SYNCNT and tcp_synack_retries are kept in eight bits

/// A request that waits for its handshake's last ACK, or for data after it.
struct Request {
    int timeouts;              ///< num_timeout: how often its timer has run
    bool atLeast;              ///< so often, perhaps oftener: nobody has seen it from its beginning
    int retries;               ///< the run at which it is dropped, if nothing else decides
    bool deferred;             ///< the ACK came, and TCP_DEFER_ACCEPT waits for data
    bool mayDefer;             ///< its listener defers, and whether the ACK came is not known
    std::optional<int> rounds; ///< TCP_DEFER_ACCEPT in timeouts; nullopt: not read
};

/// reqsk_timeout(): one second, doubled by every SYN-ACK that was repeated.
Jiffies timeoutAfter(const Context& context, int timeouts) {
    const Jiffies first = context.time.limit(kTimeoutInitMs);
    return std::min(first << std::min(timeouts, 20), rtoMax(context));
}

/// At least so many timeouts, since the timer expires later than fewer of them are long.
int shownByTimer(const Context& context, Jiffies expires) {
    int timeouts = 0;
    while (timeouts < 20 && timeoutAfter(context, timeouts) < std::min(expires, rtoMax(context)))
        ++timeouts;
    return timeouts;
}

/// num_timeout is not told. idiag_retrans counts the SYN-ACKs sent: also those that answer a repeated SYN, and none
/// while accept is deferred. What earlier samples showed is certain.
Request readRequest(const Context& context, Jiffies expires) {
    const auto& around = context.around;
    const int counted = context.connection.timer.retransmits;
    const int seen = around.past ? around.past->timeouts : 0;
    const int shown = std::max(shownByTimer(context, expires), seen);
    Request request{};
    request.deferred = counted < shown;
    request.timeouts = around.past && around.past->begun ? shown : std::max(counted, shown);
    request.atLeast = !around.exact && !(around.past && around.past->begun);
    request.retries =
        context.options.synCount > 0 ? context.options.synCount : retryCount(context.sysctls.synAckRetries);
    if (around.exact) {
        request.timeouts = around.exact->requestTimeouts;
        request.deferred = around.exact->requestAcked;
    }
    if (around.listener) {
        request.retries = around.listener->synCount.value_or(request.retries);
        request.rounds = around.listener->deferAcceptRounds;
    }
    if (around.exact && around.exact->listenerCookie != 0) {
        request.rounds = around.exact->listenerDeferAccept;
        if (around.exact->listenerSynRetries > 0)
            request.retries = around.exact->listenerSynRetries;
    }
    request.mayDefer = !around.exact && !request.deferred && request.rounds.value_or(0) > 0 && counted == 0;
    return request;
}

bool isUnderPressure(const Context& context) {
    const ListenerFacts* listener = context.around.listener;
    return listener && 2 * listener->requests > std::max<std::uint32_t>(8, listener->backlog);
}

/// The run of the timer that is the `ordinal`th from now (0: the next).
Firing runAt(const Context& context, const Request& request, const Firing& next, int ordinal) {
    Firing firing = next;
    for (int i = 0; i < ordinal; ++i)
        firing = context.wheel().after(firing, timeoutAfter(context, request.timeouts + i + 1));
    return firing;
}

/// The queue of a listener that is more than half full drops requests from their third run on; which of them, and how
/// many, the other requests decide. Source: net/ipv4/inet_connection_sock.c, reqsk_timer_handler().
void promiseUnderPressure(const Context& context, const Request& request, const Firing& next, Schedule& schedule) {
    constexpr int kThird = 2;
    const Firing soonest =
        runAt(context, request, next, std::max(0, std::min(kThird, request.retries) - request.timeouts));
    schedule.promises({soonest.at.earliest, 0, schedule.end().latest});
}

void untilDropped(const Context& context, const Request& request, Firing firing, int drop, Schedule& schedule) {
    for (int run = request.timeouts; run < drop; ++run) {
        schedule.happens(NextEvent::SynAck, firing);
        firing = context.wheel().after(firing, timeoutAfter(context, run + 1));
    }
    schedule.ends(firing, GiveUpCause::SynAckRetries);
}

/// Nothing is sent until the last round of deferring; a client that is there answers that SYN-ACK and is accepted.
/// Source: net/ipv4/inet_connection_sock.c, syn_ack_recalc().
void whileDeferred(const Context& context, const Request& request, const Firing& next, Schedule& schedule) {
    const int rounds = request.rounds.value_or(request.timeouts + 1);
    const int resend = std::max(0, rounds - 1 - request.timeouts);
    const int drop = std::max({request.retries, rounds, request.timeouts});
    Firing firing = runAt(context, request, next, resend);
    for (int run = request.timeouts + resend; run < drop; ++run) {
        Firing told = firing;
        if (request.atLeast) // the last round is nearer then
            told.at.earliest = next.at.earliest;
        if (run == request.timeouts + resend && !request.rounds)
            told.at.latest = SampleTime::kAnyTime;
        schedule.happens(NextEvent::SynAck, told);
        firing = context.wheel().after(firing, timeoutAfter(context, run + 1));
    }
    schedule.ends(firing, GiveUpCause::SynAckRetries);
    if (!request.rounds)
        schedule.promises({next.at.earliest, 0, SampleTime::kAnyTime});
    else if (request.atLeast)
        schedule.promises({next.at.earliest, 0, schedule.end().latest});
}

/// Deferred or not, nobody can tell yet: what holds for both.
void eitherWay(const Context& context, const Request& request, const Firing& next, Schedule& schedule) {
    const int rounds = *request.rounds;
    Firing first = next;
    first.at.latest = runAt(context, request, next, std::max(0, rounds - 1 - request.timeouts)).at.latest;
    untilDropped(context, request, first, request.retries, schedule);
    const Firing last =
        runAt(context, request, next, std::max(0, std::max(request.retries, rounds) - request.timeouts));
    const Firing soonest = runAt(context, request, next, std::max(0, std::min(2, request.retries) - request.timeouts));
    schedule.promises({soonest.at.earliest, 0, last.at.latest});
}

/// The entry has failed since the kernel told of this request, while its way was looked up.
bool hasJustFailed(const Context& context) {
    const Path& path = *context.around.path;
    constexpr std::chrono::milliseconds kDoubt{20}; // its age is told in hundredths of a second
    const auto failed = path.taken - std::chrono::milliseconds(path.updated.count());
    return path.neighbour == Neighbour::Failed && failed + kDoubt >= context.connection.sampled;
}

/// IPv4: the host-unreachable error that this machine sends itself when the entry of the client fails drops the
/// request. This is what ends those from invented addresses of the same LAN.
bool endsWithNeighbour(const Context& context, const Firing& next, Schedule& schedule) {
    const Jiffies early = context.time.limit(60 + context.neighbourReadBefore()), late = context.time.limit(160);
    if (!context.isIpv4() || !context.neighbourFails())
        return false;
    if (context.around.path->neighbour == Neighbour::Incomplete || hasJustFailed(context)) {
        const Jiffies fails = hasJustFailed(context) ? 0 : std::max<Jiffies>(context.neighbourFailsIn(), 0);
        schedule.ends({{std::max<Jiffies>(fails - early, 0), fails, fails + late}, 0}, GiveUpCause::SynAckRetries);
        return true;
    }
    const Jiffies cycle = context.neighbourCycle();
    schedule.happens(NextEvent::SynAck, next);
    schedule.ends({{next.at.earliest + cycle - early, next.at.expected + cycle, next.at.latest + cycle + late}, 0},
                  GiveUpCause::SynAckRetries);
    return true;
}

/// A Fast Open child is a full socket; its SYN-ACK is repeated by its request, once more often than others'. Source:
/// net/ipv4/tcp_timer.c, tcp_fastopen_synack_timer().
void fastOpen(const Context& context, Forecast& forecast, Schedule& schedule) {
    const Jiffies expires = context.expires();
    Request request = readRequest(context, expires);
    request.timeouts = std::max<int>(context.connection.timer.retransmits, shownByTimer(context, expires));
    forecast.conditions.add(Condition::FastOpenPending);
    forecast.assumes |= assume::ProgramIdle; // it can have taken it already, and close it
    const Jiffies length = std::max(timeoutAfter(context, request.timeouts), expires);
    const int most = std::min(request.retries + 1, kMostTimeouts);
    untilDropped(context, request, context.wheel().pending(expires, {length, length, length}), most, schedule);
    forecast.hasAllowed = true;
    forecast.allowed = static_cast<std::uint16_t>(most);
}

} // namespace

void synAck(const Context& context, Forecast& forecast, Schedule& schedule) {
    forecast.regime = Regime::SynAck;
    forecast.unanswered = context.connection.timer.retransmits;
    forecast.assumes = assume::ListenerIdle | assume::ListenerStays | assume::PeerSilent | assume::NoIcmpError |
                       assume::NeighbourAnswers | assume::NoLocalDrop | assume::MachineAwake;
    if (context.options.userTimeoutFrom == Provenance::Assumed &&
        !(context.around.listener && context.around.listener->read))
        forecast.assumes |= assume::SocketDefaults;
    if (context.connection.info.present())
        return fastOpen(context, forecast, schedule);

    const Jiffies expires = context.expires();
    const Request request = readRequest(context, expires);
    const Jiffies length = std::max(timeoutAfter(context, request.timeouts), expires);
    const Firing next = context.wheel().pending(expires, {length, length, length});
    if (request.deferred) {
        forecast.conditions.add(Condition::DeferredAccept);
        forecast.assumes = (forecast.assumes & ~assume::ListenerIdle) | assume::ClientWaits;
        return whileDeferred(context, request, next, schedule);
    }
    if (context.neighbourFails())
        forecast.conditions.add(Condition::UnreachableNeighbour);
    if (endsWithNeighbour(context, next, schedule)) {
        forecast.assumes = (forecast.assumes & ~assume::NeighbourAnswers) | assume::ConditionStays;
        return;
    }
    forecast.hasAllowed = true;
    forecast.allowed = static_cast<std::uint16_t>(request.retries);
    if (request.mayDefer) {
        forecast.assumes |= assume::ClientWaits;
        return eitherWay(context, request, next, schedule);
    }
    untilDropped(context, request, next, request.retries, schedule);
    if (isUnderPressure(context))
        forecast.conditions.add(Condition::SynQueuePressure);
    promiseUnderPressure(context, request, next, schedule);
}

bool isFastOpenClosed(const Context& context) {
    const auto& connection = context.connection;
    return connection.state == State::FinWait1 && connection.info.present() &&
           connection.timer.kind() == TimerKind::Retransmit && !connection.ackAge();
}

} // namespace halfopen::regime
