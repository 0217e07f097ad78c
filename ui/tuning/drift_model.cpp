// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tuning/drift_model.h"

#include "ui/look/ending_strings.h"
#include "ui/look/netns_strings.h"
#include "ui/look/text.h"

#include <QFont>

#include <algorithm>
#include <utility>

namespace halfopen {

namespace {

constexpr std::size_t kMostName = 30; // the tip has all of it

/// Of a service or program that has shut itself off from the network: nobody looks for those.
bool isShutOff(const Frame& frame, std::size_t index) {
    const NetnsKind kind = frame.namespaces[index]->inside.kind;
    return (kind == NetnsKind::Unit || kind == NetnsKind::Program || kind == NetnsKind::Empty) &&
           connectionsIn(frame, index) == 0;
}

QString numberText(std::int32_t value, SettingUnit unit) {
    const QString word = fromCore(toString(unit));
    return word.isEmpty() ? QString::number(value) : QStringLiteral("%1 %2").arg(value).arg(word);
}

QString shortened(const QString& name) {
    return name.size() <= static_cast<qsizetype>(kMostName)
               ? name
               : name.left(static_cast<qsizetype>(kMostName) - 1) + QChar(0x2026);
}

} // namespace

DriftModel::DriftModel(QObject* parent)
    : QAbstractTableModel(parent) {}

std::vector<DriftModel::Column> DriftModel::columnsOf(const Frame& frame, const DriftLog& log) {
    const std::uint16_t hostAt = hostIndex(frame);
    const NetnsContext& host = *frame.namespaces[hostAt];
    std::vector<Column> columns;
    for (std::size_t index = 0; index < frame.namespaces.size(); ++index) {
        const NetnsContext& netns = *frame.namespaces[index];
        const bool kept = index == hostAt || netns.number == 0 || !isShutOff(frame, index);
        if (frame.sampleOf(static_cast<std::uint16_t>(index)).gone || !kept)
            continue;
        Column column{.number = netns.number,
                      .host = index == hostAt,
                      .readable = netns.tier != NetnsTier::Public,
                      .name = netnsName(netns),
                      .tip = insideText(netns.inside)};
        for (const SettingInfo& info : allSettings())
            column.cells[static_cast<std::size_t>(info.id)] = {.value = valueIn(netns, info.id),
                                                               .differs = differs(netns, host, info.id),
                                                               .since = log.since(netns.number, info.id)};
        columns.push_back(std::move(column));
    }
    std::ranges::sort(columns, [](const Column& a, const Column& b) {
        if (a.host != b.host)
            return a.host;
        return a.name != b.name ? a.name < b.name : a.number < b.number;
    });
    return columns;
}

void DriftModel::show(const Frame& frame, const DriftLog& log) {
    adopt(columnsOf(frame, log));
    adoptRows();
}

void DriftModel::adopt(std::vector<Column> next) {
    const auto isOf = [](std::uint32_t number) { return [number](const Column& one) { return one.number == number; }; };
    const auto remove = [this](std::size_t at) {
        const int column = static_cast<int>(at) + 1;
        beginRemoveColumns({}, column, column);
        m_columns.erase(m_columns.begin() + static_cast<std::ptrdiff_t>(at));
        endRemoveColumns();
    };
    for (std::size_t at = m_columns.size(); at-- > 0;)
        if (std::ranges::none_of(next, isOf(m_columns[at].number)))
            remove(at);
    for (std::size_t at = 0; at < next.size(); ++at) {
        const auto old = std::ranges::find_if(m_columns, isOf(next[at].number));
        const auto place = static_cast<std::size_t>(old - m_columns.begin());
        if (old != m_columns.end() && place != at) // renamed
            remove(place);
        const int column = static_cast<int>(at) + 1;
        if (old == m_columns.end() || place != at) {
            beginInsertColumns({}, column, column);
            m_columns.insert(m_columns.begin() + static_cast<std::ptrdiff_t>(at), std::move(next[at]));
            endInsertColumns();
        } else if (m_columns[at] != next[at]) {
            m_columns[at] = std::move(next[at]);
            Q_EMIT headerDataChanged(Qt::Horizontal, column, column);
            if (rowCount() > 0)
                Q_EMIT dataChanged(index(0, column), index(rowCount() - 1, column));
        }
    }
}

/// A kernel has the same settings for as long as it runs; which, the first namespace tells that can be read.
void DriftModel::adoptRows() {
    std::vector<Setting> rows;
    for (const SettingInfo& info : allSettings())
        if (std::ranges::any_of(m_columns, [&](const Column& column) {
                return column.cells[static_cast<std::size_t>(info.id)].value.has_value();
            }))
            rows.push_back(info.id);
    for (std::size_t at = m_rows.size(); at-- > 0;) {
        if (std::ranges::find(rows, m_rows[at]) != rows.end())
            continue;
        beginRemoveRows({}, static_cast<int>(at), static_cast<int>(at));
        m_rows.erase(m_rows.begin() + static_cast<std::ptrdiff_t>(at));
        endRemoveRows();
    }
    for (std::size_t at = 0; at < rows.size(); ++at) { // both in the order of Setting
        if (at < m_rows.size() && m_rows[at] == rows[at])
            continue;
        beginInsertRows({}, static_cast<int>(at), static_cast<int>(at));
        m_rows.insert(m_rows.begin() + static_cast<std::ptrdiff_t>(at), rows[at]);
        endInsertRows();
    }
}

DriftModel::Counts DriftModel::counts() const {
    Counts counts;
    for (const Column& column : m_columns) {
        counts.drifted += std::ranges::any_of(column.cells, &Cell::differs) ? 1 : 0;
        counts.unknown += column.readable ? 0 : 1;
    }
    return counts;
}

std::optional<std::uint32_t> DriftModel::netnsAt(int column) const {
    if (column < 1 || column > namespaces())
        return std::nullopt;
    return m_columns[static_cast<std::size_t>(column) - 1].number;
}

int DriftModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int DriftModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : namespaces() + 1;
}

/// "7200 s, kernel default", "≠ 60 s since 12:03".
QString DriftModel::text(const Column& column, Setting id) const {
    const Cell& cell = column.cells[static_cast<std::size_t>(id)];
    if (!cell.value)
        return tr("not known");
    const SettingInfo& info = settingInfo(id);
    QString text = numberText(*cell.value, info.unit);
    if (*cell.value == info.kernelDefault)
        text = tr("%1, kernel default").arg(text);
    if (cell.differs)
        text = tr("\u2260 %1", "a value that is another one than the host's").arg(text);
    if (cell.since)
        text = tr("%1, since %2").arg(text, momentText(std::chrono::floor<std::chrono::milliseconds>(*cell.since)));
    return text;
}

QString DriftModel::tip(const Column& column, Setting id) const {
    const Cell& cell = column.cells[static_cast<std::size_t>(id)];
    const QString name = fromCore(settingInfo(id).name);
    if (!cell.value)
        return column.readable ? tr("%1 of %2 could not be read.").arg(name, column.name)
                               : tr("%1 is looked at from outside: its settings are told to its owner and to an "
                                    "administrator only.")
                                     .arg(column.name);
    const QString what = numberText(*cell.value, settingInfo(id).unit);
    if (!cell.differs)
        return tr("%1 in %2: %3").arg(name, column.name, what);
    const auto& host = m_columns.front().cells[static_cast<std::size_t>(id)].value;
    const QString hosts = host ? numberText(*host, settingInfo(id).unit) : QString();
    return tr("%1 in %2: %3, while the host has %4").arg(name, column.name, what, hosts);
}

QVariant DriftModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Setting id = m_rows[static_cast<std::size_t>(index.row())];
    if (index.column() == 0)
        return role == Qt::DisplayRole ? QVariant(fromCore(settingInfo(id).name)) : QVariant();
    const Column& column = m_columns[static_cast<std::size_t>(index.column()) - 1];
    const bool marked = column.cells[static_cast<std::size_t>(id)].differs;
    switch (role) {
    case Qt::DisplayRole:
        return text(column, id);
    case Qt::ToolTipRole:
    case Qt::AccessibleDescriptionRole:
        return tip(column, id);
    case Qt::FontRole:
        if (marked) {
            QFont bold;
            bold.setBold(true);
            return bold;
        }
        return {};
    default:
        return {};
    }
}

QVariant DriftModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    if (section == 0)
        return role == Qt::DisplayRole ? QVariant(tr("Setting")) : QVariant();
    const Column& column = m_columns[static_cast<std::size_t>(section) - 1];
    if (role == Qt::ToolTipRole)
        return column.tip.isEmpty() ? column.name : QStringLiteral("%1\n%2").arg(column.name, column.tip);
    if (role != Qt::DisplayRole)
        return {};
    return column.host ? tr("%1 (host)").arg(shortened(column.name)) : shortened(column.name);
}

} // namespace halfopen
