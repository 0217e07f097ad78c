// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/ending_strings.h"
#include "ui/record/ended_facts.h"

#include <QCoreApplication>

#include <algorithm>

namespace halfopen {

using std::chrono::milliseconds;

namespace {

struct EndedTimeline {
    Q_DECLARE_TR_FUNCTIONS(EndedTimeline)
};

using Kind = TimelineStop::Kind;

TimelineStop stop(Kind kind, const Instant& at, const Instant& end, const QString& name) {
    const auto before = std::min(at.wall - end.wall, WallTime::duration(0));
    return {kind, before, before, name, momentText(at.wall)};
}

QString unansweredName(const EndedConnection& c) {
    return c.regime == Regime::Keepalive ? EndedTimeline::tr("%n probe(s) unanswered", nullptr, c.unanswered)
                                         : EndedTimeline::tr("sent %n time(s) in vain", nullptr, c.unanswered);
}

} // namespace

Timeline endedTimeline(const EndedConnection& c) {
    Timeline line;
    line.past = true;
    if (c.foundDead)
        return line;
    if (c.firstSeen)
        line.stops.push_back(stop(Kind::LastSign, *c.firstSeen, c.ended,
                                  c.thereBefore ? EndedTimeline::tr("first seen") : EndedTimeline::tr("opened")));
    if (c.lastLife && (!c.firstSeen || c.lastLife->wall > c.firstSeen->wall) && c.lastLife->wall < c.ended.wall)
        line.stops.push_back(stop(Kind::LastSign, *c.lastLife, c.ended, EndedTimeline::tr("last sign of life")));
    if (const auto since = c.timeWaitSince(); since && since->wall < c.ended.wall)
        line.stops.push_back(stop(Kind::Event, *since, c.ended, EndedTimeline::tr("closed; TIME-WAIT")));
    line.stops.push_back(stop(Kind::End, c.ended, c.ended, endingLabel(c.ending)));
    if (c.unanswered > 0 && line.stops.size() > 1)
        line.between = unansweredName(c);
    return line;
}

} // namespace halfopen
