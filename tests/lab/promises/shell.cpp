// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/promises/shell.h"

#include <cstdio>
#include <stdexcept>

namespace halfopen::promises {

void run(const std::string& command) {
    auto* pipe = ::popen((command + " 2>&1").c_str(), "re"); // a child of this thread, so in its namespace
    if (pipe == nullptr)
        throw std::runtime_error("cannot run: " + command);
    std::string said;
    char buffer[256];
    while (std::fgets(buffer, sizeof buffer, pipe) != nullptr)
        said += buffer;
    if (::pclose(pipe) != 0)
        throw std::runtime_error(command + ": " + said);
}

} // namespace halfopen::promises
