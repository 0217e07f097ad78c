// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/comparison/comparison_model.h"

#include "ui/look/strings.h"
#include "ui/table/cells.h"
#include "ui/table/columns.h"

#include <utility>

namespace halfopen {

namespace {

QString columnName(ComparisonModel::Column column) {
    switch (column) {
    case ComparisonModel::Kind:
        return ComparisonModel::tr("Difference");
    case ComparisonModel::Local:
        return ComparisonModel::tr("Local");
    case ComparisonModel::Remote:
        return ComparisonModel::tr("Remote");
    case ComparisonModel::Process:
        return ComparisonModel::tr("Process");
    case ComparisonModel::What:
    case ComparisonModel::ColumnCount:
        break;
    }
    return ComparisonModel::tr("What");
}

/// As the table of connections writes them.
struct FieldWords {
    SortKey column;
    Cell (*cell)(const CellInput& input);
};

FieldWords wordsOf(ComparedField field) {
    switch (field) {
    case ComparedField::State:
        return {SortKey::State, cells::state};
    case ComparedField::Diagnosis:
        return {SortKey::Diagnosis, cells::diagnosis};
    case ComparedField::Keepalive:
        return {SortKey::Keepalive, cells::keepalive};
    case ComparedField::Unanswered:
        return {SortKey::Unanswered, cells::unanswered};
    case ComparedField::RecvQueue:
        return {SortKey::ReceiveQueue, cells::receiveQueue};
    case ComparedField::SendQueue:
        break;
    }
    return {SortKey::SendQueue, cells::sendQueue};
}

CellInput inputOf(const Frame& frame, std::uint32_t row) {
    return {frame, frame.rows[row], frame.rows[row].connection.sampled};
}

} // namespace

QString differenceLabel(DifferenceKind difference) {
    switch (difference) {
    case DifferenceKind::New:
        return ComparisonModel::tr("new");
    case DifferenceKind::Gone:
        return ComparisonModel::tr("gone");
    case DifferenceKind::Changed:
        break;
    }
    return ComparisonModel::tr("changed");
}

ComparisonModel::ComparisonModel(ComparedFrames frames, QObject* parent)
    : QAbstractTableModel(parent)
    , m_frames(std::move(frames))
    , m_lines(linesOf(0)) {}

void ComparisonModel::setKinds(std::uint32_t kinds) {
    if (!m_lines.empty()) {
        beginRemoveRows({}, 0, rowCount() - 1);
        m_lines.clear();
        endRemoveRows();
    }
    std::vector<Line> lines = linesOf(kinds);
    if (lines.empty())
        return;
    beginInsertRows({}, 0, static_cast<int>(lines.size()) - 1);
    m_lines = std::move(lines);
    endInsertRows();
}

std::vector<ComparisonModel::Line> ComparisonModel::linesOf(std::uint32_t kinds) const {
    std::vector<Line> lines;
    for (const DifferenceKind difference : kDifferenceKinds) {
        if (kinds != 0 && (kinds >> static_cast<unsigned>(difference) & 1U) == 0)
            continue;
        for (std::uint32_t at = 0; at < countOf(difference); ++at)
            lines.push_back({difference, at});
    }
    return lines;
}

std::size_t ComparisonModel::countOf(DifferenceKind difference) const {
    switch (difference) {
    case DifferenceKind::New:
        return m_frames.comparison.appeared.size();
    case DifferenceKind::Gone:
        return m_frames.comparison.gone.size();
    case DifferenceKind::Changed:
        break;
    }
    return m_frames.comparison.changed.size();
}

int ComparisonModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

int ComparisonModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ComparisonModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || (role != Qt::DisplayRole && role != Qt::ToolTipRole && role != Qt::AccessibleTextRole))
        return {};
    return text(m_lines[static_cast<std::size_t>(index.row())], index.column());
}

QVariant ComparisonModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter);
    return role == Qt::DisplayRole ? columnName(static_cast<Column>(section)) : QVariant();
}

QString ComparisonModel::text(const Line& line, int column) const {
    const bool changed = line.difference == DifferenceKind::Changed;
    const Frame& frame = line.difference == DifferenceKind::Gone ? *m_frames.before : *m_frames.now;
    const std::uint32_t row = changed                                   ? m_frames.comparison.changed[line.at].now
                              : line.difference == DifferenceKind::Gone ? m_frames.comparison.gone[line.at]
                                                                        : m_frames.comparison.appeared[line.at];
    const CellInput in = inputOf(frame, row);
    switch (column) {
    case Kind:
        return differenceLabel(line.difference);
    case Local:
        return cells::local(in).text;
    case Remote:
        return cells::remote(in).text;
    case Process:
        return cells::process(in).text;
    default:
        break;
    }
    if (changed)
        return changesText(m_frames.comparison.changed[line.at]);
    return tr("%1, %2").arg(stateName(in.row.connection.state), diagnosisLabel(in.row.diagnosis));
}

QString ComparisonModel::changesText(const ChangedConnection& changed) const {
    QStringList texts;
    for (const ComparedField field : changed.fields) {
        const FieldWords words = wordsOf(field);
        const auto was = words.cell(inputOf(*m_frames.before, changed.before)).text;
        const auto is = words.cell(inputOf(*m_frames.now, changed.now)).text;
        const auto name = columnTitle(columns()[static_cast<std::size_t>(columnOf(words.column))]);
        //: what it is, what it was, what it is now
        texts.append(tr("%1: %2 → %3").arg(name, was, is));
    }
    return texts.join(tr("; "));
}

} // namespace halfopen
