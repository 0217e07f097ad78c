// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/grouping.h"

#include <QWidget>

class QAction;
class QActionGroup;
class QComboBox;
class QMenu;
class QSettings;
class QToolButton;

namespace halfopen {

/// What the connections are grouped by, and which groups are expanded: a chooser, which Ctrl+G goes to, with two
/// buttons, and the same as a menu.
class GroupBox final : public QWidget {
    Q_OBJECT

public:
    explicit GroupBox(QWidget* parent = nullptr);

    const Grouping& grouping() const { return m_grouping; }
    void setGroupBy(GroupBy by);
    void setSort(GroupSort sort);
    void setFoldTimeWait(bool on);
    void setExpanded(std::uint64_t group, bool on);
    void setAllExpanded(bool on);

    /// "Group By", for those who do not reach the chooser.
    QMenu* menu() { return m_menu; }

    void restore(const QSettings& settings);
    void save(QSettings& settings) const;

Q_SIGNALS:
    void changed(); ///< grouping()

private:
    void setUpChooser();
    void setUpMenu();
    void set(const Grouping& grouping);
    void showGrouping();
    QToolButton* newButton(QAction* action, const QString& sign);

    Grouping m_grouping{.foldTimeWait = true};
    QMenu* m_menu;
    QComboBox* m_chooser;
    QAction* m_expand;
    QAction* m_collapse;
    QAction* m_fold;
    QActionGroup* m_by;
    QActionGroup* m_sort;
};

} // namespace halfopen
