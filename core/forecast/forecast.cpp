// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forecast/forecast.h"

#include "core/forecast/regime/regimes.h"
#include "core/forecast/simulate.h"
#include "core/forecast/unread_settings.h"

#include <algorithm>

namespace halfopen {

namespace {

/// No timer runs. With nothing queued none will be started: keepalive is off. Else the sample caught a moment between
/// two timers and the next one will tell.
void idle(const Context& context, Forecast& forecast) {
    const auto& connection = context.connection;
    const bool open = connection.state == State::Established || connection.state == State::CloseWait ||
                      (connection.state == State::FinWait2 && !connection.isOrphan());
    if (!open)
        return;
    forecast.never = connection.nothingQueued();
    if (forecast.never)
        forecast.assumes |= assume::PeerSilent | assume::ProgramIdle;
    else if (context.options.enabled == Switch::Unknown)
        forecast.assumes |= assume::KeepaliveHidden;
}

/// The keepalive timer is what is seen where nothing else is pending, and with segments in flight something always is,
/// but for the moment in which the handler of the retransmission runs: that arms it anew. Source: net/ipv4/tcp_timer.c,
/// tcp_write_timer_handler(); net/ipv4/inet_diag.c, inet_sk_diag_fill().
bool isRetransmitting(const Connection& connection) {
    return connection.info.unacked > 0;
}

/// Retransmissions into a closed window; an orphan is not spared as others are.
bool windowClosed(const Connection& connection) {
    const auto& info = connection.info;
    return info.hasSendWindow() && info.sendWindow == 0 && info.unacked > 0 && !connection.isOrphan();
}

/// The probe timer also flushes what Nagle or TCP_CORK held back: nothing of that has been probed yet. (In CWR it has,
/// and this machine's queue dropped it.)
bool isHeldBack(const Connection& connection) {
    constexpr std::uint8_t kCwr = 2;
    const auto& info = connection.info;
    return info.hasSendWindow() && info.sendWindow > 0 && info.backoff == 0 && connection.timer.retransmits == 0 &&
           info.caState != kCwr;
}

/// Conditions under which the steps told are the likely ones and not the only ones.
bool shiftsSteps(const Conditions& conditions) {
    return conditions.has(Condition::UnreachableNeighbour) || conditions.has(Condition::IcmpRevert) ||
           conditions.has(Condition::RecoveryContinued) || conditions.has(Condition::SynQueuePressure) ||
           conditions.has(Condition::OrphanPressure) || conditions.has(Condition::ListenerChanged);
}

void byTimer(const Context& context, Forecast& forecast, Schedule& schedule) {
    const auto& connection = context.connection;
    switch (connection.timer.kind()) {
    case TimerKind::Retransmit:
        if (regime::isFastOpenClosed(context))
            return regime::synAck(context, forecast, schedule);
        return windowClosed(connection) ? regime::closedWindow(context, forecast, schedule)
                                        : regime::retransmission(context, forecast, schedule);
    case TimerKind::Keepalive:
        if (connection.state == State::FinWait2 && connection.isOrphan())
            return regime::finWait2(context, forecast, schedule);
        return isRetransmitting(connection) ? idle(context, forecast) : regime::keepalive(context, forecast, schedule);
    case TimerKind::WindowProbe:
        return isHeldBack(connection) ? regime::heldBack(context, forecast, schedule)
                                      : regime::windowProbe(context, forecast, schedule);
    case TimerKind::TimeWait:
        return connection.state == State::FinWait2 ? regime::finWait2(context, forecast, schedule)
                                                   : regime::timeWait(context, forecast, schedule);
    case TimerKind::None:
    case TimerKind::DelayedAck:
        return idle(context, forecast);
    }
}

/// What the sample and the machine show whatever the regime.
Conditions generally(const Context& context) {
    Conditions holds;
    const auto& connection = context.connection;
    const auto& machine = context.around.machine;
    if (connection.receivesErrors)
        holds.add(Condition::ToldEarly);
    if (connection.upperLayer == UpperLayer::Mptcp && connection.state != State::Listen)
        holds.add(Condition::MptcpSubflow);
    if (connection.upperLayer == UpperLayer::MptcpWithoutSubflow)
        holds.add(Condition::MptcpClosing);
    if (connection.upperLayer == UpperLayer::Tls || connection.upperLayer == UpperLayer::Smc)
        holds.add(Condition::UpperLayer);
    if (machine.orphanPressure && connection.isOrphan())
        holds.add(Condition::OrphanPressure);
    if (context.around.listenerChanged)
        holds.add(Condition::ListenerChanged);
    if (connection.timer.kind() != TimerKind::None && machine.suspended)
        holds.add(Condition::HostSuspended);
    if (connection.timer.kind() != TimerKind::None && machine.ticksLate)
        holds.add(Condition::TicksLate);
    return holds;
}

/// An orphan can be ended by every run of its timer while there are too many of them. Source: net/ipv4/tcp_timer.c,
/// tcp_out_of_resources().
void underOrphanPressure(const Forecast& forecast, Schedule& schedule) {
    if (!forecast.conditions.has(Condition::OrphanPressure) || !schedule.began() || !schedule.ended())
        return;
    Span band = schedule.promised();
    band.earliest = schedule.first().at.earliest;
    schedule.promises(band);
}

} // namespace

Forecast simulate(const Context& context, Schedule& schedule) {
    Forecast forecast;
    forecast.conditions = generally(context);
    const auto& connection = context.connection;
    const bool ticking = connection.timer.kind() != TimerKind::None;
    if (ticking && connection.upperLayer == UpperLayer::MptcpWithoutSubflow) {
        regime::mptcpClose(context, forecast, schedule);
        return forecast;
    }
    switch (connection.state) {
    case State::Listen:
    case State::Close:
    case State::Bound:
        break;
    case State::TimeWait:
        regime::timeWait(context, forecast, schedule);
        break;
    case State::SynSent:
        regime::syn(context, forecast, schedule);
        break;
    case State::SynRecv:
        if (ticking)
            regime::synAck(context, forecast, schedule);
        break;
    case State::Established:
    case State::FinWait1:
    case State::FinWait2:
    case State::CloseWait:
    case State::LastAck:
    case State::Closing:
        byTimer(context, forecast, schedule);
        break;
    }
    underOrphanPressure(forecast, schedule);
    return forecast;
}

Forecast forecastWith(Slack slack, const Connection& connection, const KeepaliveOptions& options,
                      const TcpSysctls& sysctls, const TickClock& clock, const Surroundings& around) {
    const Context context{connection, options, sysctls, SampleTime(connection, clock, slack, around.exact), around};
    Schedule schedule;
    Forecast forecast = simulate(context, schedule);
    forecast.assumes = assumesUnread(forecast, connection, options, sysctls);
    if (schedule.ended()) {
        forecast.givesUp = context.time.moment(schedule.promised());
        forecast.cause = schedule.cause();
    }
    if (schedule.began()) {
        forecast.next = context.time.moment(schedule.first().at);
        forecast.nextEvent = schedule.first().event;
    } else if (schedule.ended()) {
        forecast.next = forecast.givesUp;
        forecast.nextEvent = NextEvent::GiveUp;
    }
    const bool point = !schedule.ended() || (schedule.end().single() && !shiftsSteps(forecast.conditions));
    forecast.exactPhase = clock.phaseKnown() && forecast.next.exact() && point;
    forecast.endIsPoint = forecast.exactPhase && schedule.ended() && !forecast.givesUp.exact();
    return forecast;
}

Forecast forecast(const Connection& connection, const KeepaliveOptions& options, const TcpSysctls& sysctls,
                  const TickClock& clock, const Surroundings& around) {
    return forecastWith(Slack::Wheel, connection, options, sysctls, clock, around);
}

std::vector<TimelineEvent> timeline(const Connection& connection, const KeepaliveOptions& options,
                                    const TcpSysctls& sysctls, const TickClock& clock, const Surroundings& around,
                                    std::size_t limit) {
    std::vector<ScheduledEvent> log;
    const Context context{connection, options, sysctls, SampleTime(connection, clock, Slack::Wheel, around.exact),
                          around};
    Schedule schedule(log, limit);
    const Forecast forecast = simulate(context, schedule);
    const std::size_t ends = schedule.ended() ? 1 : 0;
    log.resize(std::min(log.size(), limit - std::min(limit, ends)));

    std::vector<TimelineEvent> events;
    events.reserve(log.size() + ends);
    auto ordinal = forecast.unanswered;
    for (const auto& entry : log)
        events.push_back({entry.event, context.time.moment(entry.at), ++ordinal});
    if (ends > 0 && limit > 0)
        events.push_back({NextEvent::GiveUp, context.time.moment(schedule.promised()), 0});
    return events;
}

namespace {

bool agrees(const std::vector<TimelineEvent>& events, const Forecast& told) {
    const bool ends = !events.empty() && events.back().event == NextEvent::GiveUp;
    if (ends != (told.cause != GiveUpCause::None))
        return false;
    if (ends && events.back().at != told.givesUp && events.back().at != told.shownEnd())
        return false;
    return told.nextEvent == NextEvent::None ? events.size() <= (ends ? 1U : 0U)
                                             : !events.empty() && events.front().at == told.next;
}

} // namespace

std::vector<TimelineEvent> timelineOfRow(const Forecast& told, const Connection& connection,
                                         const KeepaliveOptions& options, const TcpSysctls& sysctls,
                                         const TickClock& clock) {
    auto events = timeline(connection, options, sysctls, clock);
    if (agrees(events, told))
        return events;
    events.clear();
    if (told.nextEvent != NextEvent::None && told.nextEvent != NextEvent::GiveUp)
        events.push_back({told.nextEvent, told.next, static_cast<std::uint16_t>(told.unanswered + 1)});
    if (told.cause != GiveUpCause::None)
        events.push_back({NextEvent::GiveUp, told.shownEnd(), 0});
    return events;
}

} // namespace halfopen
