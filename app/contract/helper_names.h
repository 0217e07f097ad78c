// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace halfopen {

/// The helper's name on the bus, which is that of its interface as well, and of its one object.
inline constexpr char kHelperName[] = "org.halfopen.Helper1";
inline constexpr char kHelperObject[] = "/org/halfopen/Helper1";

} // namespace halfopen
