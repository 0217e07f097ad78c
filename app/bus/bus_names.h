// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/contract/helper_names.h"

#include <QLatin1String>

namespace halfopen {

/// The names of the contract between the helper and its clients, and those of who else is asked.
inline constexpr QLatin1String kHelperService{kHelperName, sizeof kHelperName - 1};
inline constexpr QLatin1String kHelperPath{kHelperObject, sizeof kHelperObject - 1};
inline constexpr QLatin1String kHelperInterface{kHelperName, sizeof kHelperName - 1};
inline constexpr QLatin1String kPolkitService{"org.freedesktop.PolicyKit1"};
inline constexpr QLatin1String kDBusService{"org.freedesktop.DBus"};
inline constexpr QLatin1String kDBusPath{"/org/freedesktop/DBus"};
inline constexpr QLatin1String kDBusInterface{"org.freedesktop.DBus"};

} // namespace halfopen
