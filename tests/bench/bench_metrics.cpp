// SPDX-License-Identifier: GPL-3.0-or-later
// bench_metrics SOCKETS: what it takes to count a frame for Prometheus and to write that down, beside the frame itself.
#include "core/kernel/diag/netlink_source.h"
#include "core/metrics/exposition.h"
#include "core/metrics/frame_metrics.h"
#include "core/monitor/monitor.h"
#include "core/tuning/middlebox.h"
#include "tests/bench/socket_field.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <vector>

namespace {

using namespace halfopen;
using Seconds = std::chrono::duration<double>;

constexpr int kRounds = 7;
constexpr std::size_t kDestinations = 20; // as many as may be told

MetricsInput inputOfAll() {
    std::ifstream file(HALFOPEN_PRESETS);
    const std::string presets{std::istreambuf_iterator<char>(file), {}};
    return {.version = "bench",
            .machine = {},
            .boot = {},
            .middleboxes = readMiddleboxes(presets).value(),
            .onPath = {},
            .places = {.ports = knownServicePorts(), .destinations = kDestinations},
            .now = std::chrono::system_clock::now()};
}

double seconds(const std::function<void()>& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return Seconds(std::chrono::steady_clock::now() - start).count();
}

double median(std::vector<double> values) {
    std::ranges::sort(values);
    return values[values.size() / 2];
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fprintf(stderr, "usage: bench_metrics SOCKETS\n");
        return 2;
    }
    const bench::SocketField field(std::strtoul(argv[1], nullptr, 10));
    auto source = NetlinkSource::open();
    if (!source)
        std::abort();
    Monitor monitor(std::move(*source), {.owners = false, .options = false, .calibrate = false});
    const Query query{.sort = SortKey::Kernel, .summary = false};
    const MetricsInput input = inputOfAll();
    FramePtr frame = monitor.sample(query);
    std::vector<double> sampled, counted, written;
    std::size_t bytes = 0;
    for (int round = 0; round < kRounds; ++round) {
        std::vector<MetricFamily> families;
        sampled.push_back(seconds([&] { frame = monitor.sample(query); }));
        counted.push_back(seconds([&] { families = frameMetrics(*frame, input); }));
        written.push_back(seconds([&] { bytes = exposed(families, Exposition::Text).size(); }));
    }
    const double metrics = median(counted) + median(written);
    fmt::print("| metrics of {} connections: counted and written ({:.1f} + {:.1f} ms, {} kB), against their frame | "
               "{:.3f} s metrics | {:.3f} s frame | {:.2f} x | <= 0.10 x |\n",
               frame->rows.size(), median(counted) * 1e3, median(written) * 1e3, bytes / 1000, metrics, median(sampled),
               metrics / median(sampled));
    return 0;
}
