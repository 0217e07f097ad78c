// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/error.h"

#include <string>
#include <string_view>

namespace halfopen::ctl {

/// Replaces a file as a whole, for everybody to read: who reads it meanwhile sees the old text or the new one, and
/// after a failure the old one is still there and nothing lies beside it. What the name was a link to is left alone.
/// @return  Unreadable, naming the file, where it could not be written
Result<void> replaceFile(const std::string& file, std::string_view text);

} // namespace halfopen::ctl
