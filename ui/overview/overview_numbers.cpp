// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/overview_numbers.h"

#include "core/query/cell_conditions.h"
#include "core/query/overview.h"
#include "ui/look/ending_strings.h"
#include "ui/look/strings.h"
#include "ui/look/text.h"
#include "ui/table/group_text.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace halfopen {

namespace {

constexpr std::array kCurveMinutes{3, 9, 30};

struct OverviewText {
    Q_DECLARE_TR_FUNCTIONS(Overview)
};

using std::chrono::duration_cast;
using std::chrono::milliseconds;

/// In the order in which they are stacked.
constexpr std::array<Diagnosis, kDiagnosisCount> kStack{Diagnosis::Guarded, Diagnosis::Active,  Diagnosis::Unguarded,
                                                        Diagnosis::Stalled, Diagnosis::Suspect, Diagnosis::Abandoned,
                                                        Diagnosis::Opening, Diagnosis::Closing, Diagnosis::Listening};

/// The accents of endings (accentOf()) and what they are called together.
constexpr std::array<std::pair<Diagnosis, const char*>, 5> kEndings{
    {{Diagnosis::Closing, QT_TRANSLATE_NOOP("Overview", "in order")},
     {Diagnosis::Suspect, QT_TRANSLATE_NOOP("Overview", "given up")},
     {Diagnosis::Abandoned, QT_TRANSLATE_NOOP("Overview", "reset or refused")},
     {Diagnosis::Stalled, QT_TRANSLATE_NOOP("Overview", "not known how")},
     {Diagnosis::Active, QT_TRANSLATE_NOOP("Overview", "closed by Halfopen")}}};

std::vector<std::uint32_t> stacked(const DiagnosisCounts& counts) {
    std::vector<std::uint32_t> values;
    for (const Diagnosis word : kStack)
        values.push_back(counts[static_cast<std::size_t>(word)]);
    return values;
}

/// What the clock on the wall showed at a moment, which is `now` on the clock of the rows and `wall` on the other.
QString clockText(MonotonicTime at, MonotonicTime now, const QDateTime& wall, const QString& format) {
    return wall.addMSecs(-duration_cast<milliseconds>(now - at).count()).toString(format);
}

QString classLabel(GiveUpClass when) {
    switch (when) {
    case GiveUpClass::Never:
        return OverviewText::tr("never");
    case GiveUpClass::AfterADay:
        return OverviewText::tr("after more than a day");
    case GiveUpClass::WithinADay:
        return OverviewText::tr("2 to 24 hours");
    case GiveUpClass::WithinTwoHours:
        return OverviewText::tr("10 minutes to 2 hours");
    case GiveUpClass::WithinTenMinutes:
        return OverviewText::tr("within 10 minutes");
    }
    return {};
}

QString withDiagnosis(const QString& filter, int series) {
    return series < 0 ? filter : QString(filter + QLatin1Char(' ') + diagnosisFilter(series));
}

} // namespace

std::vector<ChartSeries> diagnosisSeries() {
    std::vector<ChartSeries> all;
    for (const Diagnosis word : kStack)
        all.push_back({diagnosisLabel(word), word});
    return all;
}

std::vector<ChartPoint> lastHalfHour(const Activity& activity, MonotonicTime now) {
    std::vector<ChartPoint> points;
    const QDateTime wall = QDateTime::currentDateTime();
    for (const ActivityPoint& point : activity.points)
        points.push_back({std::chrono::duration<double>(point.taken - activity.points.back().taken).count(),
                          clockText(point.taken, now, wall, QStringLiteral("HH:mm:ss")), stacked(point.connections)});
    return points;
}

std::vector<ChartPoint> givenUpPoints(const Overview& overview) {
    std::vector<ChartPoint> points;
    for (std::size_t i = 0; i < kGiveUpClassCount; ++i)
        points.push_back(
            {static_cast<double>(i), classLabel(static_cast<GiveUpClass>(i)), stacked(overview.givenUp[i])});
    return points;
}

std::vector<ChartPoint> worstPoints(const Frame& frame) {
    std::vector<ChartPoint> points;
    for (const Group& group : frame.overview->worst)
        points.push_back({static_cast<double>(points.size()), groupName(frame, group), stacked(group.counts)});
    return points;
}

std::vector<ChartSeries> endingSeries() {
    std::vector<ChartSeries> all;
    for (const auto& [accent, name] : kEndings)
        all.push_back({OverviewText::tr(name), accent});
    return all;
}

std::vector<Ending> endingsOf(std::size_t series) {
    std::vector<Ending> all;
    for (std::size_t i = 0; i < kEndingCount; ++i) {
        const auto ending = static_cast<Ending>(i);
        if (accentOf(ending) == kEndings[series].first && ending != Ending::TimeWaitOver)
            all.push_back(ending);
    }
    return all;
}

std::vector<ChartPoint> endingPoints(const Activity& activity, MonotonicTime now) {
    std::vector<ChartPoint> points(kEndingMinutes);
    const QDateTime wall = QDateTime::currentDateTime();
    const auto thisMinute = activity.minutes.empty() ? now : activity.minutes.back().begin;
    for (std::size_t i = 0; i < kEndingMinutes; ++i) {
        const auto begin = thisMinute - std::chrono::minutes(kEndingMinutes - 1 - i);
        points[i] = {static_cast<double>(i), clockText(begin, now, wall, QStringLiteral("HH:mm")),
                     std::vector<std::uint32_t>(kEndings.size(), 0)};
    }
    const std::size_t known = std::min(activity.minutes.size(), kEndingMinutes);
    for (std::size_t i = 0; i < known; ++i) {
        const auto& endings = activity.minutes[activity.minutes.size() - known + i].happened.endings;
        for (std::size_t series = 0; series < kEndings.size(); ++series)
            for (const Ending ending : endingsOf(series))
                points[kEndingMinutes - known + i].values[series] +=
                    static_cast<std::uint32_t>(endings[static_cast<std::size_t>(ending)]);
    }
    return points;
}

QString givenUpFilter(std::size_t point, int series) {
    return withDiagnosis(QString::fromStdString(filterTextOf(static_cast<GiveUpClass>(point))), series);
}

QString worstFilter(const Frame& frame, const Group& group, int series) {
    const auto condition = conditionOf(frame, group);
    return condition ? withDiagnosis(fromCore(*condition), series) : QString();
}

QString diagnosisFilter(Diagnosis diagnosis) {
    return QStringLiteral("diagnosis:%1").arg(fromCore(toString(diagnosis)));
}

QString diagnosisFilter(int series) {
    if (series < 0)
        return {};
    return diagnosisFilter(kStack[static_cast<std::size_t>(series)]);
}

QString portsFilter(const PortPressure& pressure) {
    const bool four = pressure.remote.address.family() == Family::Ipv4;
    const auto address = pressure.remote.address.toString();
    return QStringLiteral("dst %1:%2")
        .arg(QString::fromStdString(four ? address : "[" + address + "]"))
        .arg(pressure.remote.port);
}

QString endingFilter(int series) {
    QStringList words;
    for (int one = 0; one < static_cast<int>(kEndings.size()); ++one)
        if (series < 0 || one == series)
            for (const Ending ending : endingsOf(static_cast<std::size_t>(one)))
                words.append(fromCore(toString(ending)));
    return words.join(QStringLiteral(" or "));
}

ChartAxis curveAxis(int minutes) {
    ChartAxis axis{-60.0 * minutes, 0, {}};
    for (const int part : {3, 2, 1})
        axis.ticks.emplace_back(-20.0 * minutes * part, OverviewText::tr("%1 min ago").arg(minutes * part / 3));
    axis.ticks.emplace_back(0, OverviewText::tr("now"));
    return axis;
}

int curveMinutes(std::chrono::nanoseconds run) {
    for (const int minutes : kCurveMinutes)
        if (run <= std::chrono::minutes(minutes))
            return minutes;
    return kCurveMinutes.back();
}

ChartAxis minutesAxis() {
    constexpr double kLast = kEndingMinutes - 1;
    ChartAxis axis{-0.5, kLast + 0.5, {}};
    for (const int minutes : {29, 20, 10})
        axis.ticks.emplace_back(kLast - minutes, OverviewText::tr("%1 min ago").arg(minutes));
    axis.ticks.emplace_back(kLast, OverviewText::tr("now"));
    return axis;
}

} // namespace halfopen
