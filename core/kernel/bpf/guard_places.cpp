// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/bpf/guard_program.h"
#include "core/kernel/process/cgroup_names.h"

namespace halfopen {

GuardPlaces machinesGuardPlaces() {
    return {.cgroup = cgroupMount()};
}

} // namespace halfopen
