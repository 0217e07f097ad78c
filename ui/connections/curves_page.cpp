// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/curves_page.h"

#include "ui/charts/chart_panel.h"
#include "ui/charts/stacked_chart.h"
#include "ui/connections/curve_measures.h"

#include <QDateTime>
#include <QGridLayout>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>

namespace halfopen {

namespace {

using namespace std::chrono_literals;
using std::chrono::duration;

// A curve of two points is none.
constexpr std::size_t kLeast = 3;
// Beyond that, an interval of 250 ms would take more than the span.
constexpr std::size_t kMost = 1200;
constexpr int kLeastWidth = 250;
constexpr int kHeight = 170;

/// By CurvesPage::Curve, of the panels.
constexpr std::array kNames{"roundTrip", "rates", "queues", "unanswered", "silence"};

/// One chart of the page.
struct CurveText {
    const char* title;
    std::vector<ChartSeries> series;
    const Measure* measure = nullptr;
};

CurveText textOf(std::size_t curve) {
    switch (static_cast<CurvesPage::Curve>(curve)) {
    case CurvesPage::RoundTrip:
        return {QT_TRANSLATE_NOOP("halfopen::CurvesPage", "Round trip"),
                {{CurvesPage::tr("round trip"), Diagnosis::Active}},
                &kRoundTrips};
    case CurvesPage::Rates:
        return {QT_TRANSLATE_NOOP("halfopen::CurvesPage", "Rate"),
                {{CurvesPage::tr("sent"), Diagnosis::Active}, {CurvesPage::tr("received"), Diagnosis::Guarded}},
                &kRates};
    case CurvesPage::Queues:
        return {
            QT_TRANSLATE_NOOP("halfopen::CurvesPage", "Queues"),
            {{CurvesPage::tr("to be sent"), Diagnosis::Stalled}, {CurvesPage::tr("not read"), Diagnosis::Abandoned}},
            &kAmounts};
    case CurvesPage::Unanswered:
        return {QT_TRANSLATE_NOOP("halfopen::CurvesPage", "Unanswered probes and retransmissions"),
                {{CurvesPage::tr("unanswered"), Diagnosis::Suspect}}};
    case CurvesPage::Silence:
        break;
    }
    return {QT_TRANSLATE_NOOP("halfopen::CurvesPage", "Since the last sign of life"),
            {{CurvesPage::tr("silence"), Diagnosis::Unguarded}},
            &kSilences};
}

/// The shortest stretch that has all of it, so that a young curve is none of a few pixels.
ChartAxis axisOf(std::chrono::nanoseconds stretch) {
    const auto span = stretch <= 1min ? std::chrono::minutes(1) : CurvesPage::kSpan;
    const double seconds = duration<double>(span).count();
    return {-seconds, 0, {{-seconds, CurvesPage::tr("%1 min ago").arg(span.count())}, {0, CurvesPage::tr("now")}}};
}

std::uint32_t number(double value) {
    return static_cast<std::uint32_t>(
        std::clamp(std::round(value), 0.0, static_cast<double>(std::numeric_limits<std::int32_t>::max())));
}

} // namespace

CurvesPage::CurvesPage(QWidget* parent)
    : QScrollArea(parent) {
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setFocusPolicy(Qt::NoFocus); // its charts take the keys
    setAccessibleName(tr("Curves"));
    auto* content = new QWidget;
    m_grid = new QGridLayout(content);
    m_grid->setContentsMargins(12, 6, 12, 8);
    for (std::size_t curve = 0; curve < kCurves; ++curve) {
        auto text = textOf(curve);
        const std::size_t count = text.series.size();
        const auto draw = [count](QChart& to) { return newAreaPlot(to, count, axisOf(0s)); };
        auto* chart = new StackedChart(tr(text.title), std::move(text.series), draw, text.measure);
        m_panels[curve] = new ChartPanel(tr(text.title), tr("Time"), chart);
        m_panels[curve]->setObjectName(QLatin1String(kNames[curve]));
        m_panels[curve]->setMinimumSize(kLeastWidth, kHeight);
    }
    setWidget(content);
    place();
    draw();
}

CurvesPage::Sample CurvesPage::sampleOf(const Frame& frame, const Row& row) {
    const Connection& connection = row.connection;
    Sample sample{connection.sampled, QDateTime::currentDateTime().toString(QStringLiteral("HH:mm:ss")), {}};
    if (connection.info.rttUs > 0) // else it was never measured
        sample.values[RoundTrip] = {connection.info.rttUs};
    if (const Rate rate = frame.rateOf(row); connection.countsBytes())
        sample.values[Rates] = {number(rate.sent), number(rate.received)};
    if (connection.state == State::Listen) // its queue is one of connections
        return sample;
    sample.values[Queues] = {connection.sendQueue, connection.receiveQueue};
    sample.values[Unanswered] = {row.forecast.unanswered};
    if (const auto age = connection.lifeAge()) // of data or of an acknowledgement, whichever came last
        sample.values[Silence] = {number(std::floor(duration<double>(*age).count()))}; // as ages are told
    return sample;
}

void CurvesPage::show(const FramePtr& frame, const SocketKey& key) {
    if (key != m_key) {
        m_key = key;
        m_samples.clear();
    }
    const Row* row = frame && key ? frame->find(key) : nullptr;
    const bool isNew =
        row && row->change != Change::Closed && (m_samples.empty() || m_samples.back().at < row->connection.sampled);
    if (isNew && frame->live) {
        m_samples.push_back(sampleOf(*frame, *row));
        while (m_samples.size() > kMost || m_samples.back().at - m_samples.front().at > kSpan)
            m_samples.pop_front();
    }
    if (isVisible())
        draw();
}

/// None where they are too few for a curve.
std::vector<ChartPoint> CurvesPage::pointsOf(std::size_t curve) const {
    std::vector<ChartPoint> points;
    for (const Sample& sample : m_samples)
        if (!sample.values[curve].empty())
            points.push_back(
                {duration<double>(sample.at - m_samples.back().at).count(), sample.label, sample.values[curve]});
    return points.size() < kLeast ? std::vector<ChartPoint>() : points;
}

void CurvesPage::draw() {
    const QString without = !m_key                      ? tr("Choose a connection.")
                            : m_samples.size() < kLeast ? tr("Its curves begin now.")
                                                        : tr("Not known of this one.");
    for (std::size_t curve = 0; curve < kCurves; ++curve) {
        auto points = pointsOf(curve);
        const QString instead = points.empty() ? without : QString();
        if (!points.empty())
            m_panels[curve]->chart().setAxis(axisOf(m_samples.back().at - m_samples.front().at));
        m_panels[curve]->chart().show(std::move(points));
        m_panels[curve]->refresh(instead);
    }
}

/// As many side by side as fit.
void CurvesPage::place() {
    const int fit = std::clamp(viewport()->width() / (kLeastWidth + 20), 1, static_cast<int>(kCurves));
    if (fit == m_columns)
        return;
    m_columns = fit;
    int at = 0;
    for (ChartPanel* panel : m_panels) {
        m_grid->addWidget(panel, at / fit, at % fit);
        ++at;
    }
}

void CurvesPage::showEvent(QShowEvent* event) {
    QScrollArea::showEvent(event);
    draw();
}

void CurvesPage::resizeEvent(QResizeEvent* event) {
    QScrollArea::resizeEvent(event);
    place();
}

} // namespace halfopen
