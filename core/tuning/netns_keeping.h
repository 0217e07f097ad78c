// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/contexts.h"
#include "core/model/keepalive_defaults.h"

#include <cstdint>
#include <string>

namespace halfopen {

/// Who makes a network namespace anew each time, and so has to be told what is to be kept.
enum class NetnsMaker : std::uint8_t { Docker, Podman, Quadlet, Kubernetes, Machine, Unit, IpNetns, Other };

NetnsMaker makerOf(const NetnsInside& inside);

/// What has to stand where so that a namespace starts with these values: lines of a compose file, a pod's
/// securityContext, a quadlet, a unit, a command. "" for Other. Pure.
/// @param name  of the namespace, for IpNetns
std::string linesToKeep(NetnsMaker maker, const std::string& name, const KeepaliveDefaults& values);

} // namespace halfopen
