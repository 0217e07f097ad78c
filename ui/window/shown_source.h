// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history/history.h"

#include <QString>

namespace halfopen {

/// Whose connections a window shows: this machine's, unless one of the two is named.
struct ShownSource {
    QString recording{};  ///< its file
    QString host{};       ///< another machine, as ssh(1) takes it
    HistoryPtr history{}; ///< of that machine; null: this one's
};

} // namespace halfopen
