// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/ended_connection.h"
#include "core/model/frame.h"
#include "core/model/guard_rule.h"
#include "core/model/row.h"

#include <functional>
#include <optional>

namespace halfopen {

class DesktopPrograms;

/// The rule of the guard that a connection has its keepalive from, as far as its control group and its values show;
/// nullopt: none, or it is not known yet.
using GuardedBy = std::function<std::optional<GuardRule>(const Frame& frame, const Row& row)>;

/// The connection that the details are about, as one frame knows it.
struct Subject {
    FramePtr frame;           ///< null: nothing is selected
    const Row* row = nullptr; ///< into frame
    bool gone = false;        ///< the newest frame no longer has it; `frame` is the last one that had

    EndedConnectionPtr ending;                 ///< how it ended, once that is known; null before
    const DesktopPrograms* programs = nullptr; ///< asked for the applications behind processes; may be null
    GuardedBy guardedBy = {};                  ///< empty: what is shown cannot be guarded

    explicit operator bool() const { return row != nullptr; }
    /// It has ended: nothing of it is to come.
    bool over() const { return row && (gone || row->change == Change::Closed); }
};

} // namespace halfopen
