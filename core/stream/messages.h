// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/diag/decode.h"
#include "core/model/error.h"
#include "core/model/surroundings.h"
#include "core/model/tcp_sysctls.h"
#include "core/model/tick_clock.h"
#include "core/model/told_socket.h"
#include "core/model/units.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

/// How one machine tells another of its connections, over any pipe: one line, then netlink messages. The kernel's own
/// are as they came; what there is to say besides stands in NLMSG_NOOP messages, which other readers pass over, each a
/// line "halfopen KIND" and JSON. Whoever does not know a kind passes over it; whatever else changes takes another
/// protocol number.
namespace halfopen::stream {

inline constexpr int kProtocol = 1;

/// The sender's first line, by which the receiver knows where the noise of a talking .bashrc ends.
/// @param nonce  hexadecimal digits that the receiver made up
std::string firstLine(std::string_view nonce);
/// 1 to 64 hexadecimal digits.
bool isNonce(std::string_view text);

/// The clocks of a machine, read one after the other (clock_gettime(2)).
struct Clocks {
    std::chrono::nanoseconds monotonic{0};
    std::chrono::nanoseconds boot{0}; ///< CLOCK_BOOTTIME, which goes on while the machine sleeps
    std::chrono::nanoseconds real{0};

    bool operator==(const Clocks&) const = default;
};
Clocks readClocks();

/// The first message, and the only one that is never compressed: who the sender is, and what it has.
struct Hello {
    int protocol = kProtocol;
    std::string version; ///< of Halfopen
    std::string host;
    std::string kernel;
    std::string bootId; ///< /proc/sys/kernel/random/boot_id; "": it cannot be read
    std::uint32_t uid = 0;
    bool littleEndian = true;
    std::uint64_t netns = 0;       ///< its inode
    std::uint64_t netnsCookie = 0; ///< 0: not known
    std::string netnsName;
    bool owners = false; ///< who owns the sockets, and with which options, is told
    bool events = false; ///< when sockets end is told
    bool zstd = false;   ///< all that follows is one zstd stream
    Sentence noEvents;   ///< why there are no events
    std::string noise;   ///< what was said before the first line, of others; filled in by who reads

    bool operator==(const Hello&) const = default;
};

/// A dump begins, which has an End or has Failed before another one begins.
struct Begin {
    Clocks clocks;
    std::uint64_t bytes = 0; ///< that its batches are together

    bool operator==(const Begin&) const = default;
};

/// The `bytes` behind this message are a batch of the kernel's; see RawBatch.
struct BatchMark {
    std::uint32_t bytes = 0;
    MonotonicTime sampled{};
    bool tickCertain = true;
    std::uint16_t readBefore = 0;
    bool withInfo = true;
    bool ofMptcp = false;

    bool operator==(const BatchMark&) const = default;
};

/// The `bytes` behind this message are destroy events.
struct EventsMark {
    std::uint32_t bytes = 0;
    MonotonicTime received{};
    std::uint32_t lost = 0; ///< times that the kernel dropped some before these

    bool operator==(const EventsMark&) const = default;
};

/// The answer to a '.': the clocks between its coming and this answer's going.
struct Pong {
    Clocks clocks;
    bool operator==(const Pong&) const = default;
};

/// What numbers mean, in addition to what was told before, or in its place.
struct Names {
    std::unordered_map<std::uint32_t, std::string> users;
    std::unordered_map<std::uint32_t, std::string> interfaces;
    std::unordered_map<std::uint32_t, ProcessUnit> units; ///< by Connection::cgroup

    bool empty() const { return users.empty() && interfaces.empty() && units.empty(); }
    bool operator==(const Names&) const = default;
};

/// What was found out about sockets since the message before.
struct Told {
    std::vector<ToldSocket> sockets;
    bool operator==(const Told&) const = default;
};

/// The dump is complete, and with it all that was told since Begin.
struct End {
    MonotonicTime started{};
    MonotonicTime taken{};
    bool tickCertain = true;
    std::chrono::nanoseconds stampError{0}; ///< how far its times may be off, either way
    std::optional<std::uint64_t> locked;    ///< SampleSummary::locked
    bool settled = true;                    ///< nothing is left to look into for the first time
    bool orphanPressure = false;            ///< MachineState
    bool ticksLate = false;
    std::vector<Sentence> notes;
    std::vector<std::uint64_t> own;    ///< cookies of the sender's own sockets, never shown
    std::vector<std::int32_t> stopped; ///< processes that are stopped

    bool operator==(const End&) const = default;
};

/// A dump could not be had; the next one may be.
struct Failed {
    ErrorCode code = ErrorCode::Unreadable;
    Sentence sentence;
    bool operator==(const Failed&) const = default;
};

/// std::monostate: of a kind that this version does not know.
using Message = std::variant<std::monostate, Hello, Begin, BatchMark, EventsMark, Pong, TcpSysctls, TickClock, Names,
                             Told, End, Failed>;

/// As a netlink message, padded. Told and Names may be larger than a message can be: see encodeAll().
std::vector<std::byte> encode(const Message& message);
/// In as many messages as it takes.
std::vector<std::byte> encodeAll(const Told& told);
std::vector<std::byte> encodeAll(const Names& names);

/// @param payload  of an NLMSG_NOOP message
/// @return         Unreadable where a kind that is known makes no sense. Pure.
Result<Message> decode(ByteView payload);

} // namespace halfopen::stream
