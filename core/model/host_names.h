// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/endpoint.h"

#include <map>
#include <memory>
#include <string>

namespace halfopen {

/// What hosts are called, as far as the system's resolver knows: text of others. Immutable once published.
using HostNames = std::map<IpAddress, std::string>;
using HostNamesPtr = std::shared_ptr<const HostNames>;

} // namespace halfopen
