// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/bpf/socket_changer.h"

#include "core/kernel/bpf/change_record.h"
#include "core/kernel/bpf/decode_record.h"
#include "core/kernel/bpf/load_object.h"
#include "core/kernel/diag/dump_reader.h"
#include "core/kernel/tick/tick_source.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

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
BpfObject loadFor(std::span<const WantedChange> changes) {
    BpfObject object = openObject(change_object, change_object_end);
    if (!object)
        return object;
    bpf_map* const meant = bpf_object__find_map_by_name(object.get(), "meant");
    if (meant == nullptr || bpf_map__set_max_entries(meant, static_cast<__u32>(changes.size())) != 0)
        return errno = EINVAL, BpfObject();
    if (const int failed = bpf_object__load(object.get()); failed != 0)
        return errno = -failed, BpfObject();
    std::vector<std::uint64_t> cookies(changes.size());
    std::vector<change_outcome> outcomes(changes.size());
    for (std::size_t at = 0; at < changes.size(); ++at) {
        cookies[at] = changes[at].cookie;
        outcomes[at].wanted = wantedOf(changes[at].change);
    }
    auto count = static_cast<__u32>(changes.size());
    if (const int failed = bpf_map_update_batch(bpf_map__fd(meant), cookies.data(), outcomes.data(), &count, nullptr);
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

/// Reads the pass to its end, by a process that can be left behind where a socket is locked.
Result<bool> isRead(const UniqueFd& pass) {
    DumpReader reader;
    const auto process = reader.process();
    if (!process)
        return tl::unexpected(process.error());
    if (auto begun = (*process)->readPass(pass); !begun)
        return tl::unexpected(begun.error());
    while (true) {
        const auto batch = (*process)->next(kTimeLimit);
        if (!batch)
            return tl::unexpected(batch.error());
        if (!*batch) {
            reader.abandon();
            return false;
        }
        if ((*batch)->last)
            return true;
    }
}

/// What was done, and from now on nothing more is.
std::vector<ChangedSocket> takeOutcomes(bpf_object* object, std::size_t most) {
    std::vector<std::uint64_t> cookies(most);
    std::vector<change_outcome> outcomes(most);
    auto count = static_cast<__u32>(most);
    std::uint64_t place = 0;
    bpf_map_lookup_and_delete_batch(bpf_object__find_map_fd_by_name(object, "meant"), nullptr, &place, cookies.data(),
                                    outcomes.data(), &count, nullptr); // ends with ENOENT
    const std::int32_t hz = readTickRate();
    std::vector<ChangedSocket> changed;
    changed.reserve(count);
    for (std::size_t at = 0; at < count; ++at)
        if (const change_outcome& one = outcomes[at]; one.done != 0)
            changed.push_back(
                {cookies[at], optionsOf(one.before, hz), optionsOf(one.after, hz), one.refused, one.error});
    return changed;
}

} // namespace

Result<ChangePass> changeSockets(std::span<const WantedChange> changes, const NetnsAccess& netns) {
    if (changes.empty())
        return ChangePass();
    const BpfObject object = loadFor(changes);
    if (!object)
        return tl::unexpected(errorOf(errno));
    bpf_program* const program = bpf_object__find_program_by_name(object.get(), "change_sockets");
    const BpfLink link(program ? bpf_program__attach_iter(program, nullptr) : nullptr);
    if (!link)
        return tl::unexpected(errorOf(errno));
    const UniqueFd pass = netns.iterate(bpf_link__fd(link.get()));
    if (!pass)
        return tl::unexpected(errorOf(errno));
    const auto whole = isRead(pass);
    ChangePass done{takeOutcomes(object.get(), changes.size()), !whole.value_or(true)};
    if (!whole && done.changed.empty())
        return tl::unexpected(whole.error());
    return done; // what is changed is changed
}

Result<ChangePass> changeSockets(std::span<const std::uint64_t> cookies, const OptionsChange& change,
                                 const NetnsAccess& netns) {
    std::vector<WantedChange> changes;
    changes.reserve(cookies.size());
    for (const std::uint64_t cookie : cookies)
        changes.push_back({cookie, change});
    return changeSockets(changes, netns);
}

} // namespace halfopen
