// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/details/details_pane.h"

#include "core/forecast/forecast.h"
#include "core/model/forecast.h"
#include "ui/details/advice_bar.h"
#include "ui/details/details_head.h"
#include "ui/details/fact_pages.h"
#include "ui/details/headline.h"
#include "ui/details/summary_panel.h"
#include "ui/look/accessible_role.h"
#include "ui/look/duration_text.h"
#include "ui/look/ending_strings.h"
#include "ui/look/in_background.h"
#include "ui/look/theme.h"
#include "ui/parts/report_bar.h"
#include "ui/record/record_view.h"
#include "ui/timeline/timeline_view.h"

#include <QApplication>
#include <QEvent>
#include <QVBoxLayout>

#include <utility>

namespace halfopen {

using namespace std::chrono_literals;

namespace {

/// Qt paints 5 ms after update() (QPlatformWindow::requestUpdate()).
constexpr std::chrono::milliseconds kAfterTheTable = 10ms;

bool isInLastSeconds(const Moment& moment, const Row& row, MonotonicTime now) {
    const auto left = row.connection.sampled + moment.latest - now;
    return left > 0s && left <= 11s;
}

} // namespace

DetailsPane::DetailsPane(QWidget* parent)
    : QWidget(parent)
    , m_head(new DetailsHead)
    , m_advice(new AdviceBar)
    , m_timeline(new TimelineView)
    , m_report(new ReportBar)
    , m_summary(new SummaryPanel)
    , m_record(new RecordView)
    , m_pages(new FactPages) {
    setAccessibleRole(*this, QAccessible::Grouping);
    setAccessibleName(tr("Details"));
    m_summary->setObjectName(QStringLiteral("machine"));
    setUpLayout();
    connectVerbs();
    m_tick.setSingleShot(true);
    m_tick.setTimerType(Qt::PreciseTimer);
    connect(&m_tick, &QTimer::timeout, this, &DetailsPane::refreshClocks);
    m_due.setSingleShot(true);
    m_due.setInterval(kAfterTheTable);
    connect(&m_due, &QTimer::timeout, this, &DetailsPane::refresh);
    refresh();
}

void DetailsPane::setUpLayout() {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_head);
    for (QWidget* part :
         {static_cast<QWidget*>(m_advice), static_cast<QWidget*>(m_timeline), static_cast<QWidget*>(m_report)})
        layout->addWidget(part);
    for (QWidget* part :
         {static_cast<QWidget*>(m_summary), static_cast<QWidget*>(m_record), static_cast<QWidget*>(m_pages)})
        layout->addWidget(part, 1);
}

void DetailsPane::connectVerbs() {
    connect(m_advice, &AdviceBar::asked, this, &DetailsPane::asked);
    connect(m_summary, &SummaryPanel::asked, this, &DetailsPane::asked);
    connect(m_pages, &FactPages::asked, this, &DetailsPane::asked);
    connect(m_pages, &QTabWidget::currentChanged, this, &DetailsPane::refreshPage);
    connect(m_head, &DetailsHead::moreWanted, this, [this](bool wanted) {
        m_unfolds = wanted;
        fold();
    });
}

DetailsPane::Mode DetailsPane::mode() const {
    if (m_chosen.size() > 1)
        return Mode::Several;
    if (!m_subject)
        return Mode::Nothing;
    return m_subject.over() ? Mode::Ended : Mode::Alive;
}

void DetailsPane::show(const FramePtr& frame, const SocketKey& key, ShownSummaryPtr shown) {
    if (shown || frame != m_frame)
        m_shown = shown ? std::move(shown) : frame ? frame->summary : nullptr;
    m_frame = frame;
    const Row* row = frame && key ? frame->find(key) : nullptr;
    const bool same = m_subject && this->key() == key;
    if (row)
        m_subject = {frame,      row,        false, same && row->change == Change::Closed ? m_subject.ending : nullptr,
                     m_programs, m_guardedBy};
    else if (same)
        m_subject.gone = true;
    else
        m_subject = {};
    m_events = mode() == Mode::Alive
                   ? timelineOfRow(m_subject.row->forecast, m_subject.row->connection, m_subject.row->options,
                                   m_subject.frame->sysctlsOf(*m_subject.row), m_subject.frame->clockOf(*m_subject.row))
                   : std::vector<TimelineEvent>();
    showBroken();
    if (mode() != m_mode && m_mode == Mode::Nothing) // nothing stands there yet
        refresh();
    else
        m_due.start();
}

void DetailsPane::showChosen(const FramePtr& frame, std::vector<const Row*> rows) {
    const bool several = rows.size() > 1 || m_chosen.size() > 1;
    m_chosenFrame = frame;
    m_chosen = std::move(rows);
    ++m_choice;
    if (m_chosen.size() <= 1) {
        m_chosenSummary.reset();
        m_summaryFrame.reset();
    }
    if (several)
        m_due.start();
}

/// The broken forecasts about it while it lived; the record has the rest.
void DetailsPane::showBroken() {
    if (mode() != Mode::Alive)
        return m_report->show(nullptr, {}, {});
    const Connection& connection = m_subject.row->connection;
    m_report->show(m_subject.frame->brokenPromiseOf(m_subject.frame->keyOf(*m_subject.row)), connection.local,
                   connection.remote);
}

void DetailsPane::setPrograms(const DesktopPrograms* programs) {
    m_programs = m_subject.programs = programs;
    refreshPage();
}

void DetailsPane::offerGuard(GuardedBy guardedBy) {
    m_guardedBy = m_subject.guardedBy = std::move(guardedBy);
    m_summary->offerGuard();
    refresh();
}

void DetailsPane::refreshFacts() {
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

void DetailsPane::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    refreshClocks();
}

bool DetailsPane::isLive() const {
    return m_frame && m_frame->live;
}

MonotonicTime DetailsPane::now() const {
    const MonotonicTime here = m_frozen.value_or(MonotonicClock::now());
    if (!m_frame)
        return here;
    return m_subject ? m_subject.frame->presentOf(*m_subject.row, here) : m_frame->present(here);
}

/// What had the keyboard's focus may be of a connection that is no longer shown.
void DetailsPane::goTo(Mode mode) {
    if (m_mode == mode)
        return;
    m_mode = mode;
    m_pages->setSeveral(mode == Mode::Several);
    if (mode != Mode::Alive)
        m_advice->clear();
    showParts();
}

void DetailsPane::showParts() {
    const bool hadKeys = isAncestorOf(QApplication::focusWidget());
    const bool one = m_mode == Mode::Alive;
    const bool several = m_mode == Mode::Several;
    m_head->setParts(one || m_mode == Mode::Ended, m_mode != Mode::Nothing, one || several);
    m_timeline->setVisible(one);
    m_summary->setVisible(m_mode == Mode::Nothing && !m_folded);
    m_record->setVisible(m_mode == Mode::Ended && !m_folded);
    m_pages->setVisible((one || several) && !m_folded);
    auto* keys = QApplication::focusWidget();
    if (hadKeys && !(keys && isAncestorOf(keys) && keys->isVisible()))
        Q_EMIT lostKeys();
}

void DetailsPane::refresh() {
    m_due.stop();
    goTo(mode());
    if (m_mode == Mode::Alive || m_mode == Mode::Ended)
        m_head->setWho(whoText(m_subject));
    refreshClocks();
    if (m_pages->showsFacts(false))
        refreshPage();
}

/// All that counts, read off one clock: the diagnosis, the time line, and the sentences where they are seen.
void DetailsPane::refreshClocks() {
    if (mode() != m_mode)
        return refresh(); // what is laid out is no longer chosen: it was to follow in a moment
    switch (*m_mode) {
    case Mode::Nothing:
        refreshNothing();
        break;
    case Mode::Alive:
        refreshAlive();
        break;
    case Mode::Ended:
        refreshEnded();
        break;
    case Mode::Several:
        refreshSeveral();
        break;
    }
    Q_EMIT ticked(now());
    scheduleTick();
}

void DetailsPane::refreshNothing() {
    const QColor dim = themeOf(palette()).dim;
    if (!m_shown)
        return m_head->say(tr("Select a connection to see when the kernel will check on it and when it will give it "
                              "up."),
                           dim);
    if (!isVisible())
        return;
    const auto summary = summaryOf(*m_frame, *m_shown, now());
    m_head->say(summary.headline, dim);
    m_summary->show(summary);
}

void DetailsPane::refreshAlive() {
    const Row& row = *m_subject.row;
    const auto& accent = themeOf(palette()).of(row.diagnosis);
    m_head->setIcon(row.diagnosis, accent);
    m_head->say(diagnosisSentence(m_subject, now()), accent);
    m_advice->show(adviceFor(m_subject, now()), m_guardedBy ? adviceForLater(m_subject) : Advice());
    m_timeline->show(timelineOf(row, m_events, now()), accent);
    if (m_pages->showsFacts(true))
        refreshPage();
}

void DetailsPane::refreshEnded() {
    const auto& ending = m_subject.ending;
    const auto word = ending ? accentOf(ending->ending) : Diagnosis::Closing;
    const auto& accent = themeOf(palette()).of(word);
    m_head->setIcon(word, accent);
    m_head->say(diagnosisSentence(m_subject, now()), accent);
    if (!ending) {
        m_advice->clear();
        return m_record->showUnknown();
    }
    m_record->show(ending);
    m_advice->show({tr("It is over; this is its record."), Verb::InHistory, tr("In History")},
                   {{}, Verb::CopyRecord, tr("Copy Record")});
}

/// Many are summed up on another thread, as whoever asks for a hundred thousand owners is busy for longer than a
/// picture takes: until then the last sum stands.
void DetailsPane::sumUp() {
    constexpr std::size_t kFew = 4096;
    if (m_chosen.size() <= kFew)
        return takeSummary(m_choice, m_chosenFrame, summariseChosen(*m_chosenFrame, m_chosen));
    if (std::exchange(m_isSumming, true))
        return;
    inBackground(
        this, [frame = m_chosenFrame, rows = m_chosen] { return summariseChosen(*frame, rows); },
        [this, choice = m_choice, frame = m_chosenFrame](const ChosenSummary& summary) {
            m_isSumming = false;
            if (mode() != Mode::Several || m_choiceSummed == m_choice)
                return;
            takeSummary(choice, frame, summary);
            if (m_mode == Mode::Several)
                refreshSeveral();
        });
}

void DetailsPane::takeSummary(std::uint64_t choice, const FramePtr& frame, const ChosenSummary& summary) {
    m_choiceSummed = choice;
    m_summaryFrame = frame;
    m_chosenSummary = summary;
}

void DetailsPane::refreshSeveral() {
    if (m_choiceSummed != m_choice)
        sumUp();
    if (!m_chosenSummary)
        return;
    const auto summary = summaryOfChosen(*m_summaryFrame, *m_chosenSummary, now());
    m_head->setWho(summary.headline);
    m_head->say({}, themeOf(palette()).text);
    if (m_pages->together().isVisible())
        m_pages->together().show(summary);
}

void DetailsPane::refreshPage() {
    if (m_mode == Mode::Several && m_chosenFrame)
        return refreshSeveral();
    if (m_mode == Mode::Alive && m_subject)
        m_pages->showFacts(m_subject, now());
}

bool DetailsPane::isInLastSeconds() const {
    if (m_mode != Mode::Alive)
        return false;
    const Row& row = *m_subject.row;
    const Moment timer{row.connection.timer.expires, row.connection.timer.expires, row.connection.timer.expires};
    const bool runs = row.connection.timer.kind() != TimerKind::None;
    return halfopen::isInLastSeconds(row.forecast.next, row, now()) ||
           halfopen::isInLastSeconds(row.forecast.shownEnd(), row, now()) ||
           (runs && halfopen::isInLastSeconds(timer, row, now()));
}

/// In the last seconds all of it runs ten times a second, as the table does.
void DetailsPane::scheduleTick() {
    m_tick.stop();
    if (m_frozen || !isLive() || m_mode == Mode::Ended || !isVisible())
        return;
    m_tick.start(untilNextTick(MonotonicClock::now(), isInLastSeconds()));
}

void DetailsPane::addVerbs(const QList<QAction*>& verbs) {
    for (auto* verb : verbs)
        m_head->addVerb(verb);
}

void DetailsPane::followVerb(Verb verb, QAction* action) {
    m_advice->follow(verb, action);
}

void DetailsPane::addPage(QWidget* page, const QString& title, bool ofOne) {
    m_pages->addPage(page, title, ofOne);
}

void DetailsPane::showPage(QWidget* page) {
    if (m_folded)
        unfold();
    m_pages->setCurrentWidget(page);
}

void DetailsPane::takeFocus() {
    if (m_pages->isVisible())
        m_pages->setFocus(Qt::OtherFocusReason);
}

int DetailsPane::page() const {
    return m_pages->page();
}

void DetailsPane::setPage(int page) {
    m_pages->setCurrentIndex(page);
}

} // namespace halfopen
