// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"
#include "ui/changes/change_log.h"

#include <QObject>
#include <QPersistentModelIndex>
#include <QPointer>

class QAction;
class QMenuBar;
class QWidget;

namespace halfopen {

class ChangesWindow;
class ConnectionActions;
class TuningPage;
struct ChangeRound;
struct SettingsNews;

/// "Changes Made": the log of what was changed, and the window that shows it.
class ChangesFlow final : public QObject {
    Q_OBJECT

public:
    /// @param actions, tuning  where changes are made; of the window
    ChangesFlow(ConnectionActions& actions, TuningPage& tuning, QWidget* window);

    ~ChangesFlow() override; ///< and its window with it, which asks it

    void addTo(QMenuBar& bar);
    void show(const FramePtr& frame); ///< the newest

Q_SIGNALS:
    void connectionsRequested(const QString& filter, const QString& name);
    void tuningRequested();

private:
    void open();
    void take(const ChangeRound& round, const FramePtr& frame);
    void take(const SettingsNews& news);
    bool isLastChange(const LoggedChange& change, const SocketKey& key) const;
    std::vector<SocketKey> undoable(const LoggedChange& change) const;
    bool canUndo(const LoggedChange& change) const;
    void undo(const LoggedChange& change);
    void list(const LoggedChange& change);

    ConnectionActions& m_actions;
    TuningPage& m_tuning;
    QWidget* m_window;
    ChangeLog* m_log;
    QAction* m_open;
    FramePtr m_frame;
    QPersistentModelIndex m_undecided; ///< the last change of settings: kept or taken back, that is told later
    bool m_onTrial = false;            ///< it is
    QPointer<ChangesWindow> m_shown;
};

} // namespace halfopen
