// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/error.h"
#include "core/stream/far_command.h"

#include <chrono>
#include <string>
#include <string_view>

namespace halfopen::stream {

/// How a connection to another machine has ended.
struct FarEnding {
    int status = 0;        ///< wait status of ssh (waitpid(2))
    bool begun = false;    ///< halfopenctl over there has said its first line
    std::string errorText; ///< what ssh and what it ran said on stderr, at most kMostErrorText of the last
    std::string noise{};   ///< and on stdout before the first line
};

/// What to tell of it, and what to do. Source: ssh(1), "exits with the exit status of the remote command or with 255 if
/// an error occurred"; sh(1): 127 is a command that was not found. Pure, but for SSH_AUTH_SOCK.
Error errorOf(const FarEnding& ending, const std::string& host, FarProgram program = FarProgram::Halfopenctl);

/// The same where it was ended because nothing came. @param waited  for it
Error silenceOf(const FarEnding& ending, const std::string& host, std::chrono::seconds waited);

/// There is no such program over there.
bool isMissing(const FarEnding& ending);

/// The last line that says something.
std::string lastLine(std::string_view text);

} // namespace halfopen::stream
