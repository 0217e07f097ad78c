// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/resource.h>

namespace halfopen {

/// As many descriptors as this process may have. Each network namespace takes some ten; the usual limit is for a
/// hundred of them. Not for a program that uses select(2). Source: getrlimit(2), RLIMIT_NOFILE.
inline void raiseDescriptorLimit() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

} // namespace halfopen
