// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/ended_connection.h"

#include <QString>

#include <span>

namespace halfopen {

/// One column of the list of ended connections.
struct HistoryColumn {
    const char* title; ///< English, translated in the context "HistoryColumns"
    QString (*text)(const EndedConnection& record);
    /// Whether one stands before the other, rising; equal ones are ordered by their number.
    bool (*less)(const EndedConnection& one, const EndedConnection& other);
    int characters;     ///< width that suits it
    bool right = false; ///< numbers stand at the right
};

std::span<const HistoryColumn> historyColumns();   ///< in the order of HistoryColumnIndex
QString historyTitle(const HistoryColumn& column); ///< translated

enum HistoryColumnIndex {
    HistoryEnded,
    HistoryLasted,
    HistoryRemote,
    HistoryProcess,
    HistoryEnding,
    HistoryForecast,
    HistoryError,
    HistoryEvidence,
    HistoryLastLife,
    HistoryLocal
};

} // namespace halfopen
