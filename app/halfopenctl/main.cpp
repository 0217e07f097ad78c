// SPDX-License-Identifier: GPL-3.0-or-later
#include "halfopen_version.h"

#include <CLI/CLI.hpp>

int main(int argc, char** argv) {
    CLI::App app("Which TCP connections are really alive, and when the kernel will give each of them up.", "halfopenctl");
    app.set_version_flag("--version", halfopen::kVersion);
    CLI11_PARSE(app, argc, argv);
    return 0;
}
