// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/error.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen::ctl {

/// What stands before a sentence on stderr. Each program's main.cpp defines its own.
extern const std::string_view kProgram;

/// Text on stderr as it is. Where that cannot be written, nobody can be told so.
void tellText(std::string_view text);
/// "PROGRAM: SENTENCE" on stderr, on one line, whatever names stand in it.
void tell(const Sentence& sentence);

/// Tells an error on stderr, as a sentence or as JSON, and returns its exit code.
int fail(const Error& error, bool json);

/// Standard output that notices when it fails. A closed pipe is quiet (the reader had enough), everything else is
/// reported.
class StandardOutput {
public:
    /// What a machine reads, and what is harmless already. @return false once anything could not be written
    bool write(std::string_view text);
    /// One line for a person, with names of others in it (core/text/foreign_text.h).
    bool writeLine(std::string_view line);
    bool writeLine(const Sentence& sentence);
    /// The same for several lines.
    bool writeText(std::string_view lines);
    /// 0, or 1 after a failure, which it tells on stderr.
    int finish(bool json);

private:
    int m_errno = 0;
};

/// Columns of the terminal on stdout; 0 where it is none.
std::size_t terminalWidth();
/// Rows of the terminal on stdout; 0 where it is none.
std::size_t terminalHeight();
/// Stdout is a terminal, NO_COLOR is not set and TERM is not "dumb".
bool wantsColour();

/// A socket cookie in hex, with or without "0x". @return Usage where it is none
Result<std::uint64_t> parseCookie(std::string_view text);

/// Words joined by blanks, as a filter takes them.
std::string joined(const std::vector<std::string>& words);

} // namespace halfopen::ctl
