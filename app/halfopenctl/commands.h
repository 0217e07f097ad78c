// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>

#include <functional>

namespace halfopen::ctl {

/// What main() runs once the words are parsed: the chosen subcommand; returns the exit code.
using Run = std::function<int()>;

// Each adds its subcommand to `app`; when that was chosen, `run` is set to what does it. One file each.
void addList(CLI::App& app, Run& run);
void addSummary(CLI::App& app, Run& run);
void addWatch(CLI::App& app, Run& run);
void addShow(CLI::App& app, Run& run);
void addRecord(CLI::App& app, Run& run);
void addCompare(CLI::App& app, Run& run);
void addEvents(CLI::App& app, Run& run);
void addSet(CLI::App& app, Run& run);
void addClose(CLI::App& app, Run& run);
void addSysctl(CLI::App& app, Run& run);
void addGuard(CLI::App& app, Run& run);
void addMetrics(CLI::App& app, Run& run);
void addStream(CLI::App& app, Run& run);
void addLab(CLI::App& app, Run& run);

} // namespace halfopen::ctl
