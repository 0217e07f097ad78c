// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/exposition.h"
#include "core/metrics/frame_metrics.h"
#include "core/metrics/running_metrics.h"
#include "tests/frames/frame_maker.h"

#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace halfopen::test {

inline std::string textOf(const char* path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// As a machine of nobody's: every counter and setting is told.
inline MetricsInput metricsInput() {
    MetricsInput input{.version = "9.8.7",
                       .machine = {},
                       .boot = {},
                       .middleboxes = readMiddleboxes(textOf(PRESETS_FILE)).value_or(std::vector<Middlebox>{}),
                       .onPath = {"aws-nlb"},
                       .places = {.ports = knownServicePorts(), .byProcess = true, .destinations = 20},
                       .now = std::chrono::system_clock::time_point(std::chrono::seconds(1'795'830'000))};
    MachineReadings& machine = input.machine;
    machine.listenOverflows = machine.listenDrops = machine.keepaliveProbes = machine.abortsOnTimeout =
        machine.timeWaitOverflows = machine.requestQueueFullDrops = 7;
    machine.maxTimeWaits = machine.timeWaitReuse = machine.acceptQueue = machine.synBacklog = 4096;
    machine.reservedPorts = 10;
    return input;
}

/// Values by "name{labels}", as the text format has them.
inline std::map<std::string, std::string> samplesOf(const std::vector<MetricFamily>& families,
                                                    Exposition exposition = Exposition::Text) {
    std::map<std::string, std::string> samples;
    std::istringstream lines(exposed(families, exposition));
    for (std::string line; std::getline(lines, line);)
        if (!line.starts_with('#'))
            samples[line.substr(0, line.rfind(' '))] = line.substr(line.rfind(' ') + 1);
    return samples;
}

/// The usual machine with what newer kernels have.
inline FrameSeries newestKernel() {
    FrameSeries series;
    series.machine().sysctls.hasRtoMax = series.machine().sysctls.hasSynLinearTimeouts = true;
    return series;
}

} // namespace halfopen::test
