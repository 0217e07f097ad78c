// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/main_window.h"

#include "ui/connections/connections_page.h"
#include "ui/details/details_pane.h"
#include "ui/history/history_page.h"
#include "ui/history/history_view.h"
#include "ui/look/plain_text.h"
#include "ui/parts/answer_bar.h"
#include "ui/parts/dialogs.h"
#include "ui/parts/message_page.h"
#include "ui/parts/sampling_controls.h"
#include "ui/parts/status_line.h"
#include "ui/table/connection_view.h"
#include "ui/table/filter_bar.h"
#include "ui/tuning/tuning_page.h"
#include "ui/watch/watch_menu.h"

#include <QCloseEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenuBar>
#include <QMessageBox>
#include <QSettings>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

namespace halfopen {

namespace {

QString settingGeometry() {
    return QStringLiteral("window/geometry");
}
QString settingInterval() {
    return QStringLiteral("sampling/interval_ms");
}
QString settingAppearance() {
    return QStringLiteral("window/appearance");
}
QString settingHint() {
    return QStringLiteral("window/words_understood");
}
QString settingDetails() {
    return QStringLiteral("window/details");
}

} // namespace

MainWindow::MainWindow(QuerySink setQuery)
    : m_plainText(new PlainText(this))
    , m_setQuery(std::move(setQuery))
    , m_actions(this)
    , m_systemIsDark(isSystemDark())
    , m_pageBar(new QTabBar)
    , m_pages(new QStackedWidget)
    , m_connections(new ConnectionsPage)
    , m_sampling(new SamplingControls(m_actions.pause))
    , m_status(new StatusLine) {
    setWindowTitle(tr("Halfopen"));
    m_actions.addTo(*menuBar());
    setUpPages();
    connectActions();
    connectPage();
    restore();
    choose();
    m_connections->focusTable();
}

void MainWindow::setUpPages() {
    auto* central = new QWidget;
    auto* layout = new QVBoxLayout(central);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_pageBar);
    layout->addWidget(m_pages, 1);
    layout->addWidget(m_status);
    setCentralWidget(central);
    m_pageBar->setAutoHide(true); // one page needs no bar
    m_pageBar->setDocumentMode(true);
    m_pageBar->setExpanding(false);
    connect(m_pageBar, &QTabBar::currentChanged, m_pages, &QStackedWidget::setCurrentIndex);
    addPage(m_connections, tr("Connections"));
    m_connections->filterBar().setCorner(m_sampling);
}

void MainWindow::addPage(QWidget* page, const QString& title) {
    m_pages->addWidget(page);
    m_pageBar->addTab(title);
}

void MainWindow::setTuning(TuningBackend& actions) {
    m_tuning = new TuningPage(actions);
    addPage(m_tuning, tr("Tuning"));
    connect(m_tuning, &TuningPage::connectionsRequested, this, &MainWindow::listConnections);
}

void MainWindow::setActions(SocketOperations& operations, const Closer& closer, ActionSinks sinks) {
    if (m_tuning) {
        m_tuning->setSockets(operations);
        connect(m_tuning, &TuningPage::readingsArrived, this,
                [readingsArrived = sinks.readingsArrived](const auto& readings) {
                    if (readingsArrived)
                        readingsArrived(readings);
                });
    }
    m_connectionActions = new ConnectionActions(operations, closer, std::move(sinks), *m_connections, this);
    m_connectionMenu = new QMenu(tr("&Connection"), this);
    m_connectionMenu->addActions(m_connectionActions->all());
    menuBar()->insertMenu(menuBar()->actions().constLast(), m_connectionMenu);
}

void MainWindow::setHistory(HistoryPtr history) {
    m_history = new HistoryPage(std::move(history));
    m_history->restore(QSettings());
    m_history->view().addActions({m_actions.copy, m_actions.selectAll});
    addPage(m_history, tr("History"));
    connect(m_status, &StatusLine::deadRequested, this, &MainWindow::listDead);
    m_history->update();
    if (m_connectionActions)
        connect(m_connectionActions, &ConnectionActions::endingRequested, this, &MainWindow::showHowItEnded);
}

void MainWindow::setNotifier(std::function<void(const WatchNotice&)> notify) {
    m_watch = new WatchMenu(
        std::move(notify), [this] { return m_connections->filterBar().filter(); }, this);
    m_connectionMenu->addSeparator();
    m_connectionMenu->addActions(m_watch->all());
    connect(m_connectionMenu, &QMenu::aboutToShow, this,
            [this] { m_watch->choose(m_connections->view().selectedCookie()); });
}

bool MainWindow::isHistoryShown() const {
    return m_history && m_pages->currentWidget() == m_history;
}

void MainWindow::showHowItEnded(std::uint64_t cookie) {
    if (!m_history->select(cookie)) {
        m_connections->answer().say(tr("How it ended is not known yet."));
        return;
    }
    setPage(m_pages->indexOf(m_history));
    m_history->view().setFocus();
}

void MainWindow::listDead() {
    m_history->listDead();
    setPage(m_pages->indexOf(m_history));
    m_history->view().setFocus();
}

/// The row's details tell how it ended, once that is known.
void MainWindow::showEndings(const FramePtr& newest) {
    const auto ended = m_history->update();
    m_history->showDead(newest->held, newest->taken);
    if (m_watch)
        m_watch->look(*newest, ended);
    auto& details = m_connections->details();
    const auto cookie = details.cookie();
    const Row* row = cookie != 0 && m_shown ? m_shown->find(cookie) : nullptr;
    if (cookie != 0 && (!row || row->change == Change::Closed))
        details.showEnding(m_history->find(cookie));
}

void MainWindow::setPage(int index) {
    m_pageBar->setCurrentIndex(index);
}

void MainWindow::listConnections(const QString& filter) {
    m_connections->filterBar().clear();
    m_connections->filterBar().setFilter(filter);
    setPage(0);
    m_connections->focusTable();
}

void MainWindow::connectActions() {
    m_actions.openRecording->setEnabled(false);
    m_actions.openMachine->setEnabled(false);
    connect(m_actions.openMachine, &QAction::triggered, this, [this] { m_openMachine(); });
    connect(m_actions.openRecording, &QAction::triggered, this, &MainWindow::chooseRecording);
    connect(m_actions.quit, &QAction::triggered, this, &MainWindow::close);
    connect(m_actions.pause, &QAction::toggled, this, &MainWindow::setPaused);
    connect(m_actions.legend, &QAction::triggered, this, [this] { showLegend(this); });
    connect(m_actions.about, &QAction::triggered, this, [this] { showAbout(this); });
    for (const auto appearance : {Appearance::System, Appearance::Light, Appearance::Dark})
        connect(m_actions.of(appearance), &QAction::triggered, this,
                [this, appearance] { apply(appearance, m_systemIsDark); });
}

void MainWindow::connectPage() {
    auto& view = m_connections->view();
    view.addActions({m_actions.copy, m_actions.selectAll, m_actions.pause});
    m_connections->details().addAction(m_actions.pause);
    m_connections->message().addAction(m_actions.pause);
    connect(m_actions.copy, &QAction::triggered, this,
            [this, &view] { isHistoryShown() ? m_history->view().copySelection() : view.copySelection(); });
    connect(m_actions.selectAll, &QAction::triggered, this,
            [this, &view] { isHistoryShown() ? m_history->view().selectAll() : view.selectAll(); });
    connect(m_actions.find, &QAction::triggered, this,
            [this] { isHistoryShown() ? m_history->focusFilter() : m_connections->filterBar().focusFilter(); });
    connect(m_actions.details, &QAction::toggled, &m_connections->details(), &QWidget::setVisible);
    connect(m_connections, &ConnectionsPage::chosen, this, &MainWindow::choose);
    connect(m_connections, &ConnectionsPage::resumeRequested, this, [this] { m_actions.pause->setChecked(false); });
    connect(m_connections, &ConnectionsPage::hintDismissed, this, [this] {
        QSettings().setValue(settingHint(), true);
        m_connections->showHint(false);
    });
    connect(m_sampling, &SamplingControls::intervalChanged, this, &MainWindow::choose);
}

void MainWindow::restore() {
    const QSettings settings;
    if (!restoreGeometry(settings.value(settingGeometry()).toByteArray()))
        resize(1320, 820);
    m_connections->restore(settings);
    m_sampling->setInterval(std::chrono::milliseconds(settings.value(settingInterval(), 1000).toInt()));
    m_actions.details->setChecked(settings.value(settingDetails(), true).toBool());
    m_connections->showHint(!settings.value(settingHint(), false).toBool());
    setAppearance(parseAppearance(settings.value(settingAppearance()).toString()).value_or(Appearance::System));
}

void MainWindow::save() {
    QSettings settings;
    settings.setValue(settingGeometry(), saveGeometry());
    settings.setValue(settingInterval(), static_cast<int>(m_sampling->interval().count()));
    settings.setValue(settingDetails(), m_actions.details->isChecked());
    for (const auto appearance : {Appearance::System, Appearance::Light, Appearance::Dark}) {
        if (m_actions.of(appearance)->isChecked())
            settings.setValue(settingAppearance(), appearanceKey(appearance));
    }
    m_connections->save(settings);
    if (m_history)
        m_history->save(settings);
}

void MainWindow::setAppearance(Appearance appearance) {
    m_actions.of(appearance)->setChecked(true);
    apply(appearance, m_systemIsDark);
}

/// Tells the sampler what has been chosen, if it is something new. A picture that stands still is searched here.
void MainWindow::choose() {
    auto query = m_query;
    m_connections->applyTo(query);
    query.interval = m_sampling->interval();
    query.hidden = !isVisible() || isMinimized();
    const bool first = m_gate.newest() == nullptr && m_shown == nullptr;
    if (query == m_query && !first)
        return;
    auto sameView = query;
    sameView.selected = m_query.selected;
    const bool rearrange = m_gate.isPaused() && m_shown && sameView != m_query;
    m_query = query;
    m_setQuery(m_query);
    if (rearrange)
        m_connections->rearrange(m_query);
}

void MainWindow::showFrame(const FramePtr& frame) {
    m_status->showFrame(frame);
    if (m_tuning) // also while the table is paused: a change goes on
        m_tuning->showFrame(frame);
    showInTable(frame);
    if (m_history)
        showEndings(frame);
    if (m_connectionActions)
        m_connectionActions->showFrame(frame);
}

void MainWindow::showInTable(FramePtr frame) {
    if (!m_gate.take(frame)) {
        m_connections->sayPaused(m_gate.banner());
        return;
    }
    m_shown = std::move(frame);
    m_connections->showFrame(m_shown);
}

void MainWindow::setPaused(bool paused) {
    if (paused)
        m_gate.pause(MonotonicClock::now());
    else
        m_gate.resume();
    m_connections->freeze(m_gate.since());
    m_connections->sayPaused(m_gate.banner());
    if (!paused && m_gate.newest())
        showFrame(m_gate.newest());
}

void MainWindow::setSources(RecordingOpener openRecording, std::function<void()> openMachine) {
    m_openRecording = std::move(openRecording);
    m_openMachine = std::move(openMachine);
    m_actions.openRecording->setEnabled(static_cast<bool>(m_openRecording));
}

void MainWindow::setSourceName(const QString& file) {
    m_actions.pause->setChecked(false);
    m_actions.openMachine->setEnabled(!file.isEmpty() && m_openMachine);
    setWindowFilePath(file);
    setWindowTitle(file.isEmpty() ? tr("Halfopen") : tr("%1 - Halfopen").arg(QFileInfo(file).fileName()));
}

void MainWindow::chooseRecording() {
    auto* dialog = new QFileDialog(this, tr("Open Recording"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) { m_openRecording(file); });
    dialog->open();
}

void MainWindow::sayFailure(const QString& sentence) {
    auto* box = new QMessageBox(QMessageBox::Warning, windowTitle(), sentence, QMessageBox::Ok, this);
    box->setTextFormat(Qt::PlainText);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

void MainWindow::select(std::uint64_t cookie) {
    m_connections->view().select(cookie);
}

void MainWindow::closeEvent(QCloseEvent* event) {
    save();
    if (m_tuning && m_tuning->isOnTrial()) {
        event->ignore();
        m_tuning->settle([this] { close(); });
        return;
    }
    QMainWindow::closeEvent(event);
}

void MainWindow::changeEvent(QEvent* event) {
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::WindowStateChange)
        choose();
}

void MainWindow::showEvent(QShowEvent* event) {
    QMainWindow::showEvent(event);
    choose();
}

void MainWindow::hideEvent(QHideEvent* event) {
    QMainWindow::hideEvent(event);
    choose();
}

} // namespace halfopen
