// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/stacked_chart.h"

#include "ui/look/accessible_role.h"
#include "ui/look/announce.h"
#include "ui/look/theme.h"

#include <QChart>
#include <QChartView>
#include <QEvent>
#include <QGraphicsRectItem>
#include <QKeyEvent>
#include <QLegend>
#include <QMouseEvent>
#include <QPainter>
#include <QStyleOptionFocusRect>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace halfopen {

namespace {

constexpr int kRing = 2; ///< pixels around the chart where it has the keys

} // namespace

StackedChart::StackedChart(QString name, std::vector<ChartSeries> series,
                           std::function<std::unique_ptr<Plot>(QChart&)> draw, const Measure* measure)
    : m_name(std::move(name))
    , m_numbers{std::move(series), {}, measure}
    , m_draw(std::move(draw)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kRing, kRing, kRing, kRing);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleRole(*this, QAccessible::Chart);
    setAccessibleName(m_name);
}

StackedChart::~StackedChart() {
    m_plot.reset(); // before the chart
}

void StackedChart::make() {
    m_chart = new QChart;
    m_view = new QChartView(m_chart);
    m_plot = m_draw(*m_chart);
    m_mark = new QGraphicsRectItem(m_chart);
    layout()->addWidget(m_view);
    m_chart->legend()->hide();
    m_chart->setMargins({0, 0, fontMetrics().horizontalAdvance(QStringLiteral("00:00")) / 2, 0}); // of the last label
    m_chart->setBackgroundRoundness(0);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setFocusPolicy(Qt::NoFocus);
    m_view->viewport()->setMouseTracking(true);
    m_view->viewport()->installEventFilter(this);
    m_mark->setZValue(100);
    if (m_axis)
        m_plot->setAxis(*m_axis);
    m_plot->draw(m_numbers);
    setColors();
    mark();
    connect(m_chart, &QChart::plotAreaChanged, this, &StackedChart::mark);
}

void StackedChart::showEvent(QShowEvent* event) {
    if (!m_plot)
        make();
    QWidget::showEvent(event);
}

void StackedChart::show(std::vector<ChartPoint> points) {
    if (points == m_numbers.points)
        return;
    m_numbers.points = std::move(points);
    if (m_plot)
        m_plot->draw(m_numbers);
    if (m_current && *m_current >= m_numbers.points.size())
        m_current.reset();
    mark();
    Q_EMIT spoken(m_current ? sentenceOf(m_numbers, *m_current) : QString());
}

void StackedChart::setAxis(const ChartAxis& axis) {
    m_axis = axis;
    if (!m_plot)
        return;
    m_plot->setAxis(axis);
    setColors();
}

void StackedChart::setColors() {
    const auto& theme = themeOf(palette());
    m_chart->setBackgroundBrush(palette().color(QPalette::Window));
    m_view->setBackgroundBrush(palette().color(QPalette::Window));
    QFont small(font());
    small.setPointSizeF(std::max(6.0, font().pointSizeF() * 0.85));
    m_plot->setColors(m_numbers, theme, small);
    m_mark->setPen(QPen(theme.text, 1.5));
}

void StackedChart::goTo(std::optional<std::size_t> point) {
    if (point == m_current)
        return;
    m_current = point;
    mark();
    const QString sentence = m_current ? sentenceOf(m_numbers, *m_current) : QString();
    Q_EMIT spoken(sentence);
    if (!hasFocus() || sentence.isEmpty())
        return;
    setAccessibleDescription(sentence);
    answerKey(*this);
}

void StackedChart::mark() {
    if (!m_plot)
        return;
    m_mark->setVisible(m_current.has_value());
    if (m_current)
        m_mark->setRect(m_plot->placeOf(m_numbers, *m_current));
}

void StackedChart::keyPressEvent(QKeyEvent* event) {
    const auto last = m_numbers.points.size() - 1;
    const bool any = !m_numbers.points.empty();
    const auto step = [&](bool on) {
        if (any)
            goTo(!m_current ? (on ? 0 : last) : on ? std::min(*m_current + 1, last) : *m_current - (*m_current > 0));
    };
    switch (event->key()) {
    case Qt::Key_Right:
    case Qt::Key_Down:
        return step(true);
    case Qt::Key_Left:
    case Qt::Key_Up:
        return step(false);
    case Qt::Key_Home:
        return goTo(any ? std::optional<std::size_t>(0) : std::nullopt);
    case Qt::Key_End:
        return goTo(any ? std::optional(last) : std::nullopt);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_current)
            Q_EMIT activated(static_cast<int>(*m_current), -1);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

std::optional<Plot::Hit> StackedChart::hitAt(const QPointF& inView) const {
    return m_plot->hit(m_numbers, m_chart->mapFromScene(m_view->mapToScene(inView.toPoint())));
}

bool StackedChart::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Leave && !hasFocus())
        goTo(std::nullopt);
    if (event->type() == QEvent::MouseMove) {
        const auto hit = hitAt(static_cast<QMouseEvent*>(event)->position());
        m_view->viewport()->setCursor(hit ? Qt::PointingHandCursor : Qt::ArrowCursor);
        goTo(hit ? std::optional(hit->point) : std::nullopt);
    }
    const auto isLeft = [&] { return static_cast<QMouseEvent*>(event)->button() == Qt::LeftButton; };
    if (event->type() == QEvent::MouseButtonPress)
        m_pressed = isLeft();
    if (event->type() == QEvent::MouseButtonRelease && isLeft() && std::exchange(m_pressed, false)) {
        if (const auto hit = hitAt(static_cast<QMouseEvent*>(event)->position()))
            Q_EMIT activated(static_cast<int>(hit->point), hit->series ? static_cast<int>(*hit->series) : -1);
    }
    return QWidget::eventFilter(watched, event);
}

void StackedChart::focusInEvent(QFocusEvent* event) {
    QWidget::focusInEvent(event);
    update();
}

void StackedChart::focusOutEvent(QFocusEvent* event) {
    QWidget::focusOutEvent(event);
    goTo(std::nullopt);
    update();
}

void StackedChart::paintEvent(QPaintEvent*) {
    if (!hasFocus())
        return;
    QPainter painter(this);
    painter.setPen(QPen(palette().color(QPalette::Active, QPalette::Highlight), kRing));
    painter.drawRect(rect().adjusted(1, 1, -1, -1));
}

void StackedChart::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_plot)
        setColors();
}

} // namespace halfopen
