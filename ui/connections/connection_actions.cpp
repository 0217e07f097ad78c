// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/connection_actions.h"

#include "ui/actions/action_strings.h"
#include "ui/actions/change_panel.h"
#include "ui/connections/connections_page.h"
#include "ui/details/details_pane.h"
#include "ui/look/text.h"
#include "ui/parts/answer_bar.h"
#include "ui/table/connection_view.h"

#include <QMenu>
#include <QMessageBox>
#include <QPushButton>

#include <utility>

namespace halfopen {

ConnectionActions::ConnectionActions(SocketOperations& operations, const Closer& closer, OrderSink send,
                                     ConnectionsPage& page, QObject* parent)
    : QObject(parent)
    , m_page(page)
    , m_closer(closer)
    , m_send(std::move(send))
    , m_closing(operations)
    , m_reader(operations)
    , m_panel(new ChangePanel(operations))
    , m_change(new QAction(tr("C&hange Keepalive"), this))
    , m_close(new QAction(tr("C&lose Connection..."), this))
    , m_ended(new QAction(tr("Show How It &Ended"), this))
    , m_read(new QAction(tr("&Read Exactly"), this)) {
    setUpActions();
    connectFlows();
    choose();
}

void ConnectionActions::setUpActions() {
    m_change->setIconText(tr("Change"));
    m_change->setShortcut(Qt::CTRL | Qt::Key_K);
    m_close->setIconText(tr("Close"));
    m_close->setShortcut(Qt::Key_Delete);
    m_close->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    m_read->setToolTip(
        tr("Reads options and processes of the sockets that this user may not look into. You are asked once."));
    auto& view = m_page.view();
    view.addActions({m_close});
    view.setContextMenuPolicy(Qt::CustomContextMenu);
    connect(&view, &QWidget::customContextMenuRequested, this, &ConnectionActions::showMenu);
    connect(&view, &ConnectionView::selectionExtended, this, &ConnectionActions::choose);
    auto& details = m_page.details();
    details.addVerbs({m_change, m_close});
    details.addPage(m_panel, tr("Change"));
    connect(m_change, &QAction::triggered, this, [this] {
        m_page.details().setVisible(true);
        m_page.details().showPage(m_panel);
        m_panel->setFocus();
    });
    connect(m_close, &QAction::triggered, this, &ConnectionActions::askToClose);
    connect(m_ended, &QAction::triggered, this, [this] { Q_EMIT endingRequested(m_page.view().selectedKey()); });
    connect(m_read, &QAction::triggered, this, [this] { m_reader.ask(m_frame); });
}

void ConnectionActions::connectFlows() {
    const auto send = [this](const auto& order) {
        if (m_send)
            m_send(order);
    };
    connect(m_panel, &ChangePanel::readingsArrived, this, send);
    connect(&m_reader, &ExactReader::read, this, send);
    connect(&m_closing, &CloseFlow::progressed, this, send);
    connect(&m_reader, &ExactReader::stateChanged, this, &ConnectionActions::choose);
    connect(&m_reader, &ExactReader::answered, this, &ConnectionActions::onExact);
    connect(&m_reader, &ExactReader::refused, this, [this](const PrivilegeError& error) {
        m_page.answer().say(refusalSentence(error), fromCore(error.command));
    });
    connect(&m_closing, &CloseFlow::finished, this, [this](const CloseRound& round) {
        m_page.answer().say(closedSentence(round), commandOf(round));
        choose();
    });
}

void ConnectionActions::showFrame(const FramePtr& frame) {
    m_frame = frame;
    m_reader.follow(frame);
    choose();
}

void ConnectionActions::choose() {
    m_targets = targetsIn(m_frame, m_page.view().selectedKeys());
    m_panel->showTargets(m_targets);
    m_change->setEnabled(anyChangeable(m_targets));
    m_close->setEnabled(!m_closing.isBusy() && anyClosable(m_targets));
    const SocketKey key = m_page.view().selectedKey();
    const Row* row = m_frame ? m_frame->find(key) : nullptr;
    m_ended->setEnabled(key && (!row || row->change == Change::Closed));
    m_read->setEnabled(m_frame && m_frame->live && !m_reader.isBusy());
}

void ConnectionActions::showMenu(QPoint at) {
    auto* menu = new QMenu(&m_page.view());
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions({m_change, m_close, m_ended});
    menu->addSeparator();
    menu->addAction(m_read);
    menu->popup(m_page.view().viewport()->mapToGlobal(at));
}

void ConnectionActions::askToClose() {
    const auto targets = closable(m_targets);
    if (targets.empty())
        return;
    const auto question = closeQuestion(targets, m_closer);
    auto* box =
        new QMessageBox(QMessageBox::Warning, tr("Halfopen"), question.title, QMessageBox::Cancel, m_page.window());
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(question.detail);
    const auto count = static_cast<int>(targets.count());
    auto* close = box->addButton(tr("Close %n Connection(s)", nullptr, count), QMessageBox::DestructiveRole);
    box->setDefaultButton(QMessageBox::Cancel);
    box->setEscapeButton(QMessageBox::Cancel);
    connect(close, &QPushButton::clicked, this, [this, netns = targets.netns(), cookies = targets.cookies()] {
        m_page.answer().clear();
        m_closing.close(netns, cookies);
        choose();
    });
    box->open();
}

void ConnectionActions::onExact(int count, int failed) {
    QString text = count == 0 && failed == 0 ? tr("Every socket here was read already.")
                                             : tr("%n more socket(s) read.", nullptr, count);
    if (failed > 0)
        text += QLatin1Char(' ') + tr("%n could not be read.", nullptr, failed);
    m_page.answer().say(text);
}

} // namespace halfopen
