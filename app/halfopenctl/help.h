// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>

namespace halfopen::ctl {

/// What --help prints around the descriptions, in the language of the reader. To be called before there is a
/// subcommand, which takes it over.
void translateHelp(CLI::App& app);

} // namespace halfopen::ctl
