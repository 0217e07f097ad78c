// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/exporter/http_server.h"
#include "app/exporter/listener.h"
#include "app/exporter/service.h"
#include "app/halfopenctl/help.h"
#include "app/halfopenctl/interrupts.h"
#include "app/halfopenctl/language.h"
#include "app/halfopenctl/metrics_options.h"
#include "app/halfopenctl/metrics_watch.h"
#include "app/halfopenctl/parse_errors.h"
#include "app/halfopenctl/terminal.h"
#include "core/kernel/standard_descriptors.h"

#include "halfopen_version.h"

#include <array>
#include <chrono>
#include <csignal>
#include <exception>
#include <optional>
#include <sstream>
#include <string>
#include <utility>

const std::string_view halfopen::ctl::kProgram = "halfopen-exporter";

namespace {

using namespace halfopen;

struct ExporterOptions : ctl::MetricsOptions {
    std::optional<std::string> listen;
};

/// @param listener  opened before another network namespace was entered
int serve(const ExporterOptions& options, MetricsInput input, std::chrono::milliseconds least, UniqueFd listener) {
    const exporter::Service service;
    auto watch = ctl::MetricsWatch::open(options, std::move(input), least);
    if (!watch)
        return ctl::fail(watch.error(), false);
    const ctl::Interrupts interrupts; // before there is a thread that could be interrupted
    const auto look = [&] {
        auto looked = watch->look();
        if (looked.error)
            ctl::fail(*looked.error, false); // which the metrics tell as well; the next look may work
        return std::move(looked.families);
    };
    const auto server = exporter::HttpServer::start(std::move(listener), look());
    if (!server)
        return ctl::fail(server.error(), false);
    service.ready();
    auto& limits = (*server)->timeLimits();
    const std::array<ctl::MetricsWatch::Chore, 2> chores{{
        {limits.descriptor(), [&] { limits.endOverdue(); }},
        {service.watchdogDescriptor(), [&] { service.feedWatchdog(); }},
    }};
    while (watch->waitForNext(interrupts, chores))
        (*server)->publish(look());
    service.stopping();
    return 0;
}

int start(const ExporterOptions& options) {
    const auto interval = options.parsedInterval();
    if (!interval)
        return ctl::fail(interval.error(), false);
    auto input = options.input();
    if (!input)
        return ctl::fail(input.error(), false);
    auto listener = exporter::takeListener(options.listen);
    if (!listener)
        return ctl::fail(listener.error(), false);
    if (auto entered = options.enterNetns(); !entered)
        return ctl::fail(entered.error(), false);
    return serve(options, std::move(*input), *interval, std::move(*listener));
}

int usage(const CLI::App& app, const CLI::ParseError& error) {
    if (error.get_exit_code() != static_cast<int>(CLI::ExitCodes::Success))
        return ctl::fail({ErrorCode::Usage, ctl::sentenceOf(error)}, false);
    std::ostringstream text; // of --help and --version
    app.exit(error, text, text);
    ctl::StandardOutput out;
    out.write(text.str());
    return out.finish(false);
}

int run(int argc, char** argv) {
    CLI::App app(ctl::say(Sentence::tr("Metrics of this machine's TCP connections, where Prometheus asks for them.")),
                 std::string(ctl::kProgram));
    ctl::translateHelp(app);
    app.set_version_flag("--version", std::string("halfopen-exporter ") + kVersion,
                         ctl::say(Sentence::tr("Display program version information and exit")));
    ExporterOptions options;
    options.interval = "5s";
    app.add_option("--listen", options.listen,
                   ctl::say(Sentence::tr("Where it is asked, if systemd has not opened the socket (127.0.0.1:9995)")))
        ->type_name("ADDRESS:PORT");
    options.addInterval(app);
    options.addCounts(app);
    ctl::refuseEmptyValues(app);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return usage(app, error);
    }
    return start(options);
}

} // namespace

int main(int argc, char** argv) {
    holdStandardDescriptors();
    std::signal(SIGPIPE, SIG_IGN);
    try {
        return run(argc, argv);
    } catch (const std::exception& error) { // no memory, mostly
        return ctl::fail({ErrorCode::SomeFailed, Sentence::tr("{0}", error.what())}, false);
    }
}
