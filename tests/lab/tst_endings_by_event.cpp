// SPDX-License-Identifier: GPL-3.0-or-later
// What the kernel's event tells of an end that no sample could.
#include "core/kernel/diag/netlink_source.h"
#include "core/monitor/sampler.h"
#include "tests/lab/ending_scene.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <poll.h>

#include <mutex>
#include <string>

namespace halfopen {
namespace {

using namespace std::chrono_literals;
using test::differs;
using test::inScene;
using Scene = test::EndingScene;

TEST(EndingsByEvent, aConnectionBetweenTwoSamplesHasARecord) {
    EXPECT_EQ(inScene([](Scene& scene) -> std::string {
                  std::uint64_t cookie = 0;
                  {
                      auto pair = scene.connect();
                      if (!pair)
                          return inEnglish(pair.error());
                      cookie = lab::cookieOf(pair->near.get());
                      pair->far.reset();
                      ::poll(nullptr, 0, 20);
                  }
                  const auto record = scene.await(cookie, 3s);
                  if (!record)
                      return "no record";
                  return record->sampled ? "a sample saw it" : differs(record, "closed-remote-first likely");
              }),
              "");
}

/// Opens and resets a connection between two samples, two seconds apart, of a sampler. @return what is wrong
std::string timedByItsEvent(Scene& scene, bool throughHalfopen) {
    auto source = NetlinkSource::open();
    if (!source)
        return inEnglish(source.error());
    scene.monitor.reset();
    auto history = std::make_shared<History>();
    std::mutex mutex;
    FramePtr last;
    Sampler sampler(std::move(*source), {.calibrate = false, .history = history}, {.interval = 2s},
                    [&](const FramePtr& frame) {
                        const std::lock_guard lock(mutex);
                        last = frame;
                    });
    auto pair = scene.connect();
    if (!pair)
        return inEnglish(pair.error());
    const auto cookie = lab::cookieOf(pair->near.get());
    const auto isSampled = [&] {
        const std::lock_guard lock(mutex);
        return last && last->find(cookie) != nullptr;
    };
    for (int i = 0; i < 200 && !isSampled(); ++i)
        ::poll(nullptr, 0, 50);
    if (throughHalfopen) {
        const std::lock_guard lock(mutex);
        sampler.send(CloseNote{CloseStep::Done, {last->keyOf(*last->find(cookie))}});
    }
    lab::resetOnClose(pair->near.get());
    pair->near.reset();
    const auto closed = MonotonicClock::now();
    for (int i = 0; i < 60; ++i) {
        ::poll(nullptr, 0, 100);
        for (const auto& record : history->after(0).records) {
            if (record->cookie != cookie)
                continue;
            const auto off = std::chrono::abs(record->ended.monotonic - closed);
            if (off > 300ms)
                return fmt::format("told {} ms off", off / 1ms);
            return differs(record, throughHalfopen ? "closed-by-halfopen certain" : "reset certain");
        }
    }
    return "no record";
}

TEST(EndingsByEvent, anEndIsTimedByItsEventAndNotByTheNextSample) {
    EXPECT_EQ(inScene([](Scene& scene) { return timedByItsEvent(scene, false); }), "");
}

TEST(EndingsByEvent, theSamplerIsToldWhatHalfopenCloses) {
    EXPECT_EQ(inScene([](Scene& scene) { return timedByItsEvent(scene, true); }), "");
}

} // namespace
} // namespace halfopen
