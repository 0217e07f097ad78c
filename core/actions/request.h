// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/privilege_error.h"

#include <cstdint>
#include <functional>

namespace halfopen {

/// Names one request until it is answered, so that it alone can be withdrawn. 0: it was answered before its verb
/// returned.
using RequestToken = std::uint64_t;

/// Takes the answer of a verb; called exactly once.
template <class T>
using Done = std::function<void(Outcome<T>)>;

} // namespace halfopen
