// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as one batch of the kernel: nothing may be read beyond it, and what is decoded must bear a forecast.
#include "core/forecast/forecast.h"
#include "core/history/classifier.h"
#include "core/history/wire_proof.h"
#include "core/keepalive/knowledge.h"
#include "core/kernel/diag/event_source.h"
#include "core/kernel/diag/message_reader.h"
#include "core/model/destroy_event.h"
#include "core/model/forecast.h"

#include <cstdlib>
#include <span>
#include <vector>

namespace {

using namespace halfopen;

class ForecastEach : public ConnectionSink {
public:
    void restart() override {}
    void add(const Connection& connection) override {
        KeepaliveOptions options;
        learn(connection, nullptr, {}, options);
        for (const std::int32_t hz : {100, 250, 300, 1000}) {
            const Forecast f = forecast(connection, options, {}, {.hz = hz});
            check(f.next);
            check(f.givesUp);
        }
    }

private:
    static void check(const Moment& moment) {
        if (moment.earliest > moment.expected || moment.expected > moment.latest)
            std::abort();
    }
};

/// The same bytes as destroy events, each of them the end of the one before.
void readEach(ByteView bytes) {
    std::vector<DestroyEvent> events;
    (void)decodeDestroyEvents(bytes, MonotonicTime(std::chrono::hours(1)), events);
    LastObservations observed;
    observed.missed = MonotonicTime(std::chrono::hours(1));
    for (const DestroyEvent& event : events) {
        observed.event = event;
        const ClassifiedEnding classified = classify(observed);
        if (classified.ended > observed.missed ||
            (classified.ending == Ending::Unknown) != (classified.confidence == Confidence::Unknown))
            std::abort();
        observed.last = {event.connection, {}, forecast(event.connection, {}, {}, {.hz = 250})};
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    ForecastEach sink;
    std::vector<std::uint8_t> detail;
    std::size_t consumed = 0;
    const auto bytes = std::as_bytes(std::span(data, size));
    (void)readBatch(bytes, {}, {.checkOrigin = false, .detailCookie = 1}, sink, detail, consumed);
    if (consumed > size)
        std::abort();
    readEach(bytes);
    return 0;
}
