// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/overview_numbers.h"

#include "core/query/cell_conditions.h"
#include "core/query/overview.h"
#include "ui/look/ending_strings.h"
#include "ui/look/strings.h"
#include "ui/table/group_text.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace halfopen {

namespace {

struct OverviewText {
    Q_DECLARE_TR_FUNCTIONS(Overview)
};

using std::chrono::duration_cast;
using std::chrono::milliseconds;

/// In the order in which they are stacked.
constexpr std::array<Diagnosis, kDiagnosisCount> kStack{Diagnosis::Guarded, Diagnosis::Active,  Diagnosis::Unguarded,
                                                        Diagnosis::Stalled, Diagnosis::Suspect, Diagnosis::Abandoned,
                                                        Diagnosis::Opening, Diagnosis::Closing, Diagnosis::Listening};

constexpr std::array<Diagnosis, 5> kEndings{Diagnosis::Closing, Diagnosis::Suspect, Diagnosis::Abandoned,
                                            Diagnosis::Stalled, Diagnosis::Active};

std::vector<std::uint32_t> stacked(const DiagnosisCounts& counts) {
    std::vector<std::uint32_t> values;
    for (const Diagnosis word : kStack)
        values.push_back(counts[static_cast<std::size_t>(word)]);
    return values;
}

QString clockText(MonotonicTime at, MonotonicTime now, const QString& format) {
    return QDateTime::currentDateTime().addMSecs(-duration_cast<milliseconds>(now - at).count()).toString(format);
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

/// Which of the conditions of a column says what the members of a group have in common, see conditionsOf().
std::pair<SortKey, std::size_t> conditionOf(GroupBy by) {
    switch (by) {
    case GroupBy::RemoteHost:
        return {SortKey::Remote, 1};
    case GroupBy::User:
        return {SortKey::User, 0};
    case GroupBy::Unit:
        return {SortKey::Process, 2};
    default:
        return {SortKey::Process, 1};
    }
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

Diagnosis diagnosisOf(std::size_t series) {
    return kStack[series];
}

std::vector<ChartPoint> lastHalfHour(const Activity& activity, MonotonicTime now) {
    std::vector<ChartPoint> points;
    for (const ActivityPoint& point : activity.points)
        points.push_back({std::chrono::duration<double>(point.taken - activity.points.back().taken).count(),
                          clockText(point.taken, now, QStringLiteral("HH:mm:ss")), stacked(point.connections)});
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
    return {{OverviewText::tr("in order"), Diagnosis::Closing},
            {OverviewText::tr("given up"), Diagnosis::Suspect},
            {OverviewText::tr("reset or refused"), Diagnosis::Abandoned},
            {OverviewText::tr("not known how"), Diagnosis::Stalled},
            {OverviewText::tr("closed by Halfopen"), Diagnosis::Active}};
}

std::vector<Ending> endingsOf(std::size_t series) {
    std::vector<Ending> all;
    for (std::size_t i = 0; i < kEndingCount; ++i) {
        const auto ending = static_cast<Ending>(i);
        if (accentOf(ending) == kEndings[series] && ending != Ending::TimeWaitOver)
            all.push_back(ending);
    }
    return all;
}

std::vector<ChartPoint> endingPoints(const Activity& activity, MonotonicTime now) {
    std::vector<ChartPoint> points(kEndingMinutes);
    const auto thisMinute = activity.minutes.empty() ? now : activity.minutes.back().begin;
    for (std::size_t i = 0; i < kEndingMinutes; ++i) {
        const auto begin = thisMinute - std::chrono::minutes(kEndingMinutes - 1 - i);
        points[i] = {static_cast<double>(i), clockText(begin, now, QStringLiteral("HH:mm")),
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
    const auto [column, which] = conditionOf(group.by);
    const auto conditions = conditionsOf(frame, frame.rows[group.worst], column);
    return which < conditions.size() ? withDiagnosis(QString::fromStdString(conditions[which]), series) : QString();
}

QString diagnosisFilter(int series) {
    if (series < 0)
        return {};
    return QStringLiteral("diagnosis:%1")
        .arg(QString::fromLatin1(toString(kStack[static_cast<std::size_t>(series)]).data()));
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
    if (series >= 0)
        for (const Ending ending : endingsOf(static_cast<std::size_t>(series)))
            words.append(QString::fromLatin1(toString(ending).data()));
    return words.join(QStringLiteral(" or "));
}

} // namespace halfopen
