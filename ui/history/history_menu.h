// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMenu>

#include <chrono>
#include <functional>

class QSettings;

namespace halfopen {

/// How long ended connections are kept over restarts, as a person has chosen it; 30 days to begin with, 0: they are
/// not.
std::chrono::hours keptFor(const QSettings& settings);

/// What is done with the history: its records, how long they are kept, and that all of them are forgotten.
class HistoryMenu final : public QMenu {
    Q_OBJECT

public:
    /// @param keep  takes how long they are kept from now on; empty: nothing keeps them over restarts
    explicit HistoryMenu(std::function<void(std::chrono::hours)> keep, QWidget* parent = nullptr);

    QAction* copyRecord() const { return m_copyRecord; }
    QAction* sameRemote() const { return m_sameRemote; }
    QAction* clear() const { return m_clear; }
    QMenu* keepMenu() const { return m_keep; }
    /// Whether what is shown outlives the window at all.
    void setKept(bool kept);
    /// Asks whether all is to be forgotten, and says so by cleared().
    void askToClear(QWidget* window);

Q_SIGNALS:
    void cleared();

private:
    std::function<void(std::chrono::hours)> m_keepFor;
    QAction* m_copyRecord;
    QAction* m_sameRemote;
    QMenu* m_keep;
    QAction* m_clear;
    bool m_kept = true;
};

} // namespace halfopen
