// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/details/details_pane.h"

#include "core/forecast/forecast.h"
#include "core/model/forecast.h"
#include "ui/details/facts.h"
#include "ui/details/headline.h"
#include "ui/details/timeline_view.h"
#include "ui/look/diagnosis_icon.h"
#include "ui/look/theme.h"
#include "ui/parts/fact_panel.h"
#include "ui/parts/report_bar.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <array>

namespace halfopen {

using namespace std::chrono_literals;

namespace {

constexpr int kIcon = 18;
constexpr std::chrono::milliseconds kTenth = 100ms;
/// Qt paints 5 ms after update() (QPlatformWindow::requestUpdate()).
constexpr std::chrono::milliseconds kAfterTheTable = 10ms;

/// A page of facts.
struct FactPage {
    const char* title;
    FactPanel::Shape shape;
    int columnCharacters; ///< see FactPanel
    bool runs;            ///< written anew as time goes by, and not with each frame alone
    FactGroups (*facts)(const Subject& subject, MonotonicTime now);
};

constexpr std::array kFactPages{
    FactPage{QT_TRANSLATE_NOOP("halfopen::DetailsPane", "Clocks"), FactPanel::Shape::Sentences, 0, true, clockFacts},
    FactPage{QT_TRANSLATE_NOOP("halfopen::DetailsPane", "Options"), FactPanel::Shape::Numbers, 84, false,
             [](const Subject& subject, MonotonicTime) { return optionFacts(subject); }},
    FactPage{QT_TRANSLATE_NOOP("halfopen::DetailsPane", "TCP"), FactPanel::Shape::Numbers, 40, false,
             [](const Subject& subject, MonotonicTime) { return tcpFacts(subject); }},
    FactPage{QT_TRANSLATE_NOOP("halfopen::DetailsPane", "Owners"), FactPanel::Shape::Numbers, 60, false,
             [](const Subject& subject, MonotonicTime) { return ownerFacts(subject); }},
};

/// Null for a page that has none: those that addPage() added.
const FactPage* factPageAt(int index) {
    return static_cast<std::size_t>(index) < kFactPages.size() ? &kFactPages[static_cast<std::size_t>(index)] : nullptr;
}

QLabel* newHeadlineLabel(bool bold) {
    auto* label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto font = label->font();
    font.setBold(bold);
    label->setFont(font);
    return label;
}

void setColor(QLabel& label, const QColor& color) {
    auto palette = label.palette();
    if (palette.color(QPalette::WindowText) == color)
        return;
    palette.setColor(QPalette::WindowText, color);
    label.setPalette(palette);
}

bool isInLastSeconds(const Moment& moment, const Row& row, MonotonicTime now) {
    const auto left = row.connection.sampled + moment.latest - now;
    return left > 0s && left <= 10s;
}

} // namespace

DetailsPane::DetailsPane(QWidget* parent)
    : QWidget(parent)
    , m_icon(new QLabel)
    , m_who(newHeadlineLabel(true))
    , m_diagnosis(newHeadlineLabel(false))
    , m_verbs(new QHBoxLayout)
    , m_timeline(new TimelineView)
    , m_report(new ReportBar)
    , m_pages(new QTabWidget) {
    setAccessibleName(tr("Details"));
    auto* line = new QHBoxLayout;
    line->setContentsMargins(12, 6, 12, 4);
    line->setSpacing(8);
    line->addWidget(m_icon);
    line->addWidget(m_who);
    line->addSpacing(12);
    line->addWidget(m_diagnosis, 1);
    line->addLayout(m_verbs);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(line);
    layout->addWidget(m_timeline);
    layout->addWidget(m_report);
    layout->addWidget(m_pages, 1);
    m_diagnosis->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    setUpPages();
    m_tick.setSingleShot(true);
    connect(&m_tick, &QTimer::timeout, this, &DetailsPane::tick);
    m_due.setSingleShot(true);
    m_due.setInterval(kAfterTheTable);
    connect(&m_due, &QTimer::timeout, this, &DetailsPane::refresh);
    refresh();
}

void DetailsPane::setUpPages() {
    m_pages->setDocumentMode(true);
    for (const FactPage& page : kFactPages) {
        m_panels.push_back(new FactPanel(page.shape, page.columnCharacters));
        m_pages->addTab(m_panels.back(), tr(page.title));
    }
    connect(m_pages, &QTabWidget::currentChanged, this, &DetailsPane::refreshPage);
}

void DetailsPane::show(const FramePtr& frame, const SocketKey& key) {
    const Row* row = frame && key ? frame->find(key) : nullptr;
    if (row)
        m_subject = {frame, row, false, nullptr, m_programs};
    else if (m_subject && this->key() == key)
        m_subject.gone = true;
    else
        m_subject = {};
    m_events =
        !m_subject || m_subject.gone
            ? std::vector<TimelineEvent>()
            : timelineOfRow(m_subject.row->forecast, m_subject.row->connection, m_subject.row->options,
                            m_subject.frame->sysctlsOf(*m_subject.row), m_subject.frame->clockOf(*m_subject.row));
    showBroken();
    if (m_pages->isHidden()) // nothing stands there yet
        refresh();
    else
        m_due.start();
}

/// What was broken of what was foretold about it, while it lived or at its end.
void DetailsPane::showBroken() {
    if (!m_subject)
        return m_report->show(nullptr, {}, {});
    const Connection& connection = m_subject.row->connection;
    const bool told = m_subject.ending && m_subject.ending->broken;
    m_report->show(told ? m_subject.ending->broken : m_subject.frame->brokenPromiseOf(connection.cookie),
                   connection.local, connection.remote);
}

void DetailsPane::setPrograms(const DesktopPrograms* programs) {
    m_programs = m_subject.programs = programs;
    refreshPage();
}

void DetailsPane::showEnding(const EndedConnectionPtr& ending) {
    if (!m_subject || m_subject.ending == ending)
        return;
    m_subject.ending = ending;
    showBroken();
    m_due.start();
}

void DetailsPane::freeze(std::optional<MonotonicTime> at) {
    m_frozen = at;
    refresh();
}

void DetailsPane::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        refresh();
}

MonotonicTime DetailsPane::now() const {
    if (m_frozen)
        return *m_frozen;
    return m_subject.frame->live && !m_subject.gone ? MonotonicClock::now() : m_subject.row->connection.sampled;
}

void DetailsPane::refresh() {
    m_due.stop();
    const bool something = static_cast<bool>(m_subject);
    m_timeline->setVisible(something);
    m_pages->setVisible(something);
    m_icon->setVisible(something);
    m_who->setVisible(something);
    if (!something) {
        setColor(*m_diagnosis, themeOf(palette()).dim);
        m_diagnosis->setText(
            tr("Select a connection to see when the kernel will check on it and when it will give it up."));
        return;
    }
    const auto& accent = themeOf(palette()).of(m_subject.row->diagnosis);
    m_icon->setPixmap(diagnosisPixmap(m_subject.row->diagnosis, accent, kIcon, devicePixelRatioF()));
    m_who->setText(whoText(m_subject));
    setColor(*m_diagnosis, accent);
    refreshClocks();
    if (const auto* page = factPageAt(m_pages->currentIndex()); page && !page->runs)
        refreshPage();
}

/// All that counts: the diagnosis, the time line, and the sentences where they are seen.
void DetailsPane::refreshClocks() {
    if (!m_subject)
        return;
    m_tenths = 0;
    refreshLine();
    if (const auto* page = factPageAt(m_pages->currentIndex()); page && page->runs)
        refreshPage();
    scheduleTick();
}

void DetailsPane::refreshLine() {
    m_diagnosis->setText(diagnosisSentence(m_subject, now()));
    m_diagnosis->setToolTip(m_diagnosis->text());
    if (m_subject.gone)
        m_timeline->clear();
    else
        m_timeline->show(timelineOf(*m_subject.row, m_events, now()), themeOf(palette()).of(m_subject.row->diagnosis));
}

/// In the last seconds the line runs ten times a second; sentences are for reading and change once a second.
void DetailsPane::tick() {
    const bool fast = m_tick.intervalAsDuration() == kTenth;
    m_tenths += fast ? 1 : 10;
    if (!m_subject || m_tenths >= 10) {
        refreshClocks();
        return;
    }
    refreshLine();
    scheduleTick();
}

void DetailsPane::refreshPage() {
    const int index = m_pages->currentIndex();
    if (const auto* page = factPageAt(index); page && m_subject)
        m_panels[static_cast<std::size_t>(index)]->show(page->facts(m_subject, now()));
}

void DetailsPane::scheduleTick() {
    if (m_frozen || !m_subject.frame->live || m_subject.gone || !isVisible())
        return;
    const Row& row = *m_subject.row;
    const bool last =
        isInLastSeconds(row.forecast.next, row, now()) || isInLastSeconds(row.forecast.shownEnd(), row, now());
    m_tick.start(last ? kTenth : 10 * kTenth);
}

void DetailsPane::addVerbs(const QList<QAction*>& verbs) {
    for (auto* verb : verbs) {
        auto* button = new QToolButton;
        button->setDefaultAction(verb);
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        button->setFocusPolicy(Qt::TabFocus);
        m_verbs->addWidget(button);
    }
}

void DetailsPane::addPage(QWidget* page, const QString& title) {
    m_pages->addTab(page, title);
}

void DetailsPane::showPage(QWidget* page) {
    m_pages->setCurrentWidget(page);
}

int DetailsPane::page() const {
    return m_pages->currentIndex();
}

void DetailsPane::setPage(int page) {
    m_pages->setCurrentIndex(page);
}

QString DetailsPane::headline() const {
    return m_subject ? QString(m_who->text() + QStringLiteral("   ") + m_diagnosis->text()) : m_diagnosis->text();
}

} // namespace halfopen
