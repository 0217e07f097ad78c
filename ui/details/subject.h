// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/ended_connection.h"
#include "core/model/frame.h"
#include "core/model/row.h"

namespace halfopen {

class DesktopPrograms;

/// The connection that the details are about, as one frame knows it.
struct Subject {
    FramePtr frame;           ///< null: nothing is selected
    const Row* row = nullptr; ///< into frame
    bool gone = false;        ///< the newest frame no longer has it; `frame` is the last one that had

    EndedConnectionPtr ending;                 ///< how it ended, once that is known; null before
    const DesktopPrograms* programs = nullptr; ///< asked for the applications behind processes; may be null

    explicit operator bool() const { return row != nullptr; }
    /// It has ended: nothing of it is to come.
    bool over() const { return row && (gone || row->change == Change::Closed); }
};

} // namespace halfopen
