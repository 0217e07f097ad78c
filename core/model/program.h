// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>

namespace halfopen {

/// What a process runs, beyond the 15 bytes of its name. Chosen by whoever started it.
struct Program {
    std::string executable;  ///< path of its file; "" where it may not be read
    std::string commandLine; ///< its arguments with a blank between them
    std::string invoked;     ///< the first argument: its file's name, or the title that it gave itself
    std::string script;      ///< the name of the first argument that is no option: of what an interpreter runs, mostly

    /// What a person may call it.
    std::array<std::string_view, 3> names() const {
        return {std::string_view(executable).substr(executable.rfind('/') + 1), invoked, script};
    }
};
using ProgramPtr = std::shared_ptr<const Program>;

} // namespace halfopen
