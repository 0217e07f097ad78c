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

/// Two frames and what is different between them, which takes its time with many rows.
struct ComparedFrames {
    FramePtr before; ///< the earlier one, as `now` not null
    FramePtr now;
    Comparison comparison; ///< compareFrames() of them
};

/// The difference of two frames as rows: what is new, what is gone, what is another now.
class ComparisonModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column : std::uint8_t { Kind, Local, Remote, Process, What, ColumnCount };

    explicit ComparisonModel(ComparedFrames frames, QObject* parent = nullptr);

    /// @param kinds  1 << DifferenceKind for each that is shown; 0: all
    void setKinds(std::uint32_t kinds);
    std::size_t countOf(DifferenceKind difference) const;
    std::size_t alike() const { return m_frames.comparison.alike; } ///< connections that are as they were

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

    ComparedFrames m_frames;
    std::vector<Line> m_lines;
};

} // namespace halfopen
