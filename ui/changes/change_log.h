// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/keepalive_defaults.h"
#include "core/model/socket_key.h"

#include <QAbstractTableModel>
#include <QDateTime>
#include <QString>

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

namespace halfopen {

/// One change of what the kernel had. What is said of it is said in the window's language.
struct LoggedChange {
    QDateTime when;
    QString of;     ///< "psql 8123 → 203.0.113.9:5432", "Settings of this machine"
    QString values; ///< what each was, and what it is since then: "TCP_KEEPIDLE: 7200 s → 60 s"
    QString by;     ///< "Halfopen", "another program"
    QString state;  ///< what has become of it: "in effect", "taken back at 13:05:10", "not done: ..."

    // What it takes to take it back.
    std::vector<SocketKey> sockets;       ///< whose options were changed
    std::uint64_t round = 0;              ///< ChangeRound::number; 0: no options of sockets were changed
    std::optional<KeepaliveDefaults> was; ///< settings of before
    NetnsId netns = 0;                    ///< whose settings they are
};

/// What was changed while the window was open, the newest first. GUI thread.
class ChangeLog final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column : std::uint8_t { When, Of, Values, By, Now, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void add(LoggedChange change);
    /// @param line  as a row of the model
    void setState(int line, const QString& state);
    const LoggedChange& at(int line) const { return m_lines[static_cast<std::size_t>(line)]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    static constexpr std::size_t kMost = 1000; ///< lines; the oldest ones go

private:
    static QString text(const LoggedChange& change, int column);

    std::deque<LoggedChange> m_lines;
};

} // namespace halfopen
