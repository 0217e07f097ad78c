// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/json.h"

#include <QString>

#include <functional>

namespace halfopen {

/// Writes a file as a whole, or leaves what was there as it is. Waits for the disk; any thread.
/// @param write  puts all of it out; false: the output refused
/// @return       what to say of it, with what was wrong
QString saveFile(const QString& file, const std::function<bool(const Output&)>& write);

} // namespace halfopen
