// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/fake_sockets.h"
#include "tests/ui/fake_tuning.h"
#include "tests/ui/tuning_values.h"
#include "ui/tuning/apply_bar.h"
#include "ui/tuning/counted_lines.h"
#include "ui/tuning/tuning_page.h"

#include <QPushButton>

#include <gtest/gtest.h>

#include <memory>

namespace halfopen::test {

using namespace std::chrono_literals;

inline constexpr KeepaliveDefaults kOld{7200, 75, 9};
inline constexpr KeepaliveDefaults kNew{600, 30, 5};

/// The Tuning page over two followers, one without keepalive and one with its own, 7200 / 75 / 9 in effect; a trial
/// lasts 150 ms.
struct TuningTest : testing::Test {
    MonotonicTime begun{}; ///< of the first frame
    FakeTuning actions;
    FakeSockets sockets;
    std::unique_ptr<TuningPage> owned = std::make_unique<TuningPage>(actions, sockets, 150ms);
    TuningPage& page = *owned;
    ApplyBar& bar = child<ApplyBar>(page);

    void SetUp() override {
        page.resize(1100, 820);
        page.show();
        begun = MonotonicClock::now();
        show(kOld);
    }
    void show(const KeepaliveDefaults& inEffect) { page.showFrame(tuningFrame(connections(), inEffect, begun)); }
    static FrameMaker connections() { return {follower(1, 12s), follower(2, 1h), unguarded(3), guarded(4)}; }
    QString effect() const { return words(child<CountedLines>(page)); }
    QString warning() const { return child<QLabel>(page, "tuningWarning").text(); }
    bool isOnTrial() const { return bar.keep->isVisible(); }
    void applyNew() {
        page.edit(kNew);
        bar.apply->click();
    }
};

} // namespace halfopen::test
