// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/table/group_box.h"

#include "core/query/groups.h"
#include "ui/look/text.h"
#include "ui/look/theme.h"
#include "ui/table/group_text.h"

#include <QAction>
#include <QActionGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QMenu>
#include <QSettings>
#include <QShortcut>
#include <QToolButton>

#include <array>

namespace halfopen {

namespace {

constexpr std::array kSorts{GroupSort::Column, GroupSort::Worst, GroupSort::Count, GroupSort::Name};

QString settingBy() {
    return QStringLiteral("groups/by");
}
QString settingSort() {
    return QStringLiteral("groups/sort");
}
QString settingFold() {
    return QStringLiteral("groups/fold_time_wait");
}

} // namespace

GroupBox::GroupBox(QWidget* parent)
    : QWidget(parent)
    , m_menu(new QMenu(tr("&Group By"), this))
    , m_chooser(new QComboBox)
    , m_expand(new QAction(tr("&Expand All"), this))
    , m_collapse(new QAction(tr("&Collapse All"), this))
    , m_fold(new QAction(tr("&Fold TIME-WAIT"), this))
    , m_by(new QActionGroup(this))
    , m_sort(new QActionGroup(this)) {
    setUpChooser();
    setUpMenu();
    showGrouping();
}

void GroupBox::setUpChooser() {
    m_chooser->setObjectName(QStringLiteral("groupBy"));
    m_chooser->setAccessibleName(tr("Group by"));
    m_chooser->setToolTip(tr("Connections that have something in common become one line (Ctrl+G)"));
    m_chooser->setMinimumHeight(kTarget);
    for (std::size_t by = 0; by < kGroupByCount; ++by)
        m_chooser->addItem(groupByLabel(static_cast<GroupBy>(by)));
    connect(m_chooser, &QComboBox::activated, this, [this](int at) { setGroupBy(static_cast<GroupBy>(at)); });
    auto* key = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_G), this); // not where the page of this is hidden
    connect(key, &QShortcut::activated, m_chooser, [this] { m_chooser->setFocus(Qt::ShortcutFocusReason); });
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(m_chooser);
    layout->addWidget(newButton(m_expand, QStringLiteral("+")));
    layout->addWidget(newButton(m_collapse, QStringLiteral("\u2212")));
}

/// Shown while there is something to expand.
QToolButton* GroupBox::newButton(QAction* action, const QString& sign) {
    auto* button = new QToolButton(this);
    button->setText(sign);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setMinimumHeight(kTarget);
    button->setAccessibleName(withoutMnemonic(action->text()));
    button->setToolTip(button->accessibleName());
    connect(button, &QToolButton::clicked, action, &QAction::trigger);
    button->setVisible(action->isEnabled());
    connect(action, &QAction::enabledChanged, button, &QWidget::setVisible);
    return button;
}

void GroupBox::setUpMenu() {
    for (std::size_t by = 0; by < kGroupByCount; ++by) {
        auto* action = m_by->addAction(m_menu->addAction(groupByLabel(static_cast<GroupBy>(by))));
        action->setCheckable(true);
        connect(action, &QAction::triggered, this, [this, by] { setGroupBy(static_cast<GroupBy>(by)); });
    }
    m_menu->addSeparator();
    auto* order = m_menu->addMenu(tr("&Order of Groups"));
    for (const GroupSort sort : kSorts) {
        auto* action = m_sort->addAction(order->addAction(groupSortLabel(sort)));
        action->setCheckable(true);
        connect(action, &QAction::triggered, this, [this, sort] { setSort(sort); });
    }
    m_fold->setCheckable(true);
    m_fold->setToolTip(tr("What is in TIME-WAIT is one line behind all others"));
    m_menu->addAction(m_fold);
    m_menu->addSeparator();
    m_menu->addActions({m_expand, m_collapse});
    connect(m_fold, &QAction::triggered, this, &GroupBox::setFoldTimeWait);
    connect(m_expand, &QAction::triggered, this, [this] { setAllExpanded(true); });
    connect(m_collapse, &QAction::triggered, this, [this] { setAllExpanded(false); });
}

void GroupBox::set(const Grouping& grouping) {
    if (grouping == m_grouping)
        return;
    m_grouping = grouping;
    showGrouping();
    Q_EMIT changed();
}

void GroupBox::showGrouping() {
    const auto by = static_cast<int>(m_grouping.by);
    m_chooser->setCurrentIndex(by);
    m_by->actions().at(by)->setChecked(true);
    m_sort->actions().at(static_cast<int>(m_grouping.sort))->setChecked(true);
    m_fold->setChecked(m_grouping.foldTimeWait);
    for (QAction* action : {m_expand, m_collapse}) // what is folded is a group, too
        action->setEnabled(m_grouping.by != GroupBy::None || m_grouping.foldTimeWait);
}

void GroupBox::setGroupBy(GroupBy by) {
    Grouping grouping = m_grouping;
    grouping.by = by;
    grouping.setAllExpanded(false);
    set(grouping);
}

void GroupBox::setSort(GroupSort sort) {
    Grouping grouping = m_grouping;
    grouping.sort = sort;
    set(grouping);
}

void GroupBox::setFoldTimeWait(bool on) {
    Grouping grouping = m_grouping;
    grouping.foldTimeWait = on;
    set(grouping);
}

void GroupBox::setExpanded(std::uint64_t group, bool on) {
    Grouping grouping = m_grouping;
    grouping.setExpanded(group, on);
    set(grouping);
}

void GroupBox::setAllExpanded(bool on) {
    Grouping grouping = m_grouping;
    grouping.setAllExpanded(on);
    set(grouping);
}

void GroupBox::restore(const QSettings& settings) {
    Grouping grouping;
    grouping.by = groupByOf(settings.value(settingBy()).toString().toStdString()).value_or(GroupBy::None);
    const auto sort = settings.value(settingSort(), 0).toUInt();
    grouping.sort = sort < kSorts.size() ? kSorts[sort] : GroupSort::Column;
    grouping.foldTimeWait = settings.value(settingFold(), true).toBool();
    set(grouping);
}

void GroupBox::save(QSettings& settings) const {
    settings.setValue(settingBy(), fromCore(toString(m_grouping.by)));
    settings.setValue(settingSort(), static_cast<int>(m_grouping.sort));
    settings.setValue(settingFold(), m_grouping.foldTimeWait);
}

} // namespace halfopen
