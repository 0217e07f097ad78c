// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/grade_strings.h"

#include "ui/look/duration_text.h"
#include "ui/look/sentence.h"

#include <QCoreApplication>

#include <array>

namespace halfopen {

using namespace std::chrono_literals;

namespace {

struct GradeStrings {
    Q_DECLARE_TR_FUNCTIONS(GradeStrings)
};

constexpr std::array<const char*, kSightingCount> kSightings{
    QT_TRANSLATE_NOOP("GradeStrings", "Halfopen was told to close it"),
    QT_TRANSLATE_NOOP("GradeStrings", "the peer answered"),
    QT_TRANSLATE_NOOP("GradeStrings", "its program closed it"),
    QT_TRANSLATE_NOOP("GradeStrings", "its program sent data"),
    QT_TRANSLATE_NOOP("GradeStrings", "its options or their settings changed"),
    QT_TRANSLATE_NOOP("GradeStrings", "the peer's window changed"),
    QT_TRANSLATE_NOOP("GradeStrings", "this machine dropped what it sent"),
    QT_TRANSLATE_NOOP("GradeStrings", "ICMP errors came"),
    QT_TRANSLATE_NOOP("GradeStrings", "the neighbour stopped answering"),
    QT_TRANSLATE_NOOP("GradeStrings", "the client sent something"),
    QT_TRANSLATE_NOOP("GradeStrings", "the listener's queue filled"),
    QT_TRANSLATE_NOOP("GradeStrings", "the listener was closed"),
    QT_TRANSLATE_NOOP("GradeStrings", "this machine had too many orphans"),
    QT_TRANSLATE_NOOP("GradeStrings", "this machine slept"),
    QT_TRANSLATE_NOOP("GradeStrings", "what held then was over"),
    QT_TRANSLATE_NOOP("GradeStrings", "a value that could not be read was another"),
    QT_TRANSLATE_NOOP("GradeStrings", "it was closed while no timer was due")};

QString distance(std::chrono::microseconds error) {
    const auto ms = std::chrono::round<std::chrono::milliseconds>(std::chrono::abs(error));
    return ms < 1s ? GradeStrings::tr("%1 ms").arg(ms.count()) : durationText(ms);
}

QString kept(const EndGrade& grade) {
    const auto lead = durationText(grade.lead);
    if (grade.band.count() > 0)
        return GradeStrings::tr("forecast %1 before, within %2").arg(lead, durationText(grade.band));
    if (grade.measured)
        return GradeStrings::tr("forecast %1 before, %2 off").arg(lead, distance(grade.error));
    return GradeStrings::tr("forecast %1 before, between the two samples around it").arg(lead);
}

QString number(const std::optional<double>& time) {
    return QString::number(time.value_or(0), 'f', 1);
}

} // namespace

QString gradeSentence(const EndGrade& grade) {
    switch (grade.grade) {
    case Grade::None:
        break;
    case Grade::Kept:
        return kept(grade);
    case Grade::Excused: {
        const auto seen = grade.seen.list();
        const char* const what = seen.empty() ? QT_TRANSLATE_NOOP("GradeStrings", "something came between")
                                              : kSightings[static_cast<std::size_t>(seen.front())];
        return GradeStrings::tr("excused: %1").arg(GradeStrings::tr(what));
    }
    case Grade::Broken:
        return grade.error.count() < 0 ? GradeStrings::tr("came %1 early: broken").arg(distance(grade.error))
                                       : GradeStrings::tr("came %1 late: broken").arg(distance(grade.error));
    }
    return {};
}

QString totalsText(const ForecastTotals& totals) {
    if (totals.graded == 0)
        return {};
    if (!totals.medianErrorMs)
        return GradeStrings::tr("forecasts: %1 graded, %2 broken").arg(totals.graded).arg(totals.broken);
    return GradeStrings::tr("forecasts: %1 graded, %2 broken, median %3 ms")
        .arg(totals.graded)
        .arg(totals.broken)
        .arg(number(totals.medianErrorMs));
}

QString totalsExplained(const ForecastTotals& totals) {
    QString text = GradeStrings::tr("Every forecast is held against what came, since Halfopen was started: %1 kept, %2 "
                                    "excused (what it had named was seen to come between), %3 broken.")
                       .arg(totals.kept)
                       .arg(totals.excused)
                       .arg(totals.broken);
    if (totals.worstErrorMs)
        text = inOneLine(text, GradeStrings::tr("Moments told as a point were off by %1 ms in the median and by %2 "
                                                "ms at worst.")
                                   .arg(number(totals.medianErrorMs), number(totals.worstErrorMs)));
    return text;
}

} // namespace halfopen
