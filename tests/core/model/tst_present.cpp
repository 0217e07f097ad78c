// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/frame.h"

#include <gtest/gtest.h>

namespace halfopen {
namespace {

using namespace std::chrono_literals;

const MonotonicTime kHere = MonotonicTime(100s);

/// One row of this machine, one of a host whose clock shows 1000 s less.
Frame twoHosts() {
    HostContext other;
    other.host = 1;
    other.clockOffset = -1000s;
    NetnsContext there;
    there.host = std::make_shared<const HostContext>(other);
    Frame frame;
    frame.namespaces.push_back(std::make_shared<const NetnsContext>(there));
    frame.rows.resize(2);
    frame.rows[0].connection.sampled = MonotonicTime(99s);
    frame.rows[1].connection.netnsIndex = 1;
    frame.rows[1].connection.sampled = MonotonicTime(-902s);
    frame.taken = MonotonicTime(99s);
    return frame;
}

TEST(Present, isOfTheClockOfEachRowsHost) {
    const Frame frame = twoHosts();
    EXPECT_EQ(frame.presentOf(frame.rows[0], kHere), kHere);
    EXPECT_EQ(frame.presentOf(frame.rows[1], kHere), kHere - 1000s);
    EXPECT_EQ(frame.present(kHere), kHere);
}

TEST(Present, isOfTheNamespaceInView) {
    Frame frame = twoHosts();
    frame.inViewIndex = 1;
    EXPECT_EQ(frame.present(kHere), kHere - 1000s);
}

TEST(Present, standsStillInARecording) {
    Frame frame = twoHosts();
    frame.live = false;
    EXPECT_EQ(frame.presentOf(frame.rows[0], kHere), MonotonicTime(99s));
    EXPECT_EQ(frame.presentOf(frame.rows[1], kHere), MonotonicTime(-902s));
    EXPECT_EQ(frame.present(kHere), frame.taken);
}

} // namespace
} // namespace halfopen
