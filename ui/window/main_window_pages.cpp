// SPDX-License-Identifier: GPL-3.0-or-later
// What pages have to do with each other.
#include "ui/connections/connections_page.h"
#include "ui/details/details_pane.h"
#include "ui/history/history_page.h"
#include "ui/overview/overview_page.h"
#include "ui/parts/answer_bar.h"
#include "ui/parts/netns_selector.h"
#include "ui/parts/sampling_controls.h"
#include "ui/parts/status_line.h"
#include "ui/table/connection_view.h"
#include "ui/tuning/guard_panel.h"
#include "ui/tuning/tuning_page.h"
#include "ui/watch/watch_menu.h"
#include "ui/window/changes_flow.h"
#include "ui/window/guard_flow.h"
#include "ui/window/main_window.h"
#include "ui/window/open_netns.h"
#include "ui/window/page_stack.h"

#include <QMenu>

namespace halfopen {

void MainWindow::connectPages() {
    auto& connections = m_pages.connections;
    connect(&connections, &ConnectionsPage::resumeRequested, this, [this] { m_actions.pause->setChecked(false); });
    connect(&connections.connectionActions(), &ConnectionActions::endingRequested, this, &MainWindow::showHowItEnded);
    connect(m_changes, &ChangesFlow::connectionsRequested, this, &MainWindow::listNamed);
    connect(m_changes, &ChangesFlow::tuningRequested, this, [this] { m_stack->show(m_pages.tuning); });
    connect(m_sampling, &SamplingControls::intervalChanged, this, &MainWindow::choose);
    connect(m_netns, &NetnsSelector::chosenChanged, this, &MainWindow::chooseNetns);
    connect(m_openNetns, &OpenNetns::failed, this, &MainWindow::sayFailure);
    connect(&connections, &ConnectionsPage::detailsWanted, this, [this] { m_actions.details->setChecked(true); });
    connect(&connections, &ConnectionsPage::everyNetnsRequested, this, [this] { m_netns->choose(kEveryNetns); });
    connect(&m_pages.tuning, &TuningPage::connectionsRequested, this, &MainWindow::listNamed);
    connect(&m_pages.tuning, &TuningPage::netnsRequested, m_netns, &NetnsSelector::choose);
    connect(&m_pages.tuning, &TuningPage::readingsArrived, this,
            [this](const ReadingsOrder& readings) { m_services.send(readings); });
    connect(m_status, &StatusLine::deadRequested, this, &MainWindow::listDead);
    connect(m_status, &StatusLine::readRequested, this, &MainWindow::readExactly);
    connect(m_status, &StatusLine::trialRequested, this, [this] { m_stack->show(m_pages.tuning); });
    connect(&m_pages.tuning, &TuningPage::trialChanged, m_status, &StatusLine::sayTrial);
    connect(&connections, &ConnectionsPage::asked, this, [this](Verb verb) {
        if (verb == Verb::Tuning)
            m_stack->show(m_pages.tuning);
        else if (verb == Verb::ShowDead)
            listDead();
    });
    connect(&m_pages.history, &HistoryPage::resumeRequested, this, [this] { m_actions.pause->setChecked(false); });
    connect(&m_pages.history, &HistoryPage::connectionsRequested, this, &MainWindow::listConnections);
    connect(&m_pages.history, &HistoryPage::updated, this, [this](const auto& newest, const auto& ended) {
        m_watch->look(*newest, ended);
        m_pages.connections.showEnding([this](const SocketKey& key) { return m_pages.history.find(key); });
    });
}

void MainWindow::connectOverview() {
    auto& overview = m_pages.overview;
    connect(&overview, &OverviewPage::connectionsRequested, this, &MainWindow::listConnections);
    connect(&overview, &OverviewPage::endingsRequested, this, [this](const QString& filter) {
        m_pages.history.list(filter);
        m_stack->show(m_pages.history);
    });
    connect(&overview, &OverviewPage::asked, this, [this](Verb verb) {
        if (verb == Verb::ShowDead)
            listDead();
        else if (verb == Verb::ReadExactly)
            readExactly();
        else if (verb == Verb::Guard)
            m_guards->askAboutUnguarded(m_pages.connections.newestFrame());
    });
}

void MainWindow::connectWatch() {
    connect(m_watch, &WatchMenu::noticed, this, [this](const QString& sentence) { m_answer->say(sentence); });
    connect(m_watch, &WatchMenu::connectionsRequested, this, &MainWindow::listNamed);
    m_pages.connections.view().connections().setWatches(
        [this](const Frame& frame, const Row& row) { return m_watch->watch().watches(frame, row); });
    connect(m_watch, &WatchMenu::watchedChanged, m_pages.connections.view().viewport(), qOverload<>(&QWidget::update));
    auto* menu = m_pages.connections.menu();
    menu->addSeparator();
    menu->addActions(m_watch->all());
    auto& page = m_pages.connections;
    page.connectionActions().addToMenu({m_watch->all().front()});
    connect(&page.view(), &QWidget::customContextMenuRequested, this,
            [this, &page] { m_watch->choose(page.view().selectedKey()); });
    connect(menu, &QMenu::aboutToShow, this,
            [this, &page] { m_watch->choose(&m_stack->current() == &page ? page.view().selectedKey() : SocketKey{}); });
}

void MainWindow::connectGuards() {
    if (!m_guards->canGuard())
        return;
    auto& connections = m_pages.connections;
    auto& panel = m_pages.tuning.guards();
    m_pages.overview.offerGuard();
    connections.connectionActions().offerGuard();
    connections.details().offerGuard(
        [this](const Frame& frame, const Row& row) { return m_guards->ruleOf(frame, row); });
    connect(&connections.connectionActions(), &ConnectionActions::guardRequested, m_guards, &GuardFlow::ask);
    connect(m_guards, &GuardFlow::said, this, [this](const QString& sentence) { m_answer->say(sentence); });
    connect(m_guards, &GuardFlow::guarded, &panel, &GuardPanel::look);
    connect(m_guards, &GuardFlow::changed, &connections.details(), &DetailsPane::refreshFacts);
    connect(&panel, &GuardPanel::listed, m_guards, &GuardFlow::take);
    // Not from within the details that are being shown.
    connect(m_guards, &GuardFlow::rulesWanted, &panel, &GuardPanel::look, Qt::QueuedConnection);
}

void MainWindow::showHowItEnded(const SocketKey& key) {
    if (!m_pages.history.select(key)) {
        m_pages.connections.answer().say(tr("How it ended is not known yet."));
        return;
    }
    m_stack->show(m_pages.history);
}

/// Where its answer is said.
void MainWindow::readExactly() {
    m_stack->show(m_pages.connections);
    m_pages.connections.connectionActions().read().trigger();
}

void MainWindow::listDead() {
    m_pages.history.listDead();
    m_stack->show(m_pages.history);
}

void MainWindow::listConnections(const QString& filter) {
    listNamed(filter, {});
}

void MainWindow::listNamed(const QString& filter, const QString& name) {
    m_pages.connections.list(filter, name);
    m_stack->show(m_pages.connections);
}

} // namespace halfopen
