// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/process/program_reader.h"

#include <algorithm>

namespace halfopen {

namespace {

constexpr std::string_view kDeleted = " (deleted)";

std::string_view fileName(std::string_view path) {
    return path.substr(path.rfind('/') + 1);
}

/// Takes one argument off the front.
std::string_view takeArgument(std::string_view& arguments) {
    const auto argument = arguments.substr(0, arguments.find('\0'));
    arguments.remove_prefix(std::min(argument.size() + 1, arguments.size()));
    return argument;
}

} // namespace

Program programOf(std::string_view executable, std::string_view commandLine) {
    if (executable.ends_with(kDeleted))
        executable.remove_suffix(kDeleted.size());
    while (commandLine.ends_with('\0'))
        commandLine.remove_suffix(1);
    Program program{
        .executable = std::string(executable), .commandLine = std::string(commandLine), .invoked = {}, .script = {}};
    std::ranges::replace(program.commandLine, '\0', ' ');
    const auto first = takeArgument(commandLine);
    // One that has given itself a title ("nginx: worker process") has it all in the first argument.
    program.invoked = first.find(' ') == std::string_view::npos ? fileName(first) : first;
    while (!commandLine.empty() && program.script.empty()) {
        const auto argument = takeArgument(commandLine);
        if (!argument.starts_with('-'))
            program.script = fileName(argument);
    }
    return program;
}

} // namespace halfopen
