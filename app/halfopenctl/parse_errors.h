// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/sentence.h"

#include <CLI/CLI.hpp>

#include <optional>

namespace halfopen::ctl {

/// What CLI11 says of a wrong command line, as a sentence that can be translated. Its English is CLI11's.
Sentence sentenceOf(const CLI::ParseError& error);

/// From now on no option takes an empty value, nor any argument but a filter and a command to be run: it stands where a
/// variable of the shell is not set, and would be taken for the option left out.
void refuseEmptyValues(CLI::App& app);

/// An option that stands before a subcommand which has none of this name: it would take no notice of it.
/// @param app  has parsed its words. @return nullopt where there is none
std::optional<Sentence> optionWithoutMeaning(const CLI::App& app);

} // namespace halfopen::ctl
