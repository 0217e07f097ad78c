// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/exposition.h"

#include <string_view>

namespace halfopen {

/// The spelling that a client likes best. Pure; whatever stands in it.
/// @param accept  its header Accept (RFC 9110, 12.5.1), as Prometheus sends it; "": it has none
/// @return        OpenMetrics where its version 1.0.0 is named and not less liked than text/plain; else Text, which
/// every
///                collector reads
Exposition expositionFor(std::string_view accept);

} // namespace halfopen
