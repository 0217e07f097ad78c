// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/grades/look.h"
#include "core/grades/promise.h"
#include "core/model/contexts.h"
#include "core/model/destroy_event.h"
#include "core/model/endpoint.h"
#include "core/model/grade.h"

#include <cstdint>
#include <optional>
#include <string>

namespace halfopen {

/// Which programs a report is about.
struct ReportVersions {
    std::string kernel;  ///< uname(2), release
    std::string program; ///< Halfopen's
};

/// What is known of a promise that was not kept.
struct BrokenFacts {
    const Promise& promise;
    bool ofTheEnd = false;               ///< else of the next event
    Look promising;                      ///< the last sample that told it
    const Look* breaking = nullptr;      ///< the first that shows the break; nullptr where no sample does
    const DestroyEvent* event = nullptr; ///< where its destroy event shows it
    std::optional<Came> came;            ///< nullopt: it did not come
    std::chrono::nanoseconds error{0};   ///< as errorOf()
    Sightings seen;                      ///< what was seen to come between, though it excuses nothing
    const NetnsContext& netns;           ///< of the connection
};

/// All that a developer needs to reproduce it, as one JSON object: both samples with every decoded field, the settings,
/// the tick and the versions. No host name, no address, no port, no program.
BrokenPromisePtr reportOf(const BrokenFacts& facts, const ReportVersions& versions);

/// The report with both endpoints, for whoever asks for them.
std::string withAddresses(const BrokenPromise& broken, const Endpoint& local, const Endpoint& remote);

} // namespace halfopen
