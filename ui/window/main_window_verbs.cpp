// SPDX-License-Identifier: GPL-3.0-or-later
// What the menus do.
#include "ui/connections/connections_page.h"
#include "ui/details/details_pane.h"
#include "ui/history/history_menu.h"
#include "ui/history/history_page.h"
#include "ui/look/text_size.h"
#include "ui/parts/answer_bar.h"
#include "ui/parts/dialogs.h"
#include "ui/parts/host_selector.h"
#include "ui/parts/legend.h"
#include "ui/window/compare_flow.h"
#include "ui/window/export_flow.h"
#include "ui/window/main_window.h"
#include "ui/window/page_stack.h"
#include "ui/window/preferences.h"
#include "ui/window/recent_recordings.h"
#include "ui/window/source_banner.h"

#include <QFileDialog>
#include <QMenu>
#include <QMenuBar>
#include <QPointer>

#include <algorithm>

namespace halfopen {

void MainWindow::connectActions() {
    m_actions.openRecording->setEnabled(static_cast<bool>(m_services.openRecording));
    connect(m_actions.openMachine, &QAction::triggered, this, [this] { m_services.openMachine(); });
    connect(m_actions.openRecording, &QAction::triggered, this, &MainWindow::chooseRecording);
    m_actions.openLaboratory->setEnabled(static_cast<bool>(m_services.openLaboratory));
    connect(m_actions.openLaboratory, &QAction::triggered, this, [this] {
        m_services.openLaboratory(
            [answer = QPointer(m_answer)](const QString& why) { answer ? answer->say(why) : void(); });
    });
    m_pages.connections.setWhereToLook({m_actions.openLaboratory, m_actions.openRecording});
    connect(m_actions.quit, &QAction::triggered, this, &MainWindow::close);
    connect(m_actions.copy, &QAction::triggered, this, [this] { m_stack->current().copySelection(); });
    connect(m_actions.selectAll, &QAction::triggered, this, [this] { m_stack->current().selectAll(); });
    connect(m_actions.find, &QAction::triggered, this, [this] { m_stack->current().focusFilter(); });
    connect(m_actions.sampleNow, &QAction::triggered, this, [this] { m_services.send(SampleNow{}); });
    connect(m_actions.pause, &QAction::toggled, this, &MainWindow::showAbilities);
    connect(m_actions.fullScreen, &QAction::toggled, this,
            [this](bool on) { setWindowState(windowState().setFlag(Qt::WindowFullScreen, on)); });
    connect(m_actions.largerText, &QAction::triggered, this, [this] { setTextSize(nextTextSize(m_textSize, 1)); });
    connect(m_actions.smallerText, &QAction::triggered, this, [this] { setTextSize(nextTextSize(m_textSize, -1)); });
    connect(m_actions.usualText, &QAction::triggered, this, [this] { setTextSize(kUsualTextSize); });
    connect(m_actions.details, &QAction::toggled, &m_pages.connections.details(), &QWidget::setVisible);
    connect(m_actions.growDetails, &QAction::triggered, this, [this] { m_stack->current().growDetails(1); });
    connect(m_actions.shrinkDetails, &QAction::triggered, this, [this] { m_stack->current().growDetails(-1); });
    connect(m_actions.legend, &QAction::triggered, this, [this] { showLegend(this, *menuBar(), LegendPage::Words); });
    connect(m_actions.preferences, &QAction::triggered, this, [this] {
        const auto& history = m_pages.history.historyMenu();
        showPreferences(this, {QList<QAction*>(m_actions.appearances.begin(), m_actions.appearances.end()),
                               QList<QAction*>(m_actions.sides.begin(), m_actions.sides.end()),
                               history.keepMenu()->actions(),
                               history.clear(),
                               {m_pages.connections.namesAction()}});
    });
    connect(m_actions.shortcuts, &QAction::triggered, this, [this] { showLegend(this, *menuBar(), LegendPage::Keys); });
    connect(m_compare, &CompareFlow::failed, this, [this](const QString& sentence) { m_answer->say(sentence); });
    connect(m_export, &ExportFlow::said, this, [this](const QString& sentence) { m_answer->say(sentence); });
    connect(m_actions.about, &QAction::triggered, this, [this] { showAbout(this); });
}

void MainWindow::connectAppearance() {
    for (const auto appearance : kAppearances)
        connect(m_actions.of(appearance), &QAction::triggered, this, [appearance] { apply(appearance); });
    for (const auto side : kDetailsSides)
        connect(m_actions.of(side), &QAction::toggled, this, [this, side](bool chosen) {
            for (Page* page : m_pages.inBar)
                if (chosen)
                    page->setDetailsSide(side);
        });
}

void MainWindow::connectHosts() {
    m_host->setVisible(static_cast<bool>(m_services.openHost));
    connect(m_host, &HostSelector::hostRequested, this, [this](const QString& host) { m_services.openHost(host); });
    connect(m_host, &HostSelector::machineRequested, this, [this] { m_services.openMachine(); });
    connect(m_banner, &SourceBanner::againRequested, this, [this] { m_services.openHost(m_host->host()); });
    if (!m_services.knownHosts)
        return;
    m_services.run([known = m_services.knownHosts, selector = QPointer(m_host)]() -> std::function<void()> {
        return [hosts = known(), selector] {
            if (selector)
                selector->offer(hosts);
        };
    });
}

void MainWindow::chooseRecording() {
    auto* dialog = new QFileDialog(this, tr("Open Recording"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) {
        m_recent->add(file);
        m_services.openRecording(file);
    });
    dialog->open();
}

void MainWindow::setTextSize(int percent) {
    m_textSize = percent;
    applyTextSize(percent);
    m_actions.largerText->setEnabled(percent < kTextSizes.back());
    m_actions.smallerText->setEnabled(percent > kTextSizes.front());
    m_actions.usualText->setEnabled(percent != kUsualTextSize);
}

void MainWindow::setAppearance(Appearance appearance) {
    m_actions.of(appearance)->setChecked(true);
    apply(appearance);
}

Appearance MainWindow::appearance() const {
    return *std::ranges::find_if(kAppearances, [this](Appearance one) { return m_actions.of(one)->isChecked(); });
}

} // namespace halfopen
