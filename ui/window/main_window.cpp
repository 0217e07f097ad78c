// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/main_window.h"

#include "ui/connections/connections_page.h"
#include "ui/details/details_pane.h"
#include "ui/history/history_page.h"
#include "ui/look/duration_text.h"
#include "ui/look/plain_text.h"
#include "ui/look/text_size.h"
#include "ui/overview/overview_page.h"
#include "ui/parts/answer_bar.h"
#include "ui/parts/host_selector.h"
#include "ui/parts/netns_selector.h"
#include "ui/parts/sampling_controls.h"
#include "ui/parts/status_line.h"
#include "ui/table/connection_view.h"
#include "ui/table/filter_bar.h"
#include "ui/table/group_box.h"
#include "ui/tuning/tuning_page.h"
#include "ui/watch/watch_menu.h"
#include "ui/window/changes_flow.h"
#include "ui/window/compare_flow.h"
#include "ui/window/export_flow.h"
#include "ui/window/guard_flow.h"
#include "ui/window/open_netns.h"
#include "ui/window/page_stack.h"
#include "ui/window/recent_recordings.h"
#include "ui/window/source_banner.h"
#include "ui/window/window_geometry.h"

#include <QCloseEvent>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QSettings>
#include <QStackedWidget>
#include <QStyle>
#include <QVBoxLayout>

#include <algorithm>

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
QString settingTextSize() {
    return QStringLiteral("window/text_size");
}
QString settingPage() {
    return QStringLiteral("window/page");
}
QString settingDetails() {
    return QStringLiteral("window/details");
}
QString settingSide() {
    return QStringLiteral("window/details_side");
}

} // namespace

MainWindow::MainWindow(WindowServices services)
    : m_plainText(new PlainText(this))
    , m_services(std::move(services))
    , m_actions(this)
    , m_banner(new SourceBanner(m_services.laboratory, static_cast<bool>(m_services.openMachine)))
    , m_host(new HostSelector)
    , m_netns(new NetnsSelector)
    , m_openNetns(new OpenNetns(m_services))
    , m_pages(m_services)
    , m_stack(new PageStack(m_pages.inBar, m_banner->badge(), this))
    , m_recent(new RecentRecordings(m_services.openRecording, this))
    , m_export(new ExportFlow(
          m_services, [this]() -> Page& { return m_stack->current(); }, this))
    , m_compare(new CompareFlow(m_services, this))
    , m_changes(new ChangesFlow(m_pages.connections.connectionActions(), m_pages.tuning, this))
    , m_guards(new GuardFlow(m_services.guards, this))
    , m_answer(new AnswerBar)
    , m_watch(new WatchMenu(
          m_services.notify, [this] { return m_pages.connections.filterBar().filter(); }, this))
    , m_sampling(new SamplingControls(m_actions.pause))
    , m_status(new StatusLine) {
    m_actions.addTo(*menuBar());
    auto* file = menuBar()->actions()[0]->menu();
    file->insertMenu(file->actions()[1], m_recent->menu()); // below what opens one
    m_export->addTo(*menuBar());
    m_compare->addTo(*menuBar());
    addUndo();
    m_changes->addTo(*menuBar());
    setUpPages();
    connectActions();
    connectHosts();
    connectAppearance();
    connectPages();
    connectOverview();
    connectWatch();
    connectGuards();
    setSource({});
    showAbilities();
    restore();
    followMotion();
    choose();
    m_pages.history.update();
}

void MainWindow::setUpPages() {
    auto* central = new QWidget;
    auto* layout = new QVBoxLayout(central);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_stack->bar());
    m_stack->bar()->layout()->addWidget(m_host);
    m_stack->bar()->layout()->addWidget(m_netns);
    m_stack->bar()->layout()->addWidget(m_openNetns);
    layout->addWidget(m_banner);
    m_answer->setObjectName(QStringLiteral("exportAnswer"));
    layout->addWidget(m_stack->stack(), 1);
    layout->addWidget(m_answer); // below the rows, which stay where they are
    layout->addWidget(m_status);
    setCentralWidget(central);
    connect(m_banner, &SourceBanner::openingCancelled, this, &MainWindow::openingCancelled);
    connect(m_banner, &SourceBanner::machineRequested, this, [this] { m_services.openMachine(); });
    connect(m_stack, &PageStack::changed, this, &MainWindow::showAbilities);
    connect(m_stack, &PageStack::changed, this, &MainWindow::choose); // a page asks while it is seen
    auto* help = menuBar()->actions().constLast();
    for (Page* page : m_pages.inBar) {
        connect(page, &Page::chosen, this, &MainWindow::choose);
        page->addTableActions({m_actions.copy, m_export->copyAs()->menuAction(), m_actions.selectAll});
        page->addPauseAction(m_actions.pause);
        connect(m_actions.pause, &QAction::toggled, page, &Page::setPaused);
        if (auto* menu = page->menu())
            menuBar()->insertMenu(help, menu);
    }
    addPagesToView();
    m_pages.connections.filterBar().setCorner(m_sampling);
}

/// Everything that the mouse does to pages and columns, the keys do, too.
void MainWindow::addUndo() {
    auto* edit = menuBar()->actions()[1]->menu();
    auto* first = edit->actions().constFirst();
    edit->insertAction(first, m_pages.connections.connectionActions().undo());
    edit->insertSeparator(first);
}

void MainWindow::addPagesToView() {
    auto* view = m_actions.view;
    view->addSeparator();
    m_stack->addTo(*view);
    view->addSeparator();
    m_columnMenus = m_pages.connections.view().columnMenus(view);
    m_columnMenus.append(m_pages.connections.groupBox().menu());
    for (auto* menu : m_columnMenus)
        view->addMenu(menu);
    view->addAction(m_pages.connections.namesAction());
}

/// No verb of the menus acts on what is hidden. The pages themselves see to their own.
void MainWindow::showAbilities() {
    const Page::Abilities page = m_stack->current().abilities();
    const auto& frame = shownFrame();
    const bool live = !frame || frame->live;
    m_actions.copy->setEnabled(page.table);
    m_export->showAbilities(frame);
    m_actions.selectAll->setEnabled(page.table);
    m_actions.find->setEnabled(page.filter);
    m_actions.pause->setEnabled(page.pause && live); // a recording stands still as it is
    m_actions.sampleNow->setEnabled(live && !m_actions.pause->isChecked());
    m_actions.details->setEnabled(page.details);
    m_actions.growDetails->setEnabled(page.table);
    m_actions.shrinkDetails->setEnabled(page.table);
    m_sampling->setIntervalEnabled(live);
    for (auto* menu : m_columnMenus)
        menu->menuAction()->setEnabled(&m_stack->current() == &m_pages.connections);
    for (const Page* one : m_pages.inBar) {
        if (auto* menu = const_cast<Page*>(one)->menu())
            menu->menuAction()->setEnabled(one == &m_stack->current());
    }
}

Appearance MainWindow::savedAppearance() {
    return parseAppearance(QSettings().value(settingAppearance()).toString()).value_or(Appearance::System);
}

void MainWindow::restore() {
    const QSettings settings;
    placeWindow(*this, settings.value(settingGeometry()).toByteArray());
    for (Page* page : m_pages.inBar)
        page->restore(settings);
    const int size = settings.value(settingTextSize(), kUsualTextSize).toInt();
    setTextSize(std::ranges::find(kTextSizes, size) == kTextSizes.end() ? kUsualTextSize : size);
    m_sampling->setInterval(std::chrono::milliseconds(settings.value(settingInterval(), 1000).toInt()));
    m_actions.details->setChecked(settings.value(settingDetails(), true).toBool());
    const auto side = parseDetailsSide(settings.value(settingSide()).toString());
    m_actions.of(side.value_or(DetailsSide::Auto))->setChecked(true);
    const auto page = std::ranges::find(kPageNames, settings.value(settingPage()).toString().toStdString());
    m_stack->show(*m_pages.inBar[page == kPageNames.end() ? 0 : static_cast<std::size_t>(page - kPageNames.begin())]);
    setAppearance(savedAppearance());
}

void MainWindow::save() {
    QSettings settings;
    settings.setValue(settingGeometry(), saveGeometry());
    settings.setValue(settingInterval(), static_cast<int>(m_sampling->interval().count()));
    settings.setValue(settingTextSize(), m_textSize);
    settings.setValue(settingDetails(), m_actions.details->isChecked());
    const auto shown = std::ranges::find(m_pages.inBar, &m_stack->current()) - m_pages.inBar.begin();
    settings.setValue(settingPage(), QLatin1String(kPageNames[static_cast<std::size_t>(shown)]));
    settings.setValue(settingAppearance(), appearanceKey(appearance()));
    for (const auto side : kDetailsSides) {
        if (m_actions.of(side)->isChecked())
            settings.setValue(settingSide(), detailsSideKey(side));
    }
    for (const Page* page : m_pages.inBar)
        page->save(settings);
}

/// Passes on what has been chosen, if it is something new. A picture that stands still, or whose next one another
/// machine sends when it does, is searched here.
void MainWindow::choose() {
    auto& connections = m_pages.connections;
    auto query = m_query;
    for (const Page* page : m_pages.inBar)
        page->applyTo(query);
    query.netns = m_netns->chosen();
    query.interval = m_sampling->interval();
    query.hidden = !isVisible() || isMinimized();
    if (query == m_query && connections.hasFrame())
        return;
    auto sameView = query;
    sameView.selected = m_query.selected;
    const auto& frame = shownFrame();
    const bool waits = connections.isPaused() || (frame && frame->live && !frame->isHere());
    const bool rearrange = waits && sameView != m_query;
    m_query = query;
    m_services.send(m_query);
    if (rearrange)
        connections.rearrange(m_query);
}

/// Where rows of several stand side by side, each says where it lives.
void MainWindow::chooseNetns() {
    m_pages.connections.showNetnsColumns(m_netns->chosen() == kEveryNetns);
    choose();
}

void MainWindow::showFrame(const FramePtr& frame) {
    m_banner->showFrame(*frame);
    m_netns->showFrame(*frame);
    m_openNetns->showFrame(*frame);
    m_status->showFrame(frame);
    for (Page* page : m_pages.inBar)
        page->showFrame(frame);
    m_export->showAbilities(frame);
    m_compare->show(shownFrame());
    m_changes->show(frame);
    if (m_live != frame->live) {
        m_live = frame->live;
        showAbilities();
    }
}

const FramePtr& MainWindow::shownFrame() const {
    return m_pages.connections.shownFrame();
}

void MainWindow::setSource(const ShownSource& source) {
    const bool elsewhere = !source.recording.isEmpty() || !source.host.isEmpty();
    m_actions.pause->setChecked(false);
    m_actions.openMachine->setEnabled(elsewhere && m_services.openMachine);
    setWindowFilePath(source.recording);
    m_compare->setSourceName(source.host.isEmpty() ? source.recording : source.host);
    m_host->showHost(source.host);
    m_banner->showSource(source);
    m_pages.history.setHistory(source.history ? source.history : m_services.history, !source.history);
    setWindowTitle(m_banner->title());
}

void MainWindow::showOpening(const QString& file, quint64 read, quint64 of) {
    m_banner->showOpening(file, read, of);
}

void MainWindow::hideOpening() {
    m_banner->hideOpening();
}

void MainWindow::showPage(Page& page) {
    m_stack->show(page);
}

void MainWindow::setPage(int index) {
    m_stack->setIndex(index);
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

bool MainWindow::event(QEvent* event) {
    // The desktop looks different now; Qt follows it only where the palette is the desktop's.
    if (event->type() == QEvent::ThemeChange && m_actions.of(Appearance::System)->isChecked())
        apply(Appearance::System);
    return QMainWindow::event(event);
}

void MainWindow::changeEvent(QEvent* event) {
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::WindowStateChange) {
        m_actions.fullScreen->setChecked(isFullScreen());
        choose();
    }
    if (event->type() == QEvent::StyleChange)
        followMotion();
}

/// Where nothing is to move, nothing runs faster than once a second.
void MainWindow::followMotion() {
    setTenths(style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this) > 0);
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
