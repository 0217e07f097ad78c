// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/overview_page.h"

#include "core/query/overview.h"
#include "ui/charts/chart_panel.h"
#include "ui/charts/stacked_chart.h"
#include "ui/details/summary_panel.h"
#include "ui/look/diagnosis_icon.h"
#include "ui/look/strings.h"
#include "ui/look/text.h"
#include "ui/look/text_size.h"
#include "ui/look/theme.h"
#include "ui/overview/overview_numbers.h"
#include "ui/table/group_text.h"
#include "ui/tuning/tuning_strings.h"

#include <QBuffer>
#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QScrollArea>
#include <QSettings>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

namespace halfopen {

namespace {

constexpr int kChartHeight = 190;
constexpr int kKeyIcon = 14;
constexpr std::array kBy{GroupBy::Program, GroupBy::RemoteHost, GroupBy::Unit, GroupBy::User};

QString settingBy() {
    return QStringLiteral("overview/by");
}
QString settingPath() {
    return QStringLiteral("overview/path");
}

/// The lines of the summary that lead into the table.
QString filterOf(Verb verb) {
    switch (verb) {
    case Verb::ShowSuspect:
        return diagnosisFilter(Diagnosis::Suspect);
    case Verb::ShowUnguarded:
        return diagnosisFilter(Diagnosis::Unguarded);
    case Verb::ShowAbandoned:
        return diagnosisFilter(Diagnosis::Abandoned);
    default:
        return {};
    }
}

QString asHtml(const QPixmap& pixmap) {
    QByteArray png;
    QBuffer buffer(&png);
    buffer.open(QIODevice::WriteOnly);
    pixmap.save(&buffer, "PNG");
    return QStringLiteral("<img src=\"data:image/png;base64,%1\">").arg(QString::fromLatin1(png.toBase64()));
}

/// The first of the parts takes the room that is left.
QWidget* newLine(const QList<QWidget*>& parts, QToolButton& show) {
    show.setText(OverviewPage::tr("Show"));
    show.setMinimumHeight(kTarget);
    auto* line = new QWidget;
    auto* layout = new QHBoxLayout(line);
    layout->setContentsMargins(0, 0, 0, 0);
    for (QWidget* part : parts)
        layout->addWidget(part, part == parts.front() ? 1 : 0);
    layout->addWidget(&show);
    return line;
}

} // namespace

OverviewPage::OverviewPage(const std::vector<Middlebox>& boxes)
    : m_headline(new QLabel)
    , m_problems(new SummaryPanel)
    , m_forgotten(newText())
    , m_path(new QComboBox)
    , m_showForgotten(new QToolButton)
    , m_ports(newText())
    , m_showPorts(new QToolButton)
    , m_key(new QLabel)
    , m_by(new QComboBox) {
    m_headline->setObjectName(QStringLiteral("socketsInView"));
    m_forgotten->setObjectName(QStringLiteral("forgotten"));
    m_path->setObjectName(QStringLiteral("path"));
    m_ports->setObjectName(QStringLiteral("localPorts"));
    m_by->setObjectName(QStringLiteral("worstBy"));
    for (const Middlebox& box : boxes)
        m_path->addItem(shortName(box), box.idleTimeout);
    m_path->setCurrentIndex(std::max(0, m_path->findData(350)));
    m_path->setAccessibleName(tr("What is on the way"));
    for (const GroupBy by : kBy)
        m_by->addItem(groupByLabel(by), static_cast<int>(by));
    m_by->setAccessibleName(tr("Worst by"));
    setUpCharts();
    setUpLayout();
    connectParts();
}

void OverviewPage::setUpCharts() {
    const auto series = diagnosisSeries();
    m_curve = new ChartPanel(tr("Connections by diagnosis"), tr("Time"),
                             new StackedChart(tr("Connections by diagnosis"), series, [&](QChart& chart) {
                                 return newAreaPlot(chart, series.size(), curveAxis(m_curveMinutes));
                             }));
    m_givenUp = new ChartPanel(tr("When the kernel gives up, if all peers fell silent"), tr("When"),
                               new StackedChart(tr("When the kernel gives up, if all peers fell silent"), series,
                                                [&](QChart& chart) { return newBarPlot(chart, series.size()); }));
    m_worst = new ChartPanel(tr("Worst"), tr("Group"), new StackedChart(tr("Worst"), series, [&](QChart& chart) {
                                 return newBarPlot(chart, series.size());
                             }));
    const auto endings = endingSeries();
    m_endings = new ChartPanel(tr("How connections ended, per minute"), tr("Minute"),
                               new StackedChart(tr("How connections ended, per minute"), endings, [&](QChart& chart) {
                                   return newColumnPlot(chart, endings.size(), minutesAxis());
                               }));
    m_worst->addToHead(m_by);
    m_curve->setObjectName(QStringLiteral("curve"));
    m_givenUp->setObjectName(QStringLiteral("givenUp"));
    m_worst->setObjectName(QStringLiteral("worst"));
    m_endings->setObjectName(QStringLiteral("endings"));
}

void OverviewPage::setUpLayout() {
    makeHeading(*m_headline, 1.15);
    m_headline->setTextFormat(Qt::PlainText);
    m_key->setTextFormat(Qt::RichText); // icons and our own words alone
    m_key->setWordWrap(true);
    m_content = new QWidget;
    auto* layout = new QVBoxLayout(m_content);
    layout->setContentsMargins(12, 10, 12, 10);
    layout->setSpacing(8);
    for (QWidget* part :
         {static_cast<QWidget*>(m_headline), static_cast<QWidget*>(m_problems), newForgotten(), newPorts()})
        layout->addWidget(part);
    auto* charts = new QGridLayout;
    charts->setHorizontalSpacing(20);
    charts->setVerticalSpacing(12);
    int at = 0;
    for (ChartPanel* panel : {m_curve, m_givenUp, m_worst, m_endings}) {
        panel->setMinimumSize(260, kChartHeight);
        charts->addWidget(panel, at / 2, at % 2);
        charts->setColumnStretch(at % 2, 1);
        charts->setRowStretch(at / 2, 1);
        ++at;
    }
    layout->addLayout(charts, 1);
    layout->addWidget(m_key);
    auto* area = new QScrollArea;
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidget(m_content);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(area);
    showKey();
}

QWidget* OverviewPage::newForgotten() {
    m_showForgotten->setAccessibleName(tr("Show those that the way may have forgotten"));
    return newLine({m_forgotten, m_path}, *m_showForgotten);
}

QWidget* OverviewPage::newPorts() {
    m_showPorts->setAccessibleName(tr("Show the connections to the destination that uses most ports"));
    return newLine({m_ports}, *m_showPorts);
}

void OverviewPage::connectParts() {
    connect(m_by, &QComboBox::activated, this, &Page::chosen);
    connect(m_path, &QComboBox::activated, this, &Page::chosen);
    connect(m_showForgotten, &QToolButton::clicked, this,
            [this] { Q_EMIT connectionsRequested(QString::fromStdString(filterTextOfForgotten(pathForgets()))); });
    connect(m_showPorts, &QToolButton::clicked, this,
            [this] { Q_EMIT connectionsRequested(portsFilter(*m_frame->overview->ports)); });
    connect(m_problems, &SummaryPanel::asked, this, [this](Verb verb) {
        if (const QString filter = filterOf(verb); !filter.isEmpty())
            Q_EMIT connectionsRequested(filter);
        else
            Q_EMIT asked(verb);
    });
    connect(&m_curve->chart(), &StackedChart::activated, this,
            [this](int, int series) { Q_EMIT connectionsRequested(diagnosisFilter(series)); });
    connect(&m_givenUp->chart(), &StackedChart::activated, this, [this](int point, int series) {
        Q_EMIT connectionsRequested(givenUpFilter(static_cast<std::size_t>(point), series));
    });
    connect(&m_worst->chart(), &StackedChart::activated, this, [this](int point, int series) {
        const auto& worst = m_frame->overview->worst;
        const QString filter = worstFilter(*m_frame, worst[static_cast<std::size_t>(point)], series);
        if (!filter.isEmpty())
            Q_EMIT connectionsRequested(filter);
    });
    connect(&m_endings->chart(), &StackedChart::activated, this,
            [this](int, int series) { Q_EMIT endingsRequested(endingFilter(series)); });
}

void OverviewPage::offerGuard() {
    m_problems->offerGuard();
}

QString OverviewPage::title() const {
    return tr("Overview");
}

/// Each colour has its shape and its word, in one text that wraps where the window is narrow.
void OverviewPage::showKey() {
    QStringList words;
    QStringList names;
    for (const ChartSeries& series : diagnosisSeries()) {
        names.append(series.name);
        const QColor color = themeOf(palette()).of(series.accent);
        words.append(QStringLiteral("<nobr>%1&nbsp;%2</nobr>")
                         .arg(asHtml(diagnosisPixmap(series.accent, color, kKeyIcon, 1)), series.name.toHtmlEscaped()));
    }
    m_key->setText(words.join(QStringLiteral("&nbsp;&nbsp; ")));
    m_key->setAccessibleName(names.join(tr(", "))); // without the pictures
}

std::chrono::seconds OverviewPage::pathForgets() const {
    return std::chrono::seconds(m_path->currentData().toInt());
}

bool OverviewPage::takeFocus() {
    m_curve->setFocus();
    return true;
}

void OverviewPage::applyTo(Query& query) const {
    query.overview =
        isVisibleTo(window())
            ? std::optional(OverviewQuery{pathForgets(), static_cast<GroupBy>(m_by->currentData().toInt())})
            : std::nullopt;
}

/// Of another machine nothing is known before it has told something.
void OverviewPage::showFrame(const FramePtr& newest) {
    const std::uint32_t host = newest->inView().host->host;
    if (std::exchange(m_host, host) != host)
        m_content->hide();
    if (!isVisible() || !newest->overview)
        return;
    m_frame = newest;
    refresh();
    m_content->show();
}

void OverviewPage::refresh() {
    refreshProblems(*m_frame->overview);
    refreshForgotten(*m_frame->overview);
    refreshPorts(*m_frame->overview);
    m_givenUp->chart().show(givenUpPoints(*m_frame->overview));
    m_givenUp->refresh(sumOf(m_givenUp->chart().numbers()) == 0 ? tr("No connection is open.") : QString());
    m_worst->chart().show(worstPoints(*m_frame));
    const auto others = static_cast<int>(m_frame->overview->otherGroups);
    m_worst->setTitle(others == 0 ? tr("Worst") : tr("Worst (%n more)", nullptr, others));
    m_worst->refresh(m_frame->overview->worst.empty() ? tr("None that could be named.") : QString());
    refreshHistory();
}

void OverviewPage::refreshProblems(const Overview& overview) {
    const auto& counts = overview.summary.counts;
    const int all = std::accumulate(counts.begin(), counts.end(), 0);
    setTextIfNew(*m_headline, tr("%n socket(s) in view", nullptr, all));
    m_problems->show(summaryOf(*m_frame, overview.summary, m_frame->taken));
    fitProblems();
}

/// As high as its lines are at this width.
void OverviewPage::fitProblems() {
    const auto& lines = *m_problems->widget(); // none of them wraps, perhaps
    m_problems->setFixedHeight(std::max(lines.heightForWidth(m_problems->width()), lines.minimumSizeHint().height()));
}

void OverviewPage::refreshForgotten(const Overview& overview) {
    setTextIfNew(*m_forgotten, tr("%n connection(s) silent for longer than this remembers:", nullptr,
                                  static_cast<int>(overview.forgotten)));
    m_showForgotten->setEnabled(overview.forgotten > 0);
}

void OverviewPage::refreshPorts(const Overview& overview) {
    m_ports->parentWidget()->setVisible(overview.ports.has_value());
    if (!overview.ports)
        return;
    const PortPressure& worst = *overview.ports;
    const QLocale locale;
    setTextIfNew(*m_ports, tr("Local ports to %1: %2 of %3 used (%4 %)")
                               .arg(fromCore(worst.remote.toString()), locale.toString(worst.used),
                                    locale.toString(worst.available), locale.toString(100 * worst.share(), 'f', 1)));
}

/// What adds up over time.
void OverviewPage::refreshHistory() {
    const ActivityPtr& activity = m_frame->activity;
    const MonotonicTime now = m_frame->present(MonotonicClock::now());
    m_curve->setTitle(m_frame->namespaces.size() == 1 ? tr("Connections by diagnosis")
                                                      : tr("Connections by diagnosis, all namespaces"));
    if (!activity || !m_frame->live) {
        m_curve->chart().show({});
        m_endings->chart().show({});
        m_curve->refresh(tr("A recording stands still: there is no last half an hour."));
        return m_endings->refresh(tr("A recording stands still: nothing ends in it."));
    }
    const auto run = m_frame->taken - activity->since;
    if (const int minutes = curveMinutes(run); minutes != m_curveMinutes) {
        m_curveMinutes = minutes;
        m_curve->chart().setAxis(curveAxis(minutes));
    }
    m_curve->chart().show(lastHalfHour(*activity, now));
    m_curve->refresh(run < std::chrono::minutes(1) ? tr("One minute is needed for a curve.") : QString());
    m_endings->chart().show(endingPoints(*activity, now));
    m_endings->refresh(
        sumOf(m_endings->chart().numbers()) == 0 ? tr("No connection has ended in the last half an hour.") : QString());
}

void OverviewPage::resizeEvent(QResizeEvent* event) {
    Page::resizeEvent(event);
    fitProblems();
}

void OverviewPage::changeEvent(QEvent* event) {
    Page::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showKey();
}

void OverviewPage::restore(const QSettings& settings) {
    m_by->setCurrentIndex(std::max(0, m_by->findData(settings.value(settingBy()).toInt())));
    if (const int at = m_path->findData(settings.value(settingPath()).toInt()); at >= 0)
        m_path->setCurrentIndex(at);
}

void OverviewPage::save(QSettings& settings) const {
    settings.setValue(settingBy(), m_by->currentData().toInt());
    settings.setValue(settingPath(), m_path->currentData().toInt());
}

} // namespace halfopen
