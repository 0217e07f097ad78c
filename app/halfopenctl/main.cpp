// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopenctl/commands.h"
#include "app/halfopenctl/help.h"
#include "app/halfopenctl/language.h"
#include "app/halfopenctl/operations.h"
#include "app/halfopenctl/parse_errors.h"
#include "app/halfopenctl/source_options.h"
#include "app/halfopenctl/terminal.h"
#include "core/kernel/standard_descriptors.h"

#include "halfopen_version.h"

#include <algorithm>
#include <csignal>
#include <exception>
#include <iterator>
#include <sstream>
#include <string_view>

const std::string_view halfopen::ctl::kProgram = "halfopenctl";

namespace {

using namespace halfopen;

int refuse(const Sentence& why, bool json) {
    return ctl::fail({ErrorCode::Usage, Sentence::tr("{0}. Try: halfopenctl --help", why)}, json);
}

int usage(const CLI::App& app, const CLI::ParseError& error, bool json) {
    if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) {
        std::ostringstream text; // of --help and --version
        app.exit(error, text, text);
        ctl::StandardOutput out;
        out.write(text.str());
        return out.finish(json);
    }
    return refuse(ctl::sentenceOf(error), json);
}

/// A word of a filter that begins with a minus is no option: "-firefox" is what "!firefox" is.
void keepFilters(int argc, char** argv) {
    static constexpr std::string_view kFilter[] = {"list", "summary", "watch", "record", "events"};
    if (argc < 2 || std::ranges::find(kFilter, std::string_view(argv[1])) == std::end(kFilter))
        return;
    for (int at = 2; at < argc && std::string_view(argv[at]) != "--"; ++at) {
        const std::string_view before = argv[at - 1];
        // No filter, and refused as it is: an option of ssh, a number, a name (--netns=-x is one).
        if (before == "--host" || before == "--count" || before == "--netns")
            continue;
        const std::string_view word = argv[at];
        if (word.size() > 1 && word[0] == '-' && word[1] != '-' && word != "-h")
            argv[at][0] = '!';
    }
}

int run(int argc, char** argv) {
    CLI::App app(ctl::say(Sentence::tr(
                     "Which TCP connections are really alive, and when and why the kernel will give each of them up.")),
                 "halfopenctl");
    ctl::translateHelp(app);
    app.set_version_flag("--version", std::string("halfopenctl ") + kVersion,
                         ctl::say(Sentence::tr("Display program version information and exit")));
    app.require_subcommand(1);
    ctl::Run chosen;
    ctl::addList(app, chosen);
    ctl::addSummary(app, chosen);
    ctl::addWatch(app, chosen);
    ctl::addShow(app, chosen);
    ctl::addRecord(app, chosen);
    ctl::addCompare(app, chosen);
    ctl::addEvents(app, chosen);
    ctl::addSet(app, chosen);
    ctl::addClose(app, chosen);
    ctl::addSysctl(app, chosen);
    ctl::addGuard(app, chosen);
    ctl::addMetrics(app, chosen);
    ctl::addStream(app, chosen);
    ctl::addLab(app, chosen);
    ctl::refuseEmptyValues(app);
    const bool json =
        std::any_of(argv, argv + argc, [](const char* word) { return std::string_view(word) == "--json"; });
    keepFilters(argc, argv);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return usage(app, error, json);
    }
    if (const auto ignored = ctl::optionWithoutMeaning(app))
        return refuse(*ignored, json);
    return chosen();
}

} // namespace

int main(int argc, char** argv) {
    holdStandardDescriptors();
    std::signal(SIGPIPE, SIG_IGN); // a closed pipe is an error of write(), not a death without words
    ctl::setAskForExact(ctl::openExactSource);
    try {
        return run(argc, argv);
    } catch (const std::exception& error) { // no memory, mostly; nothing that failed exits 0
        return ctl::fail({ErrorCode::SomeFailed, Sentence::tr("{0}", error.what())}, false);
    }
}
