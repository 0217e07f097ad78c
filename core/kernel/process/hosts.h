// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/endpoint.h"

#include <string>
#include <vector>

namespace halfopen {

/// What the system's resolver knows of a host; may take as long as that likes. As ss has it: the addresses of IPv6
/// where there are none of IPv4. Each once; none: the name is not known.
std::vector<IpAddress> addressesOf(const std::string& host);

/// What it calls an address; may take as long as that likes. "": it knows none.
std::string nameOf(const IpAddress& address);

} // namespace halfopen
