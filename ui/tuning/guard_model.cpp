// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tuning/guard_model.h"

#include "ui/look/text.h"

#include <QLocale>

#include <algorithm>
#include <array>

namespace halfopen {

namespace {

/// A unit may have one that is kept and another one that is in effect.
bool isSame(const ListedGuard& one, const ListedGuard& other) {
    return one.rule.unit == other.rule.unit && one.kept == other.kept;
}

bool isAmong(const ListedGuard& sought, const std::vector<ListedGuard>& rules) {
    return std::ranges::any_of(rules, [&](const ListedGuard& one) { return isSame(one, sought); });
}

QString number(std::uint64_t count) {
    return QLocale().toString(static_cast<qulonglong>(count));
}

} // namespace

void GuardModel::show(const GuardList& list) {
    m_known = !list.notInEffect;
    for (int row = rowCount() - 1; row >= 0; --row) {
        if (isAmong(ruleAt(row), list.rules))
            continue;
        beginRemoveRows({}, row, row);
        m_rules.erase(m_rules.begin() + row);
        endRemoveRows();
    }
    for (const ListedGuard& one : list.rules) {
        const auto old = std::ranges::find_if(m_rules, [&](const ListedGuard& its) { return isSame(its, one); });
        if (old != m_rules.end()) {
            *old = one;
            continue;
        }
        beginInsertRows({}, rowCount(), rowCount());
        m_rules.push_back(one);
        endInsertRows();
    }
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, kColumns - 1));
}

int GuardModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rules.size());
}

int GuardModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : kColumns;
}

QString GuardModel::stateOf(const ListedGuard& one) const {
    if (!m_known)
        return tr("kept");
    if (!one.counts)
        return tr("kept, not in effect");
    return one.kept ? tr("in effect, kept") : tr("until the next boot");
}

QString GuardModel::textOf(const ListedGuard& one, Column column) const {
    const GuardRule& rule = one.rule;
    const auto orSystems = [](std::int32_t value, const QString& text) {
        return value == 0 ? tr("the system's") : text;
    };
    switch (column) {
    case Unit:
        return rule.unit.empty() ? tr("every program") : fromCore(rule.unit);
    case Idle:
        return tr("%1 s").arg(rule.idle);
    case Interval:
        return orSystems(rule.interval, tr("%1 s").arg(rule.interval));
    case Probes:
        return orSystems(rule.probes, number(static_cast<std::uint64_t>(rule.probes)));
    case UserTimeout:
        return orSystems(rule.userTimeout, tr("%1 ms").arg(rule.userTimeout));
    case State:
        return stateOf(one);
    default:
        break;
    }
    if (!one.counts)
        return {};
    return number(column == Connected  ? one.counts->active
                  : column == Accepted ? one.counts->passive
                  : column == Asked    ? one.counts->asked
                                       : one.counts->failed);
}

QVariant GuardModel::data(const QModelIndex& index, int role) const {
    Q_ASSERT(checkIndex(index, CheckIndexOption::IndexIsValid));
    const auto column = static_cast<Column>(index.column());
    if (role == Qt::DisplayRole)
        return textOf(ruleAt(index.row()), column);
    if (role == Qt::TextAlignmentRole && column != Unit && column != State)
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    return {};
}

QVariant GuardModel::headerData(int section, Qt::Orientation orientation, int role) const {
    static constexpr std::array kTitles{QT_TR_NOOP("New connections of"),
                                        QT_TR_NOOP("Idle time"),
                                        QT_TR_NOOP("Interval"),
                                        QT_TR_NOOP("Probes"),
                                        QT_TR_NOOP("User timeout"),
                                        QT_TR_NOOP("Connected"),
                                        QT_TR_NOOP("Accepted"),
                                        QT_TR_NOOP("Asked themselves"),
                                        QT_TR_NOOP("Failed"),
                                        QT_TR_NOOP("State")};
    static_assert(kTitles.size() == kColumns);
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return tr(kTitles[static_cast<std::size_t>(section)]);
}

} // namespace halfopen
