// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/main_window.h"

#include "ui/connections/connections_page.h"
#include "ui/details/details_pane.h"
#include "ui/history/history_page.h"
#include "ui/history/history_view.h"
#include "ui/look/plain_text.h"
#include "ui/parts/answer_bar.h"
#include "ui/parts/dialogs.h"
#include "ui/parts/notice_bar.h"
#include "ui/parts/sampling_controls.h"
#include "ui/parts/status_line.h"
#include "ui/table/connection_view.h"
#include "ui/table/filter_bar.h"
#include "ui/tuning/tuning_page.h"
#include "ui/watch/watch_menu.h"

#include <QCloseEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QLocale>
#include <QMenu>
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
QString settingDetails() {
    return QStringLiteral("window/details");
}

} // namespace

MainWindow::MainWindow(WindowServices services)
    : m_plainText(new PlainText(this))
    , m_services(std::move(services))
    , m_actions(this)
    , m_systemIsDark(isSystemDark())
    , m_pageBar(new QTabBar)
    , m_opening(new NoticeBar)
    , m_stack(new QStackedWidget)
    , m_pages(m_services)
    , m_watch(new WatchMenu(
          m_services.notify, [this] { return m_pages.connections.filterBar().filter(); }, this))
    , m_sampling(new SamplingControls(m_actions.pause))
    , m_status(new StatusLine) {
    setWindowTitle(tr("Halfopen"));
    m_actions.addTo(*menuBar());
    setUpPages();
    connectActions();
    connectAppearance();
    connectPages();
    connectWatch();
    restore();
    choose();
    m_pages.history.update();
    m_pages.connections.focusTable();
}

void MainWindow::setUpPages() {
    auto* central = new QWidget;
    auto* layout = new QVBoxLayout(central);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_pageBar);
    layout->addWidget(m_opening);
    layout->addWidget(m_stack, 1);
    layout->addWidget(m_status);
    setCentralWidget(central);
    m_opening->setAction(tr("Cancel"));
    connect(m_opening, &NoticeBar::triggered, this, &MainWindow::openingCancelled);
    m_pageBar->setDocumentMode(true);
    m_pageBar->setExpanding(false);
    connect(m_pageBar, &QTabBar::currentChanged, m_stack, &QStackedWidget::setCurrentIndex);
    auto* help = menuBar()->actions().constLast();
    for (Page* page : m_pages.inBar) {
        m_stack->addWidget(page);
        m_pageBar->addTab(page->title());
        page->addTableActions({m_actions.copy, m_actions.selectAll});
        if (auto* menu = page->menu())
            menuBar()->insertMenu(help, menu);
    }
    m_pages.connections.addPauseAction(m_actions.pause);
    m_pages.connections.filterBar().setCorner(m_sampling);
}

Page& MainWindow::currentPage() const {
    return *m_pages.inBar[static_cast<std::size_t>(m_stack->currentIndex())];
}

void MainWindow::showPage(Page& page) {
    setPage(m_stack->indexOf(&page));
}

void MainWindow::setPage(int index) {
    m_pageBar->setCurrentIndex(index);
}

void MainWindow::connectActions() {
    m_actions.openRecording->setEnabled(static_cast<bool>(m_services.openRecording));
    m_actions.openMachine->setEnabled(false);
    connect(m_actions.openMachine, &QAction::triggered, this, [this] { m_services.openMachine(); });
    connect(m_actions.openRecording, &QAction::triggered, this, &MainWindow::chooseRecording);
    connect(m_actions.quit, &QAction::triggered, this, &MainWindow::close);
    connect(m_actions.copy, &QAction::triggered, this, [this] { currentPage().copySelection(); });
    connect(m_actions.selectAll, &QAction::triggered, this, [this] { currentPage().selectAll(); });
    connect(m_actions.find, &QAction::triggered, this, [this] { currentPage().focusFilter(); });
    connect(m_actions.pause, &QAction::toggled, &m_pages.connections, &ConnectionsPage::setPaused);
    connect(m_actions.details, &QAction::toggled, &m_pages.connections.details(), &QWidget::setVisible);
    connect(m_actions.legend, &QAction::triggered, this, [this] { showLegend(this); });
    connect(m_actions.about, &QAction::triggered, this, [this] { showAbout(this); });
}

void MainWindow::connectAppearance() {
    for (const auto appearance : {Appearance::System, Appearance::Light, Appearance::Dark})
        connect(m_actions.of(appearance), &QAction::triggered, this,
                [this, appearance] { apply(appearance, m_systemIsDark); });
}

/// What pages have to do with each other.
void MainWindow::connectPages() {
    auto& connections = m_pages.connections;
    connect(&connections, &ConnectionsPage::chosen, this, &MainWindow::choose);
    connect(&connections, &ConnectionsPage::resumeRequested, this, [this] { m_actions.pause->setChecked(false); });
    connect(&connections.connectionActions(), &ConnectionActions::endingRequested, this, &MainWindow::showHowItEnded);
    connect(m_sampling, &SamplingControls::intervalChanged, this, &MainWindow::choose);
    connect(&m_pages.tuning, &TuningPage::connectionsRequested, this, &MainWindow::listConnections);
    connect(&m_pages.tuning, &TuningPage::readingsArrived, this,
            [this](const ReadingsOrder& readings) { m_services.send(readings); });
    connect(m_status, &StatusLine::deadRequested, this, &MainWindow::listDead);
    connect(&m_pages.history, &HistoryPage::updated, this, [this](const auto& newest, const auto& ended) {
        m_watch->look(*newest, ended);
        m_pages.connections.showEnding([this](const SocketKey& key) { return m_pages.history.find(key); });
    });
}

void MainWindow::connectWatch() {
    auto* menu = m_pages.connections.menu();
    menu->addSeparator();
    menu->addActions(m_watch->all());
    connect(menu, &QMenu::aboutToShow, this, [this] { m_watch->choose(m_pages.connections.view().selectedKey()); });
}

void MainWindow::showHowItEnded(const SocketKey& key) {
    if (!m_pages.history.select(key)) {
        m_pages.connections.answer().say(tr("How it ended is not known yet."));
        return;
    }
    showPage(m_pages.history);
    m_pages.history.view().setFocus();
}

void MainWindow::listDead() {
    m_pages.history.listDead();
    showPage(m_pages.history);
    m_pages.history.view().setFocus();
}

void MainWindow::listConnections(const QString& filter) {
    m_pages.connections.list(filter);
    showPage(m_pages.connections);
    m_pages.connections.focusTable();
}

void MainWindow::restore() {
    const QSettings settings;
    if (!restoreGeometry(settings.value(settingGeometry()).toByteArray()))
        resize(1320, 820);
    for (Page* page : m_pages.inBar)
        page->restore(settings);
    m_sampling->setInterval(std::chrono::milliseconds(settings.value(settingInterval(), 1000).toInt()));
    m_actions.details->setChecked(settings.value(settingDetails(), true).toBool());
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
    for (const Page* page : m_pages.inBar)
        page->save(settings);
}

void MainWindow::setAppearance(Appearance appearance) {
    m_actions.of(appearance)->setChecked(true);
    apply(appearance, m_systemIsDark);
}

/// Passes on what has been chosen, if it is something new. A picture that stands still is searched here.
void MainWindow::choose() {
    auto& connections = m_pages.connections;
    auto query = m_query;
    connections.applyTo(query);
    query.interval = m_sampling->interval();
    query.hidden = !isVisible() || isMinimized();
    if (query == m_query && connections.hasFrame())
        return;
    auto sameView = query;
    sameView.selected = m_query.selected;
    const bool rearrange = connections.isPaused() && sameView != m_query;
    m_query = query;
    m_services.send(m_query);
    if (rearrange)
        connections.rearrange(m_query);
}

void MainWindow::showFrame(const FramePtr& frame) {
    m_status->showFrame(frame);
    for (Page* page : m_pages.inBar)
        page->showFrame(frame);
}

const FramePtr& MainWindow::shownFrame() const {
    return m_pages.connections.shownFrame();
}

void MainWindow::setSourceName(const QString& file) {
    m_actions.pause->setChecked(false);
    m_actions.openMachine->setEnabled(!file.isEmpty() && m_services.openMachine);
    setWindowFilePath(file);
    setWindowTitle(file.isEmpty() ? tr("Halfopen") : tr("%1 - Halfopen").arg(QFileInfo(file).fileName()));
}

void MainWindow::chooseRecording() {
    auto* dialog = new QFileDialog(this, tr("Open Recording"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) { m_services.openRecording(file); });
    dialog->open();
}

void MainWindow::showOpening(const QString& file, quint64 read, quint64 of) {
    const auto name = QFileInfo(file).fileName();
    const auto size = [](quint64 bytes) { return QLocale().formattedDataSize(static_cast<qint64>(bytes)); };
    m_opening->say(of == 0 ? tr("Opening %1: %2 read so far.").arg(name, size(read))
                           : tr("Opening %1: %2 of %3 read.").arg(name, size(read), size(of)));
}

void MainWindow::hideOpening() {
    m_opening->say({});
}

void MainWindow::sayFailure(const QString& sentence) {
    auto* box = new QMessageBox(QMessageBox::Warning, windowTitle(), sentence, QMessageBox::Ok, this);
    box->setTextFormat(Qt::PlainText);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

void MainWindow::select(const SocketKey& key) {
    m_pages.connections.view().select(key);
}

void MainWindow::closeEvent(QCloseEvent* event) {
    save();
    for (Page* page : m_pages.inBar)
        if (!page->mayClose([this] { close(); })) {
            event->ignore();
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
