// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopenctl/commands.h"
#include "app/halfopenctl/interrupts.h"
#include "app/halfopenctl/language.h"
#include "app/halfopenctl/source_options.h"
#include "app/halfopenctl/terminal.h"
#include "app/halfopenctl/text_file.h"
#include "core/format/duration.h"
#include "core/kernel/sysctl/boot_reader.h"
#include "core/kernel/sysctl/machine_reader.h"
#include "core/metrics/exposition.h"
#include "core/metrics/frame_metrics.h"
#include "core/metrics/running_metrics.h"

#include "halfopen_version.h"
#include "halfopenctl_presets.h"
#include <poll.h>
#include <unistd.h>

#include <sys/resource.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

namespace halfopen::ctl {

namespace {

using namespace std::chrono_literals;

constexpr auto kTimeLimit = 5s; // as list
constexpr std::size_t kMostDestinations = 20;

struct MetricsOptions : SourceOptions {
    std::string textFile;
    std::string interval = "15s";
    std::string by;
    std::vector<std::string> middleboxes;
    std::vector<std::uint16_t> ports;
    std::size_t destinations = 0;
    bool openMetrics = false;
    bool once = false;
};

/// @return Usage where the words make no sense together, or name nothing
Result<MetricsInput> inputFor(const MetricsOptions& options) {
    MetricsInput input{.version = kVersion,
                       .machine = {},
                       .boot = {},
                       .middleboxes = readMiddleboxes(kPresets).value_or(std::vector<Middlebox>{}),
                       .onPath = options.middleboxes,
                       .places = {.ports = knownServicePorts(),
                                  .byProcess = options.by == "process",
                                  .destinations = std::min(options.destinations, kMostDestinations)},
                       .now = {}};
    if (!options.ports.empty())
        input.places.ports = {options.ports.begin(), options.ports.end()};
    for (const std::string& id : options.middleboxes) {
        const auto known = std::ranges::find(input.middleboxes, id, &Middlebox::id);
        if (known == input.middleboxes.end() || known->layer != 4)
            return failure(ErrorCode::Usage, Sentence::tr("No middlebox of layer 4 is called '{0}'.", id));
    }
    return input;
}

std::vector<MetricFamily> familiesOf(const Frame& frame, MetricsInput& input) {
    input.machine = readMachine();
    input.boot = readBootConfiguration();
    input.now = std::chrono::system_clock::now();
    return frameMetrics(frame, input);
}

/// Once, to stdout or to the file.
int tellOnce(const MetricsOptions& options, MetricsInput input) {
    const auto monitor = options.monitor();
    if (!monitor)
        return fail(monitor.error(), false);
    Query query = options.query();
    query.owners = options.by == "process"; // nothing else of one look needs them
    const FramePtr frame = (*monitor)->sampleSettled(query, kTimeLimit);
    if (frame->error)
        return fail(*frame->error, false);
    const std::string text =
        exposed(familiesOf(*frame, input), options.openMetrics ? Exposition::OpenMetrics : Exposition::Text);
    if (!options.textFile.empty()) {
        const auto written = replaceFile(options.textFile, text);
        return written ? 0 : fail(written.error(), false);
    }
    StandardOutput out;
    out.write(text);
    return out.finish(false);
}

ProcessReadings readProcess(std::chrono::system_clock::time_point started) {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    std::uint64_t pages = 0;
    std::ifstream("/proc/self/statm") >> pages >> pages; // of which the second is resident
    return {seconds(usage.ru_utime) + seconds(usage.ru_stime),
            pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE)), started};
}

/// Looks for owners and dead sockets, at their own pace, and takes the ends that the kernel tells meanwhile.
/// @return false when it is time to end
bool waitUntil(MonotonicTime next, Monitor& monitor, const Interrupts& interrupts) {
    constexpr auto kSlice = 20ms, kBetweenSlices = 100ms;
    while (MonotonicClock::now() < next) {
        monitor.lookUp(kSlice);
        auto left = std::chrono::ceil<std::chrono::milliseconds>(next - MonotonicClock::now());
        if (!monitor.idle())
            left = std::min<std::chrono::milliseconds>(left, kBetweenSlices);
        pollfd watched[2] = {{interrupts.descriptor(), POLLIN, 0}, {monitor.eventDescriptor(), POLLIN, 0}};
        if (::poll(watched, 2, static_cast<int>(std::max<std::int64_t>(left.count(), 0))) <= 0)
            continue;
        if (watched[0].revents != 0 && interrupts.take())
            return false;
        if (watched[1].revents != 0)
            monitor.takeEvents();
    }
    return true;
}

/// Again and again, each time the whole file. A look that fails, or a disk that is full, is told and the next one
/// tried: the file says how old it is.
int keepTelling(const MetricsOptions& options, MetricsInput input, std::chrono::milliseconds least) {
    constexpr int kShare = 50; // one part in so many of a processor at most
    const auto started = std::chrono::system_clock::now();
    const auto monitor = options.watchingMonitor(std::make_shared<History>());
    if (!monitor)
        return fail(monitor.error(), false);
    const Interrupts interrupts;
    RunningMetrics running;
    Query query = options.query();
    query.interval = std::min<std::chrono::milliseconds>(least, 10s); // what it takes for late
    std::chrono::nanoseconds interval = least;
    for (bool first = true;; first = false) {
        const MonotonicTime begun = MonotonicClock::now();
        const FramePtr frame = (*monitor)->sample(query);
        if (frame->error && first)
            return fail(*frame->error, false);
        running.add(frame);
        auto families = familiesOf(*frame, input);
        const auto more = running.families(interval, readProcess(started));
        families.insert(families.end(), more.begin(), more.end());
        const auto written = replaceFile(options.textFile, exposed(families, Exposition::Text));
        if (!written && first)
            return fail(written.error(), false);
        if (!written || frame->error)
            fail(written ? *frame->error : written.error(), false);
        interval = std::max<std::chrono::nanoseconds>(least, kShare * (MonotonicClock::now() - begun));
        if (!waitUntil(begun + interval, **monitor, interrupts))
            return 0;
    }
}

int metrics(const MetricsOptions& options) {
    const auto interval = parseDuration(options.interval);
    if (!interval || *interval < 1s || *interval > 1h)
        return fail({ErrorCode::Usage, Sentence::tr("The interval '{0}' is not between 1s and 1h.", options.interval)},
                    false);
    if (!options.textFile.empty() && !options.textFile.ends_with(".prom"))
        return fail({ErrorCode::Usage, Sentence::tr("node_exporter reads files whose names end with .prom.")}, false);
    if (!options.textFile.empty() && options.openMetrics)
        return fail({ErrorCode::Usage, Sentence::tr("node_exporter does not read OpenMetrics.")}, false);
    auto input = inputFor(options);
    if (!input)
        return fail(input.error(), false);
    if (auto entered = options.enterNetns(); !entered) // its settings and counters are read there, too
        return fail(entered.error(), false);
    return options.textFile.empty() || options.once ? tellOnce(options, std::move(*input))
                                                    : keepTelling(options, std::move(*input), *interval);
}

} // namespace

void addMetrics(CLI::App& app, Run& run) {
    auto options = std::make_shared<MetricsOptions>();
    CLI::App* command = app.add_subcommand(
        "metrics", say(Sentence::tr("Counts for Prometheus, once or into a file for node_exporter")));
    auto* file =
        command->add_option("--textfile", options->textFile, say(Sentence::tr("Keep writing FILE.prom, always whole")))
            ->type_name("FILE");
    command
        ->add_option("--interval", options->interval,
                     say(Sentence::tr("Between looks, 1s to 1h; grows where a look costs much")))
        ->type_name("TIME")
        ->needs(file);
    command->add_flag("--once", options->once, say(Sentence::tr("Write the file once and end")))->needs(file);
    command->add_flag("--openmetrics", options->openMetrics,
                      say(Sentence::tr("OpenMetrics 1.0 in place of the text format 0.0.4")));
    command->add_option("--by", options->by, say(Sentence::tr("process: also by name of process")))
        ->check(CLI::IsMember({"process"}));
    command->add_option("--ports", options->ports, say(Sentence::tr("Remote ports that are told by number")))
        ->delimiter(',');
    command
        ->add_option("--middlebox", options->middleboxes, say(Sentence::tr("What is on the way: an id of the presets")))
        ->type_name("ID")
        ->delimiter(',');
    command
        ->add_option("--destinations", options->destinations,
                     say(Sentence::tr("Also the fullest N remote addresses (at most 20): they leave this machine")))
        ->type_name("N");
    options->addNetns(*command, false);
    options->addSource(*command);
    command->callback([options, &run] { run = [options] { return metrics(*options); }; });
}

} // namespace halfopen::ctl
