// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forecast/forecast.h"

#include "core/forecast/regime/regimes.h"
#include "core/forecast/walk.h"

#include <algorithm>

namespace halfopen {

namespace {

bool nothingQueued(const Connection& connection) {
    return connection.sendQueue == 0 && connection.info.unacked == 0 && connection.info.notSentBytes == 0;
}

/// No timer runs. With nothing queued none will be started: keepalive is off. Else the sample caught a moment between
/// two timers and the next one will tell.
void idle(const Context& context, Forecast& forecast) {
    const auto& connection = context.connection;
    const bool open = connection.state == State::Established || connection.state == State::CloseWait ||
                      (connection.state == State::FinWait2 && !connection.isOrphan());
    if (!open)
        return;
    forecast.never = nothingQueued(connection);
    if (!forecast.never && context.options.enabled == Switch::Unknown)
        forecast.assumes |= assume::KeepaliveHidden;
}

/// Retransmissions into a closed window; an orphan is not spared as others are.
bool windowClosed(const Connection& connection) {
    const auto& info = connection.info;
    return info.hasSendWindow() && info.sendWindow == 0 && info.unacked > 0 && !connection.isOrphan();
}

/// The probe timer also flushes what Nagle or TCP_CORK held back: nothing of that has been probed yet.
bool isHeldBack(const Connection& connection) {
    const auto& info = connection.info;
    return info.hasSendWindow() && info.sendWindow > 0 && info.backoff == 0 && connection.timer.retransmits == 0;
}

void byTimer(const Context& context, Forecast& forecast, Course& course) {
    const auto& connection = context.connection;
    switch (connection.timer.kind()) {
    case TimerKind::Retransmit:
        return windowClosed(connection) ? regime::closedWindow(context, forecast, course)
                                        : regime::retransmission(context, forecast, course);
    case TimerKind::Keepalive:
        return connection.state == State::FinWait2 && connection.isOrphan()
                   ? regime::finWait2(context, forecast, course)
                   : regime::keepalive(context, forecast, course);
    case TimerKind::WindowProbe:
        return isHeldBack(connection) ? regime::heldBack(context, forecast, course)
                                      : regime::windowProbe(context, forecast, course);
    case TimerKind::TimeWait:
        return connection.state == State::FinWait2 ? regime::finWait2(context, forecast, course)
                                                   : regime::timeWait(context, forecast, course);
    case TimerKind::None:
    case TimerKind::DelayedAck:
        return idle(context, forecast);
    }
}

} // namespace

Forecast walk(const Context& context, Course& course) {
    Forecast forecast;
    const auto& connection = context.connection;
    const bool ticking = connection.timer.kind() != TimerKind::None;
    switch (connection.state) {
    case State::Listen:
    case State::Close:
        break;
    case State::TimeWait:
        regime::timeWait(context, forecast, course);
        break;
    case State::SynSent:
        if (ticking)
            regime::syn(context, forecast, course);
        break;
    case State::SynRecv:
        if (ticking)
            regime::synAck(context, forecast, course);
        break;
    case State::Established:
    case State::FinWait1:
    case State::FinWait2:
    case State::CloseWait:
    case State::LastAck:
    case State::Closing:
        byTimer(context, forecast, course);
        break;
    }
    return forecast;
}

Forecast forecastWith(Slack slack, const Connection& connection, const KeepaliveOptions& options,
                      const TcpSysctls& sysctls, const TickClock& clock, const Surroundings& around) {
    const Context context{connection, options, sysctls, SampleTime(connection.sampled, clock, slack), around};
    Course course;
    Forecast forecast = walk(context, course);
    if (course.ended()) {
        forecast.givesUp = context.time.moment(course.end());
        forecast.cause = course.cause();
    }
    if (course.began()) {
        forecast.next = context.time.moment(course.first().at);
        forecast.nextEvent = course.first().event;
    } else if (course.ended()) {
        forecast.next = forecast.givesUp;
        forecast.nextEvent = NextEvent::GiveUp;
    }
    forecast.exactPhase = clock.phaseKnown() && forecast.next.exact() && forecast.givesUp.exact();
    return forecast;
}

Forecast forecast(const Connection& connection, const KeepaliveOptions& options, const TcpSysctls& sysctls,
                  const TickClock& clock, const Surroundings& around) {
    return forecastWith(Slack::Wheel, connection, options, sysctls, clock, around);
}

std::vector<TimelineEvent> timeline(const Connection& connection, const KeepaliveOptions& options,
                                    const TcpSysctls& sysctls, const TickClock& clock, const Surroundings& around,
                                    std::size_t limit) {
    std::vector<CourseEvent> log;
    const Context context{connection, options, sysctls, SampleTime(connection.sampled, clock, Slack::Wheel), around};
    Course course(log, limit);
    const Forecast forecast = walk(context, course);
    const std::size_t ends = course.ended() ? 1 : 0;
    log.resize(std::min(log.size(), limit - std::min(limit, ends)));

    std::vector<TimelineEvent> events;
    events.reserve(log.size() + ends);
    auto ordinal = forecast.unanswered;
    for (const auto& entry : log)
        events.push_back({entry.event, context.time.moment(entry.at), ++ordinal});
    if (ends > 0 && limit > 0)
        events.push_back({NextEvent::GiveUp, context.time.moment(course.end()), 0});
    return events;
}

} // namespace halfopen
