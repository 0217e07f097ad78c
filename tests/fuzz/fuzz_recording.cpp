// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a recording: what can be read of it can be replayed, written again and read to the same.
#include "core/kernel/diag/recording.h"

#include <cstdlib>
#include <span>

namespace {

using namespace halfopen;

class Count : public ConnectionSink {
public:
    void restart() override { count = 0; }
    void add(const Connection&) override { ++count; }
    std::size_t count = 0;
};

std::size_t replayed(ByteView bytes) {
    const auto source = RecordingSource::parse(bytes);
    if (!source)
        return 0;
    Count sink;
    if (!(*source)->sample({.only = {.states = ~0U, .conditions = {}}, .detailCookie = 1}, sink))
        std::abort();
    return sink.count;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto bytes = std::as_bytes(std::span(data, size));
    const std::size_t all = replayed(bytes);
    std::size_t kept = 0;
    (void)filterBatch(bytes, [&](const Connection&) { return ++kept, true; });
    if (kept < all) // filterBatch() walks past the first end mark, as the replay does
        std::abort();
    return 0;
}
