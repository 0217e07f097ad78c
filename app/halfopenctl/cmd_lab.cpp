// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopenctl/commands.h"
#include "app/halfopenctl/language.h"
#include "app/halfopenctl/terminal.h"
#include "core/lab/running_scenario.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

namespace halfopen::ctl {

namespace {

/// Becomes the command; the laboratory lives as long as it does. @return only where that failed
int become(std::vector<std::string> words) {
    std::vector<char*> argv;
    for (auto& word : words)
        argv.push_back(word.data());
    argv.push_back(nullptr);
    std::signal(SIGPIPE, SIG_DFL);
    execvp(argv[0], argv.data());
    return fail({ErrorCode::NotFound, Sentence::tr("Cannot run {0}: {1}.", words[0], Errno{errno})}, false);
}

int lab(std::vector<std::string> command) {
    const auto laboratory = lab::Laboratory::open();
    if (!laboratory)
        return fail(laboratory.error(), false);
    const auto running = lab::RunningScenario::begin(*laboratory, lab::everyDiagnosis(laboratory->hasIpv6()));
    if (!running)
        return fail(running.error(), false);
    if (const auto kept = lab::keepRightsAcrossExec(); !kept)
        return fail(kept.error(), false);
    if (command.empty())
        command = {"/proc/self/exe", "watch"};
    return become(std::move(command));
}

} // namespace

void addLab(CLI::App& app, Run& run) {
    auto words = std::make_shared<std::vector<std::string>>();
    CLI::App* command = app.add_subcommand(
        "lab", say(Sentence::tr("A network of your own with a connection in every state, for COMMAND to look at")));
    command->add_option("COMMAND", *words,
                        say(Sentence::tr("What to run in it, after --; the live table if nothing is given")));
    command->positionals_at_end();
    command->callback([words, &run] { run = [words] { return lab(*words); }; });
}

} // namespace halfopen::ctl
