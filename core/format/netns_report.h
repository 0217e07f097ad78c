// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"
#include "core/model/sentence.h"

#include <string>

namespace halfopen {

/// A table for people: each network namespace of a frame with its sockets and its keepalive settings, and what else of
/// its settings is other than the host's. Names in it are text of others.
std::string settingsByNetnsText(const Frame& frame, const Language& language = kEnglish);

} // namespace halfopen
