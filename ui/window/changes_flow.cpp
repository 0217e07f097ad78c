// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/changes_flow.h"

#include "ui/changes/change_lines.h"
#include "ui/changes/changes_window.h"
#include "ui/connections/connection_actions.h"
#include "ui/tuning/tuning_page.h"

#include <QAction>
#include <QMenu>
#include <QMenuBar>

#include <algorithm>
#include <iterator>
#include <set>

namespace halfopen {

ChangesFlow::ChangesFlow(ConnectionActions& actions, TuningPage& tuning, QWidget* window)
    : QObject(window)
    , m_actions(actions)
    , m_tuning(tuning)
    , m_window(window)
    , m_log(new ChangeLog(this))
    , m_open(new QAction(tr("Changes &Made..."), this)) {
    m_open->setObjectName(QStringLiteral("changesMade"));
    m_open->setShortcut(Qt::CTRL | Qt::Key_L);
    connect(m_open, &QAction::triggered, this, &ChangesFlow::open);
    connect(&actions, &ConnectionActions::changed, this,
            qOverload<const ChangeRound&, const FramePtr&>(&ChangesFlow::take));
    connect(&actions, &ConnectionActions::closed, this,
            [this](const CloseRound& round, const Targets& targets) { m_log->add(lineOf(round, targets)); });
    connect(&tuning, &TuningPage::settingsChanged, this, qOverload<const SettingsNews&>(&ChangesFlow::take));
}

ChangesFlow::~ChangesFlow() {
    delete m_shown;
}

void ChangesFlow::addTo(QMenuBar& bar) {
    auto* edit = bar.actions()[1]->menu();
    edit->insertAction(edit->actions()[1], m_open); // behind Undo
}

void ChangesFlow::show(const FramePtr& frame) {
    m_frame = frame;
    if (m_shown)
        m_shown->refresh();
}

void ChangesFlow::open() {
    if (!m_shown) {
        m_shown = new ChangesWindow(
            *m_log, [this](const LoggedChange& change) { return canUndo(change); }, m_window);
        connect(m_shown, &ChangesWindow::undoRequested, this, &ChangesFlow::undo);
        connect(m_shown, &ChangesWindow::connectionsRequested, this, &ChangesFlow::list);
    }
    m_shown->show();
    m_shown->activateWindow();
}

/// Each line of which something was taken back says so.
void ChangesFlow::take(const ChangeRound& round, const FramePtr& frame) {
    std::set<std::uint64_t> undone;
    for (const auto& result : round.results)
        if (result.outcome && result.undoes)
            undone.insert(result.undoes);
    for (int line = 0; line < m_log->rowCount(); ++line)
        if (undone.contains(m_log->at(line).round) && undoable(m_log->at(line)).empty())
            m_log->setState(line, takenBackText());
    for (auto& line : linesOf(round, frame))
        m_log->add(std::move(line));
}

void ChangesFlow::take(const SettingsNews& news) {
    using What = SettingsNews::What;
    switch (news.what) {
    case What::Kept:
    case What::KeptAfterReboot:
    case What::TakenBack: {
        m_onTrial = false;
        const bool back = news.what == What::TakenBack;
        if (m_undecided.isValid())
            m_log->setState(m_undecided.row(), back ? takenBackText() : keptText(news.what == What::KeptAfterReboot));
        return;
    }
    case What::OnTrial:
    case What::InEffect:
    case What::ByOthers:
    case What::FileRemoved:
        break;
    }
    m_log->add(lineOf(news));
    const bool decides = news.what == What::OnTrial || (news.what == What::InEffect && !m_onTrial);
    if (decides)
        m_undecided = m_log->index(0, 0);
    m_onTrial = m_onTrial || news.what == What::OnTrial;
}

bool ChangesFlow::isLastChange(const LoggedChange& change, const SocketKey& key) const {
    return change.round && m_actions.changes().lastChangeOf(key) == change.round;
}

/// Those whose last change it is.
std::vector<SocketKey> ChangesFlow::undoable(const LoggedChange& change) const {
    std::vector<SocketKey> keys;
    std::ranges::copy_if(change.sockets, std::back_inserter(keys),
                         [&](const SocketKey& key) { return isLastChange(change, key); });
    return keys;
}

/// Settings are taken back by a person, with the rights that it takes, where they are shown.
bool ChangesFlow::canUndo(const LoggedChange& change) const {
    if (change.was)
        return m_frame && m_frame->isHere() && m_frame->inView().netns == change.netns &&
               keepaliveOf(m_frame->inView().sysctls) != *change.was;
    return !m_actions.changes().isBusy() &&
           std::ranges::any_of(change.sockets, [&](const SocketKey& key) { return isLastChange(change, key); });
}

void ChangesFlow::undo(const LoggedChange& change) {
    if (!canUndo(change))
        return;
    if (!change.was)
        return m_actions.undoChanges(undoable(change));
    m_tuning.edit(*change.was);
    Q_EMIT tuningRequested();
}

void ChangesFlow::list(const LoggedChange& change) {
    QStringList cookies;
    for (const SocketKey& key : change.sockets)
        cookies.append(QString::number(key.cookie, 16));
    Q_EMIT connectionsRequested(QStringLiteral("sk:") + cookies.join(QLatin1Char(',')), tr("changed"));
}

} // namespace halfopen
