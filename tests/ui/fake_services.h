// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/fake_sockets.h"
#include "tests/ui/fake_tuning.h"
#include "ui/window/services.h"

#include <memory>
#include <vector>

namespace halfopen::test {

/// What a window works with in a test. Outlives the window.
struct FakeServices {
    FakeTuning tuning;
    FakeSockets sockets;
    HistoryPtr history = std::make_shared<History>();
    DesktopPrograms programs;
    Closer closer{.destroys = false, .uid = 1000};
    ActionSinks sinks;
    std::vector<Query> queries; ///< as they were chosen

    WindowServices services() {
        return {.setQuery = [this](const Query& query) { queries.push_back(query); },
                .tuning = tuning,
                .sockets = sockets,
                .closer = closer,
                .sinks = sinks,
                .history = history,
                .notify = [](const WatchNotice&) {},
                .programs = programs};
    }
};

} // namespace halfopen::test
