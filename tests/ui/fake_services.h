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
    std::function<void(const Order&)> onOrder; ///< beside `queries`; may be empty
    std::vector<Query> queries;                ///< as they were chosen

    WindowServices services() {
        return {.send =
                    [this](const Order& order) {
                        if (const auto* query = std::get_if<Query>(&order))
                            queries.push_back(*query);
                        if (onOrder)
                            onOrder(order);
                    },
                .openHost = [](const QString&) {},
                .tuning = tuning,
                .sockets = sockets,
                .closer = closer,
                .history = history,
                .notify = [](const WatchNotice&, const auto&) {},
                .programs = programs};
    }
};

} // namespace halfopen::test
