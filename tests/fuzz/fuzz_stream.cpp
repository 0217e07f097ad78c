// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as what another machine says, in pieces of any size: nothing of it is kept beyond the limits, and what was
// understood is understood again when it is said again.
#include "core/kernel/diag/message_reader.h"
#include "core/kernel/diag/netlink_message.h"
#include "core/stream/far_machine.h"
#include "core/stream/limits.h"
#include "core/stream/remote_source.h"
#include "core/stream/ss_reader.h"
#include "core/stream/stream_reader.h"

#include <cstdlib>
#include <span>

namespace {

using namespace halfopen;
using namespace halfopen::stream;

class Count : public ConnectionSink {
public:
    void restart() override {}
    void add(const Connection&) override { ++count; }
    std::size_t count = 0;
};

void sayAgain(const Message& message) {
    const auto bytes = encode(message);
    const auto whole = firstMessage(bytes);
    if (!whole || whole->whole.size() != bytes.size())
        std::abort();
    const auto again = decode(whole->payload);
    if (!again || (again->index() != message.index() && message.index() != 0))
        std::abort();
}

void readDump(const FarDump& dump) {
    if (dump.bytes.size() > kMostDump)
        std::abort();
    Count sink;
    std::vector<std::uint8_t> detail;
    eachBatch(dump, [&](const BatchMark& mark, ByteView bytes) {
        std::size_t consumed = 0;
        (void)readBatch(bytes, mark.sampled, {.checkOrigin = false, .detailCookie = 1}, sink, detail, consumed);
        return consumed <= bytes.size();
    });
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0)
        return 0;
    const std::size_t piece = std::size_t{data[0]} * 16 + 1;
    ByteView rest = std::as_bytes(std::span(data, size)).subspan(1);
    StreamReader ofHalfopenctl("ab12", "far");
    SsReader ofSs("ab12", "far");
    FarReader& reader = data[0] % 2 == 0 ? static_cast<FarReader&>(ofHalfopenctl) : ofSs;
    FarMachine machine("far");
    const auto take = [&](Message&& message, ByteView raw) {
        sayAgain(message);
        return machine.take(std::move(message), raw);
    };
    for (bool goesOn = true; goesOn && !rest.empty(); rest = rest.subspan(std::min(piece, rest.size())))
        goesOn = reader.feed(rest.first(std::min(piece, rest.size())), take).has_value();
    if (machine.dump())
        readDump(*machine.dump());
    if (machine.takeEvents().size() > kMostEvents + kMostBatch ||
        machine.takeTold().size() > kMostSockets + kMostMessage)
        std::abort();
    return 0;
}
