// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/connection.h"
#include "core/model/keepalive_options.h"
#include "core/model/owner.h"
#include "core/model/read_refusal.h"
#include "core/model/socket_key.h"
#include "core/model/surroundings.h"
#include "core/model/units.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace halfopen::test {

/// One connection as the kernel tells it in a sample, and what looking further finds: all that a test chooses. What the
/// program makes of it (options, forecast, diagnosis, marks, counts) is made by core, see FrameMaker.
struct Scripted {
    Connection connection;
    std::optional<KeepaliveOptions> options;  ///< as read from the socket, all exact; nullopt: nobody could read them
    std::vector<Owner> owners;                ///< as found; none: nobody has looked, or `ownerUnknown` says why
    std::optional<OwnerUnknown> ownerUnknown; ///< what looking in vain tells; nullopt: nobody has looked
    ReadRefusal unread = ReadRefusal::None;   ///< why `options` could not be read
    std::optional<Path> path;                 ///< what rtnetlink tells of its way; nullopt: nothing
};

/// The network namespace of most samples.
inline constexpr NetnsId kNetns = 4026531840;
inline SocketKey keyOf(std::uint64_t cookie) {
    return {cookie, kNetns};
}

/// The moment of most samples. The timers of guarded() and suspect() stand well to the timer wheel at it.
MonotonicTime epoch();

/// @param address  as text, which must be one
Endpoint endpoint(std::string_view address, std::uint16_t port);

/// All five options as read from a socket.
KeepaliveOptions exactOptions(std::int32_t idle, std::int32_t interval, std::int16_t probes,
                              Switch enabled = Switch::On);

/// An ESTABLISHED connection of 10.0.0.5, port 40000 + cookie, and user 1000 (alice), inode 1000 + cookie, idle for
/// 65 s, without keepalive.
Scripted unguarded(std::uint64_t cookie, std::string_view remote = "198.51.100.7", std::uint16_t port = 443);

/// The same with a process "p<cookie>", pid 100 + cookie, that owns it, by descriptor 3.
Scripted owned(std::uint64_t cookie, std::string_view remote = "198.51.100.7", std::uint16_t port = 443);

/// `of` with this process and no other as its owner, by descriptor 3.
Scripted ofProgram(Scripted of, std::int32_t pid, std::string name, ProcessUnitPtr unit = nullptr);

/// `of` with keepalive `idle`/10/6 read from its socket, all quiet, its timer with `left` to go.
Scripted guarded(Scripted of, std::chrono::milliseconds left = std::chrono::seconds(42), std::int32_t idle = 60);
Scripted guarded(std::uint64_t cookie, std::chrono::milliseconds left = std::chrono::seconds(42),
                 std::int32_t idle = 60);

/// `of` with keepalive 60/10/6, two of its six probes unanswered, the third to go out in 4 s.
Scripted suspect(Scripted of);
Scripted suspect(std::uint64_t cookie);

/// guarded() whose three values are those of the settings, 7200/75/9.
/// @param read  false: nobody could read them, so they are assumed (the timer tells the idle time where it can)
Scripted follower(std::uint64_t cookie, std::chrono::milliseconds left, bool read = true);

/// Data in flight that was sent again `retransmits` times in vain; the next time in `left`.
Scripted retransmitting(Scripted of, std::uint8_t retransmits, std::chrono::milliseconds left);

/// The same where this machine's own queue takes nothing: tried again every half second, without backing off.
Scripted droppedHere(Scripted of);

/// `of` whose next hop does not answer ARP.
Scripted behindDeadNeighbour(Scripted of);

/// A listener of `backlog` connections.
Scripted listening(std::uint64_t cookie, std::string_view address = "0.0.0.0", std::uint16_t port = 8000,
                   std::uint32_t backlog = 128);

/// A timewait socket with `left` to go: no descriptor, no tcp_info, no user.
Scripted timeWait(std::uint64_t cookie, std::chrono::milliseconds left = std::chrono::seconds(59));

/// SYN-SENT whose SYN was sent again `retransmits` times.
Scripted opening(std::uint64_t cookie, std::uint8_t retransmits = 0,
                 std::chrono::milliseconds left = std::chrono::milliseconds(900));

/// FIN-WAIT-1 that no descriptor holds any more.
Scripted orphan(std::uint64_t cookie);

/// The peer has closed, `of`'s program has not, and nothing moves.
Scripted abandoned(Scripted of);

/// Data has moved within the last second.
Scripted active(Scripted of);

/// Data waits, and the peer's window is zero.
Scripted stalled(Scripted of);

/// The same connection so much later, with nothing come or gone but time: ages grow, its timer runs on.
Scripted later(Scripted of, std::chrono::nanoseconds after);

/// The same with another moment of its sample.
Scripted at(Scripted of, MonotonicTime sampled);

} // namespace halfopen::test
