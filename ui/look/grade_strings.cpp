// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/grade_strings.h"

#include "core/format/ended_text.h"
#include "ui/look/sentence.h"
#include "ui/look/translated.h"

#include <QCoreApplication>

namespace halfopen {

namespace {

struct GradeStrings {
    Q_DECLARE_TR_FUNCTIONS(GradeStrings)
};

QString number(const std::optional<double>& time) {
    return QString::number(time.value_or(0), 'f', 1);
}

} // namespace

QString gradeSentence(const EndGrade& grade) {
    return translated(sentence(grade));
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
