// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as one batch of the kernel: nothing may be read beyond it, and what is decoded must bear a forecast.
#include "core/diag/message_reader.h"
#include "core/forecast/forecast.h"
#include "core/keepalive/knowledge.h"

#include <cstdlib>
#include <span>

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

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    ForecastEach sink;
    std::vector<std::uint8_t> detail;
    std::size_t consumed = 0;
    const auto bytes = std::as_bytes(std::span(data, size));
    (void)readBatch(bytes, {}, {.checkOrigin = false, .detailCookie = 1}, sink, detail, consumed);
    if (consumed > size)
        std::abort();
    return 0;
}
