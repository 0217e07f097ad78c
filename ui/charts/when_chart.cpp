// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/when_chart.h"

#include "ui/look/accessible_role.h"
#include "ui/look/duration_text.h"
#include "ui/look/sentence.h"
#include "ui/look/theme.h"

#include <QBarCategoryAxis>
#include <QBarSeries>
#include <QBarSet>
#include <QChart>
#include <QChartView>
#include <QEvent>
#include <QVBoxLayout>
#include <QValueAxis>

#include <algorithm>

namespace halfopen {

namespace {

/// "10 s", ..., "later": the upper ends of the classes. Qt Charts would read a "<" as markup.
QStringList classNames() {
    QStringList names;
    for (const auto end : kWhenEnds)
        names.append(durationText(end));
    names.append(WhenChart::tr("later"));
    return names;
}

} // namespace

WhenChart::WhenChart(QWidget* parent)
    : QWidget(parent)
    , m_chart(new QChart)
    , m_bars(new QBarSet(QString()))
    , m_classes(new QBarCategoryAxis)
    , m_counts(new QValueAxis)
    , m_view(new QChartView(m_chart)) {
    setObjectName(QStringLiteral("whenChart"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_view);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setFocusPolicy(Qt::NoFocus);
    setAccessibleRole(*this, QAccessible::Chart);
    setAccessibleName(tr("Their timers fire within"));
    m_view->setRenderHint(QPainter::Antialiasing);
    setUpAxes();
    paintWithPalette();
    show({});
}

void WhenChart::setUpAxes() {
    auto* series = new QBarSeries;
    series->append(m_bars);
    series->setBarWidth(0.7);
    m_chart->addSeries(series);
    m_chart->legend()->hide();
    m_chart->setMargins({});
    m_chart->setBackgroundRoundness(0);
    m_classes->append(classNames());
    m_classes->setTruncateLabels(false);
    m_counts->setLabelFormat(QStringLiteral("%.0f"));
    m_counts->setTickCount(3);
    m_chart->addAxis(m_classes, Qt::AlignBottom);
    m_chart->addAxis(m_counts, Qt::AlignLeft);
    series->attachAxis(m_classes);
    series->attachAxis(m_counts);
    for (std::size_t i = 0; i < kWhenClasses; ++i)
        m_bars->append(0);
}

void WhenChart::show(const WhenHistogram& when) {
    QStringList words;
    const auto names = classNames();
    std::uint32_t most = 0;
    for (std::size_t i = 0; i < kWhenClasses; ++i) {
        if (m_when[i] != when[i])
            m_bars->replace(static_cast<int>(i), when[i]);
        most = std::max(most, when[i]);
        words.append(i < kWhenEnds.size() ? tr("within %1: %2").arg(names[static_cast<int>(i)]).arg(when[i])
                                          : tr("later: %1").arg(when[i]));
    }
    m_when = when;
    m_counts->setRange(0, most + most % 2 + (most == 0 ? 2 : 0)); // even, so that the middle is a whole number
    setAccessibleDescription(asList(words));
    m_view->setToolTip(words.join(QLatin1Char('\n')));
}

void WhenChart::paintWithPalette() {
    const auto& theme = themeOf(palette());
    m_chart->setBackgroundBrush(palette().color(QPalette::Window));
    m_view->setBackgroundBrush(palette().color(QPalette::Window));
    m_bars->setColor(theme.of(Diagnosis::Guarded));
    m_bars->setBorderColor(theme.of(Diagnosis::Guarded));
    QFont small(font());
    small.setPointSizeF(std::max(6.0, font().pointSizeF() * 0.8));
    for (QAbstractAxis* axis : {static_cast<QAbstractAxis*>(m_classes), static_cast<QAbstractAxis*>(m_counts)}) {
        axis->setLabelsColor(theme.dim);
        axis->setLabelsFont(small);
        axis->setLinePenColor(theme.rule);
        axis->setGridLineVisible(false);
    }
}

void WhenChart::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        paintWithPalette();
}

} // namespace halfopen
