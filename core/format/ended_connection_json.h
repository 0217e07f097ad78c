// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/ended_connection.h"

#include <optional>
#include <string>
#include <string_view>

namespace halfopen {

/// One ended connection as one JSON object on one line, without a newline. Shape: halfopenctl(1), events. What is not
/// known is null. Stable, as all machine output.
std::string endedConnectionJson(const EndedConnection& record);

/// The inverse, as far as JSON tells it; the archive's rows are read with it.
/// @return nullopt where the text is none, or an essential part of it is missing or makes no sense. Never throws.
std::optional<EndedConnection> parseEndedConnection(std::string_view json);

} // namespace halfopen
