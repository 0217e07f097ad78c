// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as what the exact source reads: nothing may be read beyond them, and what is decoded must bear a forecast.
#include "core/forecast/forecast.h"
#include "core/keepalive/knowledge.h"
#include "core/kernel/bpf/decode_event.h"
#include "core/kernel/bpf/decode_record.h"
#include "core/kernel/bpf/owner_iterator.h"

#include <algorithm>
#include <cstdlib>
#include <span>
#include <vector>

namespace {

using namespace halfopen;

void check(const Moment& moment) {
    if (moment.earliest > moment.expected || moment.expected > moment.latest)
        std::abort();
}

void forecastOf(const ExactSocket& socket, std::int32_t hz) {
    KeepaliveOptions options;
    if (socket.facts.options)
        takeExact(socket.facts, {}, options);
    for (const auto offset : {std::optional<std::int64_t>(), std::optional<std::int64_t>(4'294'892'296)}) {
        Surroundings around;
        around.exact = &socket.facts;
        const Forecast f = forecast(socket.connection, options, {}, {.hz = hz, .offset = offset}, around);
        check(f.next);
        check(f.givesUp);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto bytes = std::as_bytes(std::span(data, size));
    for (const std::int32_t hz : {100, 250, 300, 1000}) {
        ExactSocket socket;
        for (auto rest = bytes; !rest.empty(); rest = rest.subspan(sizeof(exact_record))) {
            const auto kind = decodeRecord(rest, hz, socket);
            if (!kind || *kind == RecordKind::End)
                break;
            forecastOf(socket, hz);
        }
    }
    (void)decodeEvent(bytes, 250);
    std::vector<OwnedSocket> owned;
    std::unordered_map<std::uint32_t, ToldDead> dead;
    (void)decodeOwners(bytes, 250, owned, dead);
    if (owned.size() * sizeof(exact_owner) > size)
        std::abort();
    return 0;
}
