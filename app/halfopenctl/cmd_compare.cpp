// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopenctl/commands.h"
#include "app/halfopenctl/language.h"
#include "app/halfopenctl/source_options.h"
#include "app/halfopenctl/terminal.h"
#include "core/format/comparison_report.h"

#include <memory>

namespace halfopen::ctl {

namespace {

// Beside the exit codes of every subcommand: what fails must not look like a difference.
constexpr int kDiffer = 6;

struct CompareOptions : SourceOptions {
    std::string before;
    std::string after; ///< "": the living machine
    bool exitCode = false;
};

Result<FramePtr> frameOf(const CompareOptions& options, const std::string& file, const TypedFilter& filter) {
    SourceOptions one = options;
    one.replay = file;
    const auto monitor = one.monitor();
    if (!monitor)
        return tl::unexpected(monitor.error());
    FramePtr frame = (*monitor)->sampleSettled(one.query(filter), kTimeLimit);
    if (frame->error)
        return tl::unexpected(*frame->error);
    return frame;
}

int compare(const CompareOptions& options) {
    const TypedFilter filter = options.typedFilter();
    if (const int refused = filter.check(options.json); refused != 0)
        return refused;
    const auto before = frameOf(options, options.before, filter);
    if (!before)
        return fail(before.error(), options.json);
    CompareOptions later = options;
    later.allNetns = options.after.empty() && (*before)->namespaces.size() > 1; // what lives elsewhere is not gone
    const auto after = frameOf(later, options.after, filter);
    if (!after)
        return fail(after.error(), options.json);
    const Comparison comparison = compareFrames(**before, **after);
    StandardOutput out;
    if (options.json)
        writeComparisonJson(comparison, **before, **after, thisHost(),
                            [&](std::string_view text) { return out.write(text); });
    else
        out.write(comparisonText(comparison, **before, **after, language()));
    if (const int failed = out.finish(options.json); failed != 0)
        return failed;
    return options.exitCode && !comparison.isEmpty() ? kDiffer : 0;
}

} // namespace

void addCompare(CLI::App& app, Run& run) {
    auto options = std::make_shared<CompareOptions>();
    CLI::App* command = app.add_subcommand(
        "compare", say(Sentence::tr("What is new, gone and changed from one recording to another, or to now")));
    command->add_option("BEFORE", options->before, say(Sentence::tr("The earlier recording")))->required();
    command->add_option("AFTER", options->after, say(Sentence::tr("The later one; without it, what is there now")));
    command
        ->add_option("--filter", options->filter,
                     say(Sentence::tr("Only what this filter lets through in either of them")))
        ->expected(1);
    command->add_flag("--exit-code", options->exitCode, say(Sentence::tr("Exit with 6 where they differ")));
    options->addJson(*command, Sentence::tr("One JSON object (schema 1)"));
    command->callback([options, &run] { run = [options] { return compare(*options); }; });
}

} // namespace halfopen::ctl
