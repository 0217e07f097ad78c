// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopenctl/commands.h"
#include "app/halfopenctl/interrupts.h"
#include "app/halfopenctl/language.h"
#include "app/halfopenctl/metrics_options.h"
#include "app/halfopenctl/metrics_watch.h"
#include "app/halfopenctl/terminal.h"
#include "app/halfopenctl/text_file.h"
#include "core/metrics/exposition.h"

#include <chrono>
#include <memory>
#include <string>
#include <utility>

namespace halfopen::ctl {

namespace {

using namespace std::chrono_literals;

struct CommandOptions : MetricsOptions {
    std::string textFile;
    bool openMetrics = false;
    bool once = false;
};

/// Once, to stdout or to the file.
int tellOnce(const CommandOptions& options, MetricsInput input) {
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

/// Again and again, each time the whole file. A look that fails, or a disk that is full, is told and the next one
/// tried: the file says how old it is.
int keepTelling(const CommandOptions& options, MetricsInput input, std::chrono::milliseconds least) {
    auto watch = MetricsWatch::open(options, std::move(input), least);
    if (!watch)
        return fail(watch.error(), false);
    const Interrupts interrupts;
    for (bool first = true;; first = false) {
        const MetricsWatch::Look look = watch->look();
        if (look.error && first)
            return fail(*look.error, false);
        const auto written = replaceFile(options.textFile, exposed(look.families, Exposition::Text));
        if (!written && first)
            return fail(written.error(), false);
        if (!written || look.error)
            fail(written ? *look.error : written.error(), false);
        if (!watch->waitForNext(interrupts))
            return 0;
    }
}

int metrics(const CommandOptions& options) {
    const auto interval = options.parsedInterval();
    if (!interval)
        return fail(interval.error(), false);
    if (!options.textFile.empty() && !options.textFile.ends_with(".prom"))
        return fail({ErrorCode::Usage, Sentence::tr("node_exporter reads files whose names end with .prom.")}, false);
    if (!options.textFile.empty() && options.openMetrics)
        return fail({ErrorCode::Usage, Sentence::tr("node_exporter does not read OpenMetrics.")}, false);
    auto input = options.input();
    if (!input)
        return fail(input.error(), false);
    if (auto entered = options.enterNetns(); !entered) // its settings and counters are read there, too
        return fail(entered.error(), false);
    return options.textFile.empty() || options.once ? tellOnce(options, std::move(*input))
                                                    : keepTelling(options, std::move(*input), *interval);
}

} // namespace

void addMetrics(CLI::App& app, Run& run) {
    auto options = std::make_shared<CommandOptions>();
    CLI::App* command = app.add_subcommand(
        "metrics", say(Sentence::tr("Counts for Prometheus, once or into a file for node_exporter")));
    auto* file =
        command->add_option("--textfile", options->textFile, say(Sentence::tr("Keep writing FILE.prom, always whole")))
            ->type_name("FILE");
    options->addInterval(*command)->needs(file);
    command->add_flag("--once", options->once, say(Sentence::tr("Write the file once and end")))->needs(file);
    command->add_flag("--openmetrics", options->openMetrics,
                      say(Sentence::tr("OpenMetrics 1.0 in place of the text format 0.0.4")));
    options->addCounts(*command);
    command->callback([options, &run] { run = [options] { return metrics(*options); }; });
}

} // namespace halfopen::ctl
