// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/changes/change_log.h"

#include <QDialog>

#include <functional>

class QDialogButtonBox;
class QLabel;
class QPushButton;
class QTableView;

namespace halfopen {

/// What was changed, as a list that stays open beside the window, with the way back from each.
class ChangesWindow final : public QDialog {
    Q_OBJECT

public:
    /// @param log         outlives this, or is the window's
    /// @param canUndo     whether a change can be taken back now
    ChangesWindow(ChangeLog& log, std::function<bool(const LoggedChange& change)> canUndo, QWidget* parent);

    void refresh(); ///< what can be taken back may be something else now

Q_SIGNALS:
    void undoRequested(const halfopen::LoggedChange& change);
    void connectionsRequested(const halfopen::LoggedChange& change); ///< are to be seen in the table

private:
    static QTableView* newTable(ChangeLog& log);
    QDialogButtonBox* newButtons();
    const LoggedChange* chosen() const;

    ChangeLog& m_log;
    std::function<bool(const LoggedChange& change)> m_canUndo;
    QLabel* m_none; ///< said where the table is empty
    QTableView* m_table;
    QPushButton* m_undo;
    QPushButton* m_show;
};

} // namespace halfopen
