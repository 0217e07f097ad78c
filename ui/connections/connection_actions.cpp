// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/connection_actions.h"

#include "ui/actions/action_strings.h"
#include "ui/actions/change_panel.h"
#include "ui/connections/cell_menu.h"
#include "ui/connections/connections_page.h"
#include "ui/details/details_pane.h"
#include "ui/look/sentence.h"
#include "ui/look/text.h"
#include "ui/parts/answer_bar.h"
#include "ui/table/connection_view.h"

#include <QCheckBox>
#include <QLocale>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>

#include <utility>

namespace halfopen {

namespace {

constexpr int kMany = 20;
constexpr std::size_t kNamed = 200; ///< of more nobody looks for what they have in common

/// The kernel tells in which control group its socket was made.
bool isOfAGroup(const Row* row) {
    return row->connection.cgroup != 0 && row->change != Change::Closed;
}

/// "postgresql.service"; "" where they are of several, or it is not known.
QString unitOf(const Targets& targets) {
    QString name;
    for (const Row* row : targets.rows) {
        const ProcessUnit* unit = targets.frame->unitOf(*row);
        const QString its = unit ? fromCore(describe(*unit)) : QString();
        if (its.isEmpty() || (!name.isEmpty() && its != name))
            return {};
        name = its;
    }
    return name;
}

} // namespace

ConnectionActions::ConnectionActions(SocketOperations& operations, const Closer& closer, OrderSink send,
                                     ExactReader::OpenExact openExact, ConnectionsPage& page, QObject* parent)
    : QObject(parent)
    , m_page(page)
    , m_closer(closer)
    , m_send(std::move(send))
    , m_closing(operations)
    , m_reader(operations, std::move(openExact))
    , m_panel(new ChangePanel(operations))
    , m_change(new QAction(tr("C&hange Keepalive"), this))
    , m_guard(new QAction(tr("Guar&d Every New Connection..."), this))
    , m_close(new QAction(tr("C&lose Connection..."), this))
    , m_ended(new QAction(tr("Show How It &Ended"), this))
    , m_read(new QAction(tr("&Read Exactly"), this))
    , m_undo(new QAction(this)) {
    setUpActions();
    connectFlows();
    choose();
}

void ConnectionActions::setUpActions() {
    m_change->setObjectName(QStringLiteral("changeKeepalive"));
    m_guard->setObjectName(QStringLiteral("guardNewConnections"));
    m_guard->setVisible(false);
    m_close->setObjectName(QStringLiteral("closeConnection"));
    m_ended->setObjectName(QStringLiteral("showHowItEnded"));
    m_read->setObjectName(QStringLiteral("readExactly"));
    m_undo->setObjectName(QStringLiteral("undoLastChange"));
    m_undo->setShortcut(QKeySequence::Undo);
    m_change->setShortcut(Qt::CTRL | Qt::Key_K);
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
    for (const Verb verb : {Verb::Change, Verb::TurnOn})
        details.followVerb(verb, m_change);
    details.followVerb(Verb::Close, m_close);
    details.addPage(m_panel, tr("Change"));
    connect(m_change, &QAction::triggered, this, &ConnectionActions::showPanel);
    connect(&details, &DetailsPane::asked, this, &ConnectionActions::doIt);
    connect(&details, &DetailsPane::ticked, m_panel, &ChangePanel::tick);
    connect(m_guard, &QAction::triggered, this, [this] { Q_EMIT guardRequested(m_targets); });
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
    connect(m_panel, &ChangePanel::undoChanged, this, &ConnectionActions::choose);
    connect(m_panel, &ChangePanel::lastUndone, this,
            [this](const QString& sentence, const QString& command) { m_page.answer().say(sentence, command); });
    connect(m_panel, &ChangePanel::changed, this, [this](const ChangeRound& round) { Q_EMIT changed(round, m_frame); });
    connect(m_undo, &QAction::triggered, m_panel, &ChangePanel::undoLast);
    connect(&m_reader, &ExactReader::read, this, send);
    connect(&m_closing, &CloseFlow::progressed, this, send);
    connect(&m_reader, &ExactReader::stateChanged, this, &ConnectionActions::choose);
    connect(&m_reader, &ExactReader::answered, this, &ConnectionActions::onExact);
    connect(&m_reader, &ExactReader::opened, this, [this] {
        m_page.answer().say(tr("Every socket is read exactly from now on, until this window is closed."));
    });
    connect(&m_reader, &ExactReader::refused, this, [this](const PrivilegeError& error) {
        m_page.answer().say(refusalSentence(error), fromCore(error.command));
    });
    connect(&m_closing, &CloseFlow::finished, this, [this](const CloseRound& round) {
        m_page.answer().say(closedSentence(round), commandOf(round));
        Q_EMIT closed(round, std::exchange(m_toClose, {}));
        choose();
    });
}

void ConnectionActions::showFrame(const FramePtr& frame) {
    m_frame = frame;
    m_reader.follow(frame);
    choose();
}

void ConnectionActions::showPanel() {
    m_page.details().setVisible(true);
    m_page.details().showPage(m_panel);
    m_panel->setFocus();
}

void ConnectionActions::doIt(Verb verb) {
    switch (verb) {
    case Verb::Close:
        return m_close->trigger();
    case Verb::Change:
        return m_change->trigger();
    case Verb::TurnOn:
        m_change->trigger();
        if (m_change->isEnabled())
            m_panel->proposeOn();
        return;
    case Verb::Guard:
        Q_EMIT guardRequested(m_targets);
        return;
    case Verb::ReadExactly:
        return m_read->trigger();
    case Verb::InHistory:
        return m_ended->trigger();
    default:
        return; // the page's or the window's
    }
}

/// As the newest frame has it, which mostly is that of the table: then nothing has to be looked for.
Targets ConnectionActions::chosen() const {
    const ConnectionView& view = m_page.view();
    if (!m_frame || view.connections().orderFrame() != m_frame)
        return chosenIn(m_frame, view.shownSelectedKeys());
    Targets chosen{m_frame, {}};
    for (const std::uint32_t row : view.selectedMembers())
        chosen.rows.push_back(&m_frame->rows[row]);
    return chosen;
}

/// Nothing here acts on what is not on the screen: neither while another page is shown, nor on a row that the filter
/// hides.
void ConnectionActions::choose() {
    const bool shown = m_page.isVisibleTo(m_page.window());
    const Targets chosen = this->chosen();
    m_page.details().showChosen(m_frame, chosen.rows);
    const bool here = m_frame && m_frame->isHere();
    m_targets = here ? chosen : Targets{m_frame, {}};
    m_panel->showTargets(here || !m_frame ? chosen : Targets{m_frame, {}});
    m_change->setEnabled(shown && anyChangeable(m_targets));
    m_guard->setEnabled(shown && std::ranges::any_of(m_targets.rows, isOfAGroup));
    m_close->setEnabled(shown && !m_closing.isBusy() && anyClosable(m_targets));
    m_undo->setText(m_panel->undoText());
    m_undo->setEnabled(shown && here && m_panel->canUndoLast());
    nameVerbs(m_targets.count(), changeable(m_targets).count(), closable(m_targets).count());
    const SocketKey key = m_page.view().selectedKey();
    const Row* row = m_frame ? m_frame->find(key) : nullptr;
    m_ended->setEnabled(shown && key && (!row || row->change == Change::Closed));
    m_read->setEnabled(here && !m_reader.isBusy());
}

/// A verb on many says on how many. @param toChange, toClose  of these: listeners are not closed, and what has ended
/// is neither
void ConnectionActions::nameVerbs(std::size_t count, std::size_t toChange, std::size_t toClose) {
    const auto n = static_cast<int>(count);
    const auto c = static_cast<int>(toClose);
    m_change->setIconText(n > 1 ? tr("Change %n...", nullptr, static_cast<int>(toChange)) : tr("Change"));
    m_close->setIconText(n > 1 ? tr("Close %n...", nullptr, c) : tr("Close..."));
    m_close->setText(n > 1 ? tr("C&lose %n Connection(s)...", nullptr, c) : tr("C&lose Connection..."));
    QString unit = count <= kNamed && m_guard->isVisible() ? unitOf(m_targets) : QString();
    unit.replace(QLatin1Char('&'), QStringLiteral("&&")); // in a menu one stands before a letter to press
    m_guard->setText(unit.isEmpty() ? tr("Guar&d Every New Connection...")
                                    : tr("Guar&d Every New Connection of %1...").arg(unit));
}

void ConnectionActions::offerGuard() {
    m_guard->setVisible(true);
}

void ConnectionActions::showMenu(QPoint at) {
    auto& view = m_page.view();
    auto* menu = new QMenu(&view);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    addGroupEntries(*menu, view, at);
    for (auto* action : view.actions()) // copy and the like
        if (action != m_close && !action->isCheckable())
            menu->addAction(action);
    menu->addAction(tr("Copy C&ell"), &view, &ConnectionView::copyCell)->setEnabled(view.currentIndex().isValid());
    menu->addSeparator();
    menu->addActions({m_change, m_guard, m_close, m_ended});
    menu->addAction(tr("Show All of This &Program"), &m_page, [this] { m_page.showProgram(); })
        ->setEnabled(m_targets.count() == 1);
    menu->addActions(m_more);
    addCellFilters(*menu, m_page.view(), at, m_page.filterBar());
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
    auto* whole = anySubflow(targets) ? box->addButton(tr("End the &Whole"), QMessageBox::DestructiveRole) : nullptr;
    if (count > kMany) { // more than anybody has looked at one by one
        auto* sure = new QCheckBox(tr("Yes, all %1").arg(QLocale().toString(count)));
        box->setCheckBox(sure);
        for (auto* button : {close, whole}) {
            if (!button)
                continue;
            button->setEnabled(false);
            connect(sure, &QCheckBox::toggled, button, &QWidget::setEnabled);
        }
    }
    box->setDefaultButton(QMessageBox::Cancel);
    box->setEscapeButton(QMessageBox::Cancel);
    connect(close, &QPushButton::clicked, this, [this, targets] {
        m_page.answer().clear();
        m_toClose = targets;
        m_closing.close(targets.keys());
        choose();
    });
    if (whole)
        connect(whole, &QPushButton::clicked, this, [this, keys = targets.keys()] {
            m_page.answer().clear();
            m_closing.closeWhole(keys);
            choose();
        });
    box->open();
}

void ConnectionActions::undoChanges(const std::vector<SocketKey>& keys) {
    m_panel->undo(keys);
}

const ChangeFlow& ConnectionActions::changes() const {
    return m_panel->flow();
}

void ConnectionActions::onExact(int count, int failed) {
    QString text = count == 0 && failed == 0 ? tr("Every socket here was read already.")
                                             : tr("%n more socket(s) read.", nullptr, count);
    if (failed > 0)
        text = inOneLine(text, tr("%n could not be read.", nullptr, failed));
    m_page.answer().say(text);
}

} // namespace halfopen
