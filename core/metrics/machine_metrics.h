// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/metric.h"
#include "core/model/boot_configuration.h"
#include "core/model/machine_readings.h"
#include "core/model/tcp_sysctls.h"

#include <vector>

namespace halfopen {

/// The kernel's own counters; what this kernel does not tell is left out. Pure.
void appendCounters(const MachineReadings& readings, std::vector<MetricFamily>& families);

/// The settings in effect, one family each, since a sum over different units means nothing; what was not read is left
/// out. And which of them a boot would set to something else. Pure.
void appendSettings(const TcpSysctls& sysctls, const MachineReadings& readings, const BootConfiguration& boot,
                    std::vector<MetricFamily>& families);

} // namespace halfopen
