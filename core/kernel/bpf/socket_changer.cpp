// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/bpf/socket_changer.h"

#include "core/kernel/bpf/change_record.h"
#include "core/kernel/bpf/decode_record.h"
#include "core/kernel/bpf/load_object.h"
#include "core/kernel/diag/dump_reader.h"
#include "core/kernel/tick/tick_source.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <memory>

// The bytes of change.bpf.o.
extern "C" const unsigned char change_object[], change_object_end[];

namespace halfopen {

namespace {

// Whoever waits so long for a batch waits for a lock.
constexpr std::chrono::seconds kTimeLimit{2};

change_wanted wantedOf(const OptionsChange& change) {
    change_wanted wanted{};
    const auto give = [&wanted](std::uint32_t which, const auto& value, __s32& its) {
        if (!value)
            return;
        wanted.given |= which;
        its = *value;
    };
    give(CHANGE_IDLE, change.idleSeconds, wanted.idle);
    give(CHANGE_INTERVAL, change.intervalSeconds, wanted.interval);
    give(CHANGE_PROBES, change.probes, wanted.probes);
    give(CHANGE_USER_TIMEOUT, change.userTimeoutMs, wanted.user_timeout);
    give(CHANGE_ENABLED, change.enabled, wanted.enabled);
    return wanted;
}

Error errorOf(int error) {
    return loadError(
        error, Sentence::tr("This kernel cannot run the program that changes many sockets at once (5.15 can): {0}.",
                            Errno{error}));
}

/// Loaded and told what to do. @return null and errno where it fails
BpfObject loadFor(std::span<const std::uint64_t> cookies, const OptionsChange& change) {
    BpfObject object = openObject(change_object, change_object_end);
    if (!object)
        return object;
    bpf_map* const constants = bpf_object__find_map_by_name(object.get(), ".rodata");
    bpf_map* const meant = bpf_object__find_map_by_name(object.get(), "meant");
    const change_wanted wanted = wantedOf(change); // all that is constant there
    if (constants == nullptr || meant == nullptr ||
        bpf_map__set_initial_value(constants, &wanted, sizeof wanted) != 0 ||
        bpf_map__set_max_entries(meant, static_cast<__u32>(cookies.size())) != 0)
        return errno = EINVAL, BpfObject();
    if (const int failed = bpf_object__load(object.get()); failed != 0)
        return errno = -failed, BpfObject();
    const std::vector<std::uint32_t> values(cookies.size(), 1);
    auto count = static_cast<__u32>(cookies.size());
    if (const int failed = bpf_map_update_batch(bpf_map__fd(meant), cookies.data(), values.data(), &count, nullptr);
        failed != 0)
        return errno = -failed, BpfObject();
    return object;
}

KeepaliveOptions optionsOf(const change_values& values, std::int32_t hz) {
    exact_record record{};
    record.flags = values.enabled != 0 ? EXACT_KEEPALIVE : 0;
    record.keepalive_time = values.keepalive_time;
    record.keepalive_interval = values.keepalive_interval;
    record.keepalive_probes = values.keepalive_probes;
    record.user_timeout = values.user_timeout;
    record.linger2 = values.linger2;
    record.rto_max = values.rto_max;
    record.syn_retries = values.syn_retries;
    record.defer_accept = values.defer_accept;
    return halfopen::optionsOf(record, hz);
}

void decode(ByteView bytes, std::int32_t hz, std::vector<ChangedSocket>& changed) {
    for (; bytes.size() >= sizeof(change_record); bytes = bytes.subspan(sizeof(change_record))) {
        change_record from{};
        std::memcpy(&from, bytes.data(), sizeof from);
        changed.push_back(
            {from.cookie, optionsOf(from.before, hz), optionsOf(from.after, hz), from.refused, from.error});
    }
}

/// By a process that can be left behind where a socket is locked.
/// @param most  so many records come
Result<ChangePass> read(const UniqueFd& pass, std::size_t most) {
    DumpReader reader;
    const auto process = reader.process();
    if (!process)
        return tl::unexpected(process.error());
    if (auto begun = (*process)->readPass(pass); !begun)
        return tl::unexpected(begun.error());
    const std::int32_t hz = readTickRate();
    ChangePass done;
    done.changed.reserve(most);
    while (true) {
        const auto batch = (*process)->next(kTimeLimit);
        if (!batch)
            return tl::unexpected(batch.error());
        if (!*batch) {
            done.stopped = true;
            reader.abandon();
            return done;
        }
        decode((*batch)->bytes, hz, done.changed);
        if ((*batch)->last)
            return done;
    }
}

} // namespace

Result<ChangePass> changeSockets(std::span<const std::uint64_t> cookies, const OptionsChange& change,
                                 const NetnsAccess& netns) {
    if (cookies.empty())
        return ChangePass();
    const BpfObject object = loadFor(cookies, change);
    if (!object)
        return tl::unexpected(errorOf(errno));
    bpf_program* const program = bpf_object__find_program_by_name(object.get(), "change_sockets");
    const BpfLink link(program ? bpf_program__attach_iter(program, nullptr) : nullptr);
    if (!link)
        return tl::unexpected(errorOf(errno));
    const UniqueFd pass = netns.iterate(bpf_link__fd(link.get()));
    if (!pass)
        return tl::unexpected(errorOf(errno));
    return read(pass, cookies.size());
}

} // namespace halfopen
