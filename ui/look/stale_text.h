// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"

#include <QString>

namespace halfopen {

/// Of a frame with rows and an error: since when its rows are old, and why.
QString staleText(const Frame& frame);

} // namespace halfopen
