// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/error.h"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen::stream {

/// What is wanted of another machine.
struct FarRequest {
    std::string host;  ///< as ssh(1) takes it: a name, user@name, an alias of ssh_config(5)
    std::string netns; ///< another network namespace over there; "": the one that one logs in to
    std::chrono::milliseconds interval{1000};
    bool owners = true;
    bool once = false; ///< whoever looks once has no tick measured over there, which takes a connection of its own
    /// The program that ssh asks a person by (SSH_ASKPASS of ssh(1)), for whom kAskedBy is set; "": by the terminal.
    std::string askedBy{};
    std::string askedAs = "1"; ///< what kAskedBy says: whatever that program makes of it
};

/// Variable of the environment.
inline constexpr const char* kAskedBy = "HALFOPEN_ASKED_BY_SSH";

/// How ssh is to be run.
enum class Asking : bool {
    May,   ///< for a passphrase, for a host key that it does not know
    Never, ///< BatchMode: it fails instead
};

/// Never, where ssh could ask nobody: it asks on the terminal of its session (not on its standard input), and else by
/// SSH_ASKPASS, where there is a display or SSH_ASKPASS_REQUIRE says so. Source: ssh(1), ENVIRONMENT; readpass.c of
/// OpenSSH.
Asking askingHere();

/// What runs over there.
enum class FarProgram : bool {
    Halfopenctl,
    Ss, ///< the poorer source, where there is no halfopenctl: ssCommand()
};

/// Whether it can stand in a command for the shell over there as it is: letters, digits and . _ : / @ - + , = alone,
/// and no '-' in front.
bool isPlainWord(std::string_view word);

/// @return Usage: what ssh would take for an option, or no machine is called
Result<void> checkHost(std::string_view host);

/// Why FarRequest::netns, which is no plain word, cannot be looked at.
Sentence cannotBeAsked(const std::string& netns);

/// The words of ssh(1) and of its command, for FarProcess::start(): the person's own configuration, keys and agent, and
/// nothing of them passed on. checkHost() and isPlainWord() hold.
/// @param nonce    isNonce()
/// @param shared   a connection that another ssh keeps open may be taken (ControlPath of ssh_config(5))
std::vector<std::string> farCommand(const FarRequest& request, std::string_view nonce, Asking asking,
                                    bool shared = true, FarProgram program = FarProgram::Halfopenctl);

} // namespace halfopen::stream
