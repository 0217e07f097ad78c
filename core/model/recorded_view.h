// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/sentence.h"

#include <cstddef>
#include <vector>

namespace halfopen {

/// What was written into a recording.
struct RecordedView {
    std::size_t sockets = 0;
    std::vector<Sentence> leftOut; ///< network namespaces that could not be asked, and why; a sentence each
};

} // namespace halfopen
