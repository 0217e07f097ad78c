// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/sentence.h"

#include <CLI/CLI.hpp>

namespace halfopen::ctl {

/// What CLI11 says of a wrong command line, as a sentence that can be translated. Its English is CLI11's.
Sentence sentenceOf(const CLI::ParseError& error);

} // namespace halfopen::ctl
