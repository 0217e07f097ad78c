// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopenctl/commands.h"
#include "app/halfopenctl/language.h"
#include "app/halfopenctl/source_options.h"
#include "app/halfopenctl/terminal.h"
#include "core/format/summary_report.h"

#include <memory>

namespace halfopen::ctl {

namespace {

int summary(const SourceOptions& options) {
    const TypedFilter filter = options.typedFilter();
    if (const int refused = filter.check(options.json); refused != 0)
        return refused;
    const auto monitor = options.monitor();
    if (!monitor)
        return fail(monitor.error(), options.json);
    const FramePtr frame = (*monitor)->sampleSettled(options.query(filter), kTimeLimit);
    if (frame->error)
        return fail(*frame->error, options.json);
    if (const int refused = TypedFilter::checkAnswers(*frame, options.json); refused != 0)
        return refused;
    StandardOutput out;
    out.write(options.json ? summaryJson(*frame, thisHost()) : summaryText(*frame, language()));
    if (!options.json) {
        tellNotes(*frame);
        filter.tellHints(*frame);
        noteDeadSockets(*frame);
    }
    return out.finish(options.json);
}

} // namespace

void addSummary(CLI::App& app, Run& run) {
    auto options = std::make_shared<SourceOptions>();
    CLI::App* command = app.add_subcommand(
        "summary", say(Sentence::tr("How many sockets there are by state and family, and what is wrong with them")));
    options->addFilter(*command);
    options->addReplay(*command);
    options->addNetns(*command, true);
    options->addNoOwners(*command);
    options->addJson(*command, Sentence::tr("One JSON object (schema 1)"));
    command->callback([options, &run] { run = [options] { return summary(*options); }; });
}

} // namespace halfopen::ctl
