// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/connections_page.h"

#include "core/query/order.h"
#include "core/query/summary.h"
#include "ui/connections/curves_page.h"
#include "ui/details/details_pane.h"
#include "ui/look/stale_text.h"
#include "ui/look/text.h"
#include "ui/look/translated.h"
#include "ui/parts/answer_bar.h"
#include "ui/parts/message_page.h"
#include "ui/parts/notice_bar.h"
#include "ui/parts/space_key.h"
#include "ui/programs/desktop_programs.h"
#include "ui/record/ended_facts.h"
#include "ui/table/connection_model.h"
#include "ui/table/connection_view.h"
#include "ui/table/filter_bar.h"
#include "ui/table/group_box.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QSettings>
#include <QStackedLayout>
#include <QVBoxLayout>

#include <utility>

namespace halfopen {

namespace {

QString settingSplit() {
    return QStringLiteral("connections/split");
}

QString settingHint() {
    return QStringLiteral("window/words_understood");
}

QString settingNames() {
    return QStringLiteral("table/host_names");
}

QString settingFilter() {
    return QStringLiteral("connections/filter");
}

QString settingDiagnoses() {
    return QStringLiteral("connections/diagnoses");
}

QString settingUnfolds() {
    return QStringLiteral("details/unfolds");
}

QString settingDetailsPage() {
    return QStringLiteral("details/page");
}

} // namespace

ConnectionsPage::ConnectionsPage(SocketOperations& operations, const Closer& closer, OrderSink send,
                                 ExactReader::OpenExact openExact, DesktopPrograms& programs)
    : m_programs(programs)
    , m_filter(new FilterBar)
    , m_groups(new GroupBox)
    , m_names(new QAction(tr("Look Up Host &Names"), this))
    , m_hint(new NoticeBar)
    , m_paused(new NoticeBar)
    , m_stale(new NoticeBar)
    , m_elsewhere(new NoticeBar)
    , m_answer(new AnswerBar)
    , m_view(new ConnectionView)
    , m_message(new MessagePage)
    , m_details(new DetailsPane)
    , m_curves(new CurvesPage)
    , m_actions(new ConnectionActions(operations, closer, std::move(send), std::move(openExact), *this, this))
    , m_menu(new QMenu(tr("&Connection"), this))
    , m_showAll(new QAction(tr("Show All"), this))
    , m_showEveryNetns(new QAction(tr("Look in All Namespaces"), this)) {
    setUpLayout();
    setUpNotices();
    m_menu->addActions(m_actions->all());
    m_details->addPage(m_curves, tr("Curves"), true);
    connectParts();
}

void ConnectionsPage::setUpLayout() {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_filter);
    m_filter->setCorner(m_groups);
    m_splitter = new DetailsSplitter(newTable(), m_details);
    layout->addWidget(m_splitter, 1);
}

void ConnectionsPage::connectParts() {
    connect(m_filter, &FilterBar::changed, this, &ConnectionsPage::chosen);
    m_names->setCheckable(true);
    m_names->setToolTip(tr("Asks the system's resolver, which asks others, for the names of remote hosts"));
    connect(m_names, &QAction::toggled, this, &ConnectionsPage::chosen);
    connect(m_groups, &GroupBox::changed, this, &ConnectionsPage::chosen);
    connect(m_view, &ConnectionView::expansionAsked, m_groups, &GroupBox::setExpanded);
    connect(m_view, &ConnectionView::allExpansionAsked, m_groups, &GroupBox::setAllExpanded);
    connect(m_view, &ConnectionView::detailsAsked, this, &ConnectionsPage::showDetails);
    connect(m_view, &ConnectionView::typed, m_filter, &FilterBar::type);
    connect(m_view, &ConnectionView::clearAsked, m_filter, &FilterBar::clear);
    connect(m_filter, &FilterBar::left, this, &ConnectionsPage::takeFocus);
    connect(m_view, &ConnectionView::sortChanged, this, &ConnectionsPage::chosen);
    connect(m_view, &ConnectionView::selectedChanged, this, &ConnectionsPage::select);
    connect(&m_programs, &DesktopPrograms::loaded, this, &ConnectionsPage::showPrograms);
    connect(m_splitter, &DetailsSplitter::lowChanged, m_details, &DetailsPane::setLow);
    connect(m_details, &DetailsPane::foldedChanged, m_splitter, &DetailsSplitter::setFolded);
    connect(m_details, &DetailsPane::lostKeys, this, &ConnectionsPage::takeFocus);
    connect(m_details, &DetailsPane::asked, this, &ConnectionsPage::doIt);
}

/// What the table can do; the rest is done by the connection's verbs, or by the window.
void ConnectionsPage::doIt(Verb verb) {
    switch (verb) {
    case Verb::ShowSuspect:
        return m_filter->showOnly(Diagnosis::Suspect);
    case Verb::ShowUnguarded:
        return m_filter->showOnly(Diagnosis::Unguarded);
    case Verb::ShowAbandoned:
        return m_filter->showOnly(Diagnosis::Abandoned);
    case Verb::ShowProgram:
        return showProgram();
    case Verb::ShowChildren:
        return showChildren();
    case Verb::CopyRecord:
        if (m_details->ending())
            QGuiApplication::clipboard()->setText(recordText(*m_details->ending()));
        return;
    case Verb::Tuning:
    case Verb::ShowDead:
        Q_EMIT asked(verb);
        return;
    default:
        return;
    }
}

void ConnectionsPage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    m_actions->choose();
}

void ConnectionsPage::hideEvent(QHideEvent* event) {
    Page::hideEvent(event);
    m_actions->choose();
}

Page::Abilities ConnectionsPage::abilities() const {
    return {.table = true, .filter = true, .pause = true, .details = true};
}

QString ConnectionsPage::title() const {
    return tr("Connections");
}

/// What there is to say comes and goes below the rows: none of them moves under a mouse.
QWidget* ConnectionsPage::newTable() {
    auto* table = new QWidget;
    auto* layout = new QVBoxLayout(table);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_stack = new QStackedLayout;
    layout->addLayout(m_stack, 1);
    for (QWidget* line :
         {static_cast<QWidget*>(m_hint), static_cast<QWidget*>(m_stale), static_cast<QWidget*>(m_elsewhere),
          static_cast<QWidget*>(m_paused), static_cast<QWidget*>(m_answer)})
        layout->addWidget(line);
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_message);
    m_message->say(tr("One moment"), tr("The kernel is being asked for its TCP connections."));
    m_stack->setCurrentWidget(m_message);
    m_message->setFocusPolicy(Qt::StrongFocus);
    connect(m_showAll, &QAction::triggered, m_filter, &FilterBar::clear);
    connect(m_showEveryNetns, &QAction::triggered, this, &ConnectionsPage::everyNetnsRequested);
    return table;
}

void ConnectionsPage::setUpNotices() {
    m_hint->setObjectName(QStringLiteral("wordsHint"));
    m_hint->setAction(tr("Got It"));
    m_paused->setAction(tr("Resume"));
    m_elsewhere->setObjectName(QStringLiteral("elsewhere"));
    m_elsewhere->setAction(tr("Show All Namespaces"));
    connect(m_elsewhere, &NoticeBar::triggered, this, &ConnectionsPage::everyNetnsRequested);
    connect(m_hint, &NoticeBar::triggered, this, [this] {
        QSettings().setValue(settingHint(), true);
        showHint(false);
    });
    connect(m_paused, &NoticeBar::triggered, this, &ConnectionsPage::resumeRequested);
}

void ConnectionsPage::showHint(bool shown) {
    m_hint->say(shown ? tr("guarded: if the peer vanishes, the kernel will notice.   unguarded: it never will, and the "
                           "connection stays open for ever.")
                      : QString());
}

void ConnectionsPage::showPaused() {
    m_paused->say(m_gate.banner());
}

void ConnectionsPage::showFrame(const FramePtr& newest) {
    if (m_gate.take(newest))
        showInTable(newest);
    else
        showPaused();
    m_actions->showFrame(newest);
}

void ConnectionsPage::showInTable(const FramePtr& frame) {
    const bool ages = m_frame && m_frame->error.has_value() != frame->error.has_value();
    m_frame = frame;
    m_view->showFrame(frame);
    if (ages) // old rows look old, whether a cell says something else or not
        m_view->viewport()->update();
    m_filter->showCounts(frame);
    m_details->show(frame, m_view->selectedKey(), frame->summary);
    m_curves->show(frame, m_view->selectedKey());
    showState(*frame, frame->shown.size());
}

void ConnectionsPage::setPaused(bool paused) {
    if (paused)
        m_gate.pause(MonotonicClock::now());
    else
        m_gate.resume();
    m_view->freeze(m_gate.since()); // all countdowns stop, or run again
    m_details->freeze(m_gate.since());
    showPaused();
    if (!paused && m_gate.newest())
        showFrame(m_gate.newest());
}

void ConnectionsPage::showEnding(const std::function<EndedConnectionPtr(const SocketKey& key)>& find) {
    const SocketKey key = m_details->key();
    const Row* row = key && m_frame ? m_frame->find(key) : nullptr;
    if (key && (!row || row->change == Change::Closed))
        m_details->showEnding(find(key));
}

void ConnectionsPage::rearrange(const Query& query) {
    if (!m_frame)
        return;
    auto arrangement = arrangementFor(*m_frame, query);
    const std::size_t count = arrangement.shown.size();
    auto summary = std::make_shared<const ShownSummary>(summarise(*m_frame, arrangement.shown));
    m_view->rearrange(std::move(arrangement));
    m_details->show(m_frame, m_view->selectedKey(), std::move(summary));
    m_actions->choose();
    showState(*m_frame, count);
}

void ConnectionsPage::showState(const Frame& frame, std::size_t shown) {
    const bool told = frame.inView().host->host != 0; // then the window says on every page since when
    const bool stale = frame.error && !frame.rows.empty() && !told;
    const bool locked = frame.locked && !frame.notes.empty();
    m_stale->say(stale ? staleText(frame) : locked ? translated(frame.notes.front()) : QString());
    showElsewhere(frame);
    if (shown == 0)
        showMessage(frame);
    showInstead(shown == 0 ? static_cast<QWidget*>(m_message) : m_view);
}

/// The keys stay where they were: in the table's place, unless the person is elsewhere.
void ConnectionsPage::showInstead(QWidget* widget) {
    auto* before = m_stack->currentWidget();
    if (before == widget)
        return;
    const bool focused = before->hasFocus() || before->isAncestorOf(focusWidget());
    m_stack->setCurrentWidget(widget);
    if (focused)
        widget->setFocus();
}

void ConnectionsPage::select(const SocketKey& key) {
    m_details->show(m_frame, key);
    m_curves->show(m_frame, key);
    Q_EMIT chosen();
}

void ConnectionsPage::applyTo(Query& query) const {
    m_filter->applyTo(query);
    query.grouping = m_groups->grouping();
    query.hostNames = m_names->isChecked();
    query.sort = m_view->layout().sortKey();
    query.descending = m_view->layout().descending();
    query.selected = m_view->selectedKey();
}

/// Or to the sentences in the table's place.
bool ConnectionsPage::takeFocus() {
    m_stack->currentWidget()->setFocus();
    return true;
}

/// All of them, and the keys go there.
void ConnectionsPage::showDetails() {
    Q_EMIT detailsWanted();
    m_details->unfold();
    m_details->takeFocus();
}

void ConnectionsPage::list(const QString& filter, const QString& name) {
    m_filter->clear();
    if (name.isEmpty())
        m_filter->setFilter(filter);
    else
        m_filter->list(filter, name);
}

void ConnectionsPage::showPrograms() {
    m_view->connections().setPrograms(&m_programs);
    m_view->viewport()->update();
    m_details->setPrograms(&m_programs);
}

void ConnectionsPage::addTableActions(const QList<QAction*>& actions) {
    m_view->addActions(actions);
}

void ConnectionsPage::addPauseAction(QAction* pause) {
    for (QWidget* place :
         {static_cast<QWidget*>(m_view), static_cast<QWidget*>(m_details), static_cast<QWidget*>(m_message)})
        addSpaceVerb(*place, *pause);
}

void ConnectionsPage::copySelection() {
    m_view->copySelection();
}

void ConnectionsPage::selectAll() {
    m_view->selectAll();
}

void ConnectionsPage::focusFilter() {
    m_filter->focusFilter();
}

void ConnectionsPage::growDetails(int steps) {
    m_details->unfold();
    m_splitter->growDetails(steps);
}

void ConnectionsPage::setDetailsSide(DetailsSide side) {
    m_splitter->setSide(side);
}

void ConnectionsPage::restore(const QSettings& settings) {
    m_view->restore(settings);
    m_groups->restore(settings);
    m_filter->setFilter(settings.value(settingFilter()).toString());
    m_filter->setDiagnoses(static_cast<std::uint16_t>(settings.value(settingDiagnoses()).toUInt()));
    m_names->setChecked(settings.value(settingNames(), false).toBool());
    m_splitter->restore(settings, settingSplit());
    m_details->setPage(settings.value(settingDetailsPage()).toInt());
    if (settings.value(settingUnfolds(), false).toBool())
        m_details->unfold();
    showHint(!settings.value(settingHint(), false).toBool());
}

void ConnectionsPage::save(QSettings& settings) const {
    m_view->save(settings);
    m_groups->save(settings);
    settings.setValue(settingFilter(), m_filter->typed());
    settings.setValue(settingDiagnoses(), static_cast<unsigned>(m_filter->diagnoses()));
    settings.setValue(settingNames(), m_names->isChecked());
    m_splitter->save(settings, settingSplit());
    settings.setValue(settingDetailsPage(), m_details->page());
    settings.setValue(settingUnfolds(), m_details->unfolds());
}

} // namespace halfopen
