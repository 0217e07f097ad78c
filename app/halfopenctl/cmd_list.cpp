// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopenctl/commands.h"
#include "app/halfopenctl/source_options.h"
#include "app/halfopenctl/terminal.h"
#include "core/format/table.h"

#include <memory>

namespace halfopen::ctl {

namespace {

// Reading the options of 10,000 sockets and the descriptors of a machine takes less; a machine where it takes more is
// shown what was found until then.
constexpr std::chrono::seconds kTimeLimit{5};

struct ListOptions : SourceOptions {
    bool csv = false;
    std::string columns;
};

bool print(const ListOptions& options, const Frame& frame, std::span<const TextColumn* const> columns,
           StandardOutput& out) {
    const Output output = [&](std::string_view text) { return out.write(text); };
    if (options.json)
        return writeFrameJson(frame, thisHost(), output);
    if (options.csv)
        return writeCsv(frame, columns, output);
    return writeTable(frame, columns, {.colour = wantsColour()}, output);
}

int list(const ListOptions& options) {
    const auto columns = selectColumns(options.columns);
    if (!columns)
        return fail(columns.error(), options.json);
    auto monitor = options.monitor();
    if (!monitor)
        return fail(monitor.error(), options.json);
    const FramePtr frame = (*monitor)->sampleSettled(options.query(), kTimeLimit);
    if (frame->error)
        return fail(*frame->error, options.json);
    StandardOutput out;
    print(options, *frame, *columns, out);
    if (!options.json)
        tellNotes(*frame);
    if (!options.json && options.filter.empty())
        noteDeadSockets(*frame);
    return out.finish(options.json);
}

} // namespace

void addList(CLI::App& app, Run& run) {
    auto options = std::make_shared<ListOptions>();
    CLI::App* command = app.add_subcommand("list", "All TCP sockets once, and what the kernel will do to each");
    options->addFilter(*command);
    options->addReplay(*command);
    options->addNoOwners(*command);
    options->addJson(*command, "One JSON object (schema 1)");
    CLI::Option* csv = command->add_flag("--csv", options->csv, "Comma-separated values, with a header");
    csv->excludes(command->get_option("--json"));
    command->add_option("--columns", options->columns, "Columns to print, separated by commas")
        ->excludes(command->get_option("--json"));
    command->callback([options, &run] { run = [options] { return list(*options); }; });
}

} // namespace halfopen::ctl
