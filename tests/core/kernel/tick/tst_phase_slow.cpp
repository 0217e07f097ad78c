// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/tick/phase_calibration.h"
#include "core/kernel/tick/tick_source.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <unistd.h>

namespace halfopen {
namespace {

// A granule must be longer than early boot took, and a timer on it at least eight times as long: no shorter test can
// tell.
TEST(PhaseCalibration, findsWithoutPrivilegeWhatTimerListTellsRoot) {
    const std::int32_t hz = readTickRate();
    const auto told = readJiffiesOffset(hz);
    if (!told)
        GTEST_SKIP() << "/proc/timer_list cannot be read here; nothing to compare with";
    const auto idle = PhaseCalibration::defaultIdle(hz).quick;
    PhaseCalibration calibration(hz, {idle, idle});
    const auto until = MonotonicClock::now() + std::chrono::seconds(2 * idle);
    while (!calibration.clock() && MonotonicClock::now() < until) {
        calibration.poll();
        ::poll(nullptr, 0, 250);
    }
    ASSERT_TRUE(calibration.clock()) << "no probe of our own connection was answered";
    // A handler can run a few ticks late on a busy machine, never early: the offset is the true one or slightly less.
    EXPECT_LE(*calibration.clock()->offset, *told);
    EXPECT_GE(*calibration.clock()->offset, *told - 3);
}

} // namespace
} // namespace halfopen
