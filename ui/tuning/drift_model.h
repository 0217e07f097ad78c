// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/query/drift.h"

#include <QAbstractTableModel>

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace halfopen {

/// The settings of every network namespace side by side: a row for each setting, a column for its name and one for each
/// namespace, the host's first. Columns are known by the number of their namespace and stay where they are while others
/// come and go.
class DriftModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    explicit DriftModel(QObject* parent = nullptr);

    void show(const Frame& frame, const DriftLog& log);

    int namespaces() const { return static_cast<int>(m_columns.size()); }
    /// How many of them have a setting that is other than the host's; `unknown`: whose settings could not be read.
    struct Counts {
        int drifted = 0;
        int unknown = 0;
    };
    Counts counts() const;
    /// NetnsContext::number of a column; nullopt: it is of no namespace.
    std::optional<std::uint32_t> netnsAt(int column) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Cell {
        std::optional<std::int32_t> value;
        bool differs = false;
        std::optional<DriftLog::Time> since;

        bool operator==(const Cell&) const = default;
    };
    struct Column {
        std::uint32_t number = 0;
        bool host = false;
        bool readable = false; ///< its settings can be read, as far as that is to be expected
        QString name;
        QString tip;
        std::array<Cell, kSettingCount> cells{};

        bool operator==(const Column&) const = default;
    };

    static std::vector<Column> columnsOf(const Frame& frame, const DriftLog& log);
    void adopt(std::vector<Column> next);
    void adoptRows();
    QString text(const Column& column, Setting id) const;
    QString tip(const Column& column, Setting id) const;

    std::vector<Setting> m_rows;
    std::vector<Column> m_columns;
};

} // namespace halfopen
