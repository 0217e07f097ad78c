// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopenctl/metrics_options.h"

#include "app/halfopenctl/language.h"
#include "core/format/duration.h"
#include "core/tuning/middlebox.h"

#include "halfopen_version.h"
#include "halfopenctl_presets.h"

#include <algorithm>

namespace halfopen::ctl {

namespace {

constexpr std::size_t kMostDestinations = 20;

} // namespace

CLI::Option* MetricsOptions::addInterval(CLI::App& command) {
    return command
        .add_option("--interval", interval, say(Sentence::tr("Between looks, 1s to 1h; grows where a look costs much")))
        ->type_name("TIME");
}

void MetricsOptions::addCounts(CLI::App& command) {
    command.add_option("--by", by, say(Sentence::tr("process: also by name of process")))
        ->check(CLI::IsMember({"process"}));
    command.add_option("--ports", ports, say(Sentence::tr("Remote ports that are told by number")))
        ->delimiter(',')
        ->check(wholeNumber(1, UINT16_MAX));
    command.add_option("--middlebox", middleboxes, say(Sentence::tr("What is on the way: an id of the presets")))
        ->type_name("ID")
        ->delimiter(',');
    command
        .add_option("--destinations", destinations,
                    say(Sentence::tr("Also the fullest N remote addresses (at most 20): they leave this machine")))
        ->type_name("N")
        ->check(wholeNumber(0, kMostDestinations));
    addNetns(command, false);
    addSource(command);
}

Result<std::chrono::milliseconds> MetricsOptions::parsedInterval() const {
    using namespace std::chrono_literals;
    const auto parsed = parseDuration(interval);
    if (!parsed || *parsed < 1s || *parsed > 1h)
        return failure(ErrorCode::Usage, Sentence::tr("The interval '{0}' is not between 1s and 1h.", interval));
    return *parsed;
}

Result<MetricsInput> MetricsOptions::input() const {
    MetricsInput input{
        .version = kVersion,
        .machine = {},
        .boot = {},
        .middleboxes = readMiddleboxes(kPresets).value_or(std::vector<Middlebox>{}),
        .onPath = middleboxes,
        .places = {.ports = knownServicePorts(), .byProcess = by == "process", .destinations = destinations},
        .now = {}};
    if (!ports.empty())
        input.places.ports = {ports.begin(), ports.end()};
    for (const std::string& id : middleboxes) {
        const auto known = std::ranges::find(input.middleboxes, id, &Middlebox::id);
        if (known == input.middleboxes.end() || known->layer != 4)
            return failure(ErrorCode::Usage, Sentence::tr("No middlebox of layer 4 is called '{0}'.", id));
    }
    return input;
}

} // namespace halfopen::ctl
