// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/query/frame_comparison.h"

#include <QAbstractTableModel>

#include <array>
#include <cstdint>
#include <vector>

namespace halfopen {

/// What can be said of one connection in two frames.
enum class DifferenceKind : std::uint8_t { New, Gone, Changed };

inline constexpr std::array kDifferenceKinds{DifferenceKind::New, DifferenceKind::Gone, DifferenceKind::Changed};

QString differenceLabel(DifferenceKind difference); ///< "new"; translated

/// The difference of two frames as rows: what is new, what is gone, what is another now.
class ComparisonModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column : std::uint8_t { Kind, Local, Remote, Process, What, ColumnCount };

    /// @param before  the earlier frame, as `now` not null
    ComparisonModel(FramePtr before, FramePtr now, QObject* parent = nullptr);

    /// @param kinds  1 << DifferenceKind for each that is shown; 0: all
    void setKinds(std::uint32_t kinds);
    std::size_t countOf(DifferenceKind difference) const;
    std::size_t alike() const { return m_comparison.alike; } ///< connections that are as they were

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Line {
        DifferenceKind difference;
        std::uint32_t at; ///< into the list of Comparison that it belongs to
    };

    std::vector<Line> linesOf(std::uint32_t kinds) const;
    QString text(const Line& line, int column) const;
    QString changesText(const ChangedConnection& changed) const;

    FramePtr m_before;
    FramePtr m_now;
    Comparison m_comparison;
    std::vector<Line> m_lines;
};

} // namespace halfopen
