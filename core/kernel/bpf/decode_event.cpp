// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/bpf/decode_event.h"

#include "core/kernel/bpf/decode_record.h"

#include <cstring>

namespace halfopen {

namespace {

DestroyEvent freedOf(const exact_event& from) {
    DestroyEvent event;
    event.what = DestroyEvent::What::Released;
    event.connection.cookie = from.cookie;
    event.connection.state = State::Close;
    event.connection.sampled = MonotonicTime(std::chrono::nanoseconds(static_cast<std::int64_t>(from.taken_ns)));
    event.disconnected = from.disconnected != 0;
    return event;
}

Result<DestroyEvent> endedOf(std::span<const std::byte> bytes, std::int32_t hz) {
    ExactSocket last;
    constexpr std::size_t kHead = offsetof(exact_ended, last);
    if (const auto kind = decodeRecord(bytes.subspan(kHead), hz, last); !kind)
        return tl::unexpected(kind.error());
    exact_record raw{};
    std::memcpy(&raw, bytes.data() + kHead, sizeof raw);
    DestroyEvent event{.connection = last.connection};
    event.what = DestroyEvent::What::Ended;
    event.before = last.connection.state;
    event.connection.state = State::Close;
    event.connection.timer = Timer();
    event.connection.inode = 0;
    event.held = (raw.flags & (EXACT_DEAD | EXACT_NO_SOCKET)) == 0 &&
                 event.before != State::Listen; // which closing it ends, and of which EXACT_FREED is not told
    event.errorTold = (raw.flags & EXACT_MASKED) == 0;
    event.error = last.facts.error;
    event.softError = last.facts.softError;
    return event;
}

} // namespace

Result<NetnsEvent> decodeEvent(std::span<const std::byte> bytes, std::int32_t hz) {
    exact_event from{};
    const auto tooShort = [&](std::size_t size) {
        return failure(ErrorCode::Unreadable,
                       Sentence::tr("a record of {0} bytes is shorter than {1}", bytes.size(), size));
    };
    if (bytes.size() < sizeof from)
        return tooShort(sizeof from);
    std::memcpy(&from, bytes.data(), sizeof from);
    if (from.version != EXACT_RECORD_VERSION)
        return failure(ErrorCode::Unreadable,
                       Sentence::tr("a record is of version {0}, and this program knows version {1}", from.version,
                                    EXACT_RECORD_VERSION));
    if (from.kind == EXACT_FREED)
        return NetnsEvent{freedOf(from), from.netns_cookie};
    if (from.kind != EXACT_ENDED)
        return failure(ErrorCode::Unreadable, Sentence::tr("a record is of the unknown kind {0}", from.kind));
    if (bytes.size() < sizeof(exact_ended))
        return tooShort(sizeof(exact_ended));
    return endedOf(bytes, hz).map([&](const DestroyEvent& event) { return NetnsEvent{event, from.netns_cookie}; });
}

} // namespace halfopen
