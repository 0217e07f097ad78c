// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/actions/guard_rules.h"

#include <QAbstractTableModel>

#include <vector>

namespace halfopen {

/// The rules of the guard, a row each: whose, with which values, what they have done, and whether they last.
class GuardModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column : std::uint8_t { Unit, Idle, Interval, Probes, UserTimeout, Connected, Accepted, Asked, Failed, State };
    static constexpr int kColumns = State + 1;

    using QAbstractTableModel::QAbstractTableModel;

    /// Rows that stay keep their place; new ones come last.
    void show(const GuardList& list);
    const ListedGuard& ruleAt(int row) const { return m_rules[static_cast<std::size_t>(row)]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString textOf(const ListedGuard& one, Column column) const;
    QString stateOf(const ListedGuard& one) const;

    std::vector<ListedGuard> m_rules;
    bool m_known = true; ///< what is in effect
};

} // namespace halfopen
