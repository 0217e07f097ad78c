// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <systemd/sd-bus.h>

namespace halfopen {

class HelperService;

/// Shows the service on the bus: exactly fifteen methods and two properties, with typed arguments, and nothing else.
/// @param service  outlives the bus, or at least whatever is processed of it
/// @return false   where there was no memory for it
bool showOnBus(sd_bus* bus, HelperService& service);

} // namespace halfopen
