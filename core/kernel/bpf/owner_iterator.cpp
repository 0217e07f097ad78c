// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/bpf/owner_iterator.h"

#include "core/kernel/bpf/decode_record.h"
#include "core/kernel/bpf/exact_record.h"
#include "core/kernel/iterator.h"
#include "core/kernel/tick/tick_source.h"

#include <unistd.h>

#include <net/if.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

namespace halfopen {

namespace {

tl::unexpected<Error> unread(int error) {
    return failure(ErrorCode::Unreadable,
                   Sentence::tr("The kernel does not tell exactly who owns its sockets: {0}.", Errno{error}));
}

// The kernel hands out 32 KiB at a time (bpf_seq_read(), PAGE_SIZE << 3).
constexpr std::size_t kBufferBytes = 64 * 1024;

} // namespace

OwnerIterator::OwnerIterator(ExactProgramsPtr programs)
    : m_programs(std::move(programs))
    , m_hz(readTickRate()) {}

const ToldDead* OwnerIterator::dead(std::uint32_t inode) const {
    const auto found = m_dead.find(inode);
    return found == m_dead.end() ? nullptr : &found->second;
}

Result<void> OwnerIterator::begin() {
    m_dead.clear();
    m_buffer.resize(kBufferBytes);
    m_ended = false;
    m_pass.reset(createIterator(m_programs->owners()));
    if (!m_pass)
        return unread(errno);
    return {};
}

Result<bool> OwnerIterator::next(std::vector<OwnedSocket>& owned) {
    const ssize_t size = read(m_pass.get(), m_buffer.data(), m_buffer.size());
    if (size < 0)
        return errno == EINTR || errno == EAGAIN ? Result<bool>(true) : unread(errno);
    if (size == 0) {
        m_pass.reset();
        return m_ended ? Result<bool>(false) : unread(EPIPE);
    }
    const auto last = decodeOwners(std::span(m_buffer).first(static_cast<std::size_t>(size)), m_hz, owned, m_dead);
    if (!last)
        return tl::unexpected(last.error());
    m_ended = m_ended || *last;
    return true;
}

namespace {

/// Whose zone a link-local address is of.
std::string zoneOf(const Connection& connection) {
    if (connection.interface == 0 || !connection.local.address.isLinkLocal())
        return {};
    std::array<char, IF_NAMESIZE> name{};
    return if_indextoname(connection.interface, name.data()) ? name.data() : std::to_string(connection.interface);
}

Result<void> decodeDead(std::span<const std::byte> bytes, std::int32_t hz,
                        std::unordered_map<std::uint32_t, ToldDead>& dead) {
    ExactSocket socket;
    const auto kind = decodeRecord(bytes, hz, socket);
    if (!kind)
        return tl::unexpected(kind.error());
    const Connection& connection = socket.connection;
    if (*kind != RecordKind::Socket || connection.inode == 0)
        return {};
    dead[connection.inode] = {{.cookie = connection.cookie,
                               .inode = connection.inode,
                               .uid = connection.uid,
                               .local = connection.local,
                               .remote = connection.remote,
                               .error = socket.facts.error,
                               .interface = zoneOf(connection),
                               .info = connection.info,
                               .looked = connection.sampled,
                               .owners = {}},
                              socket.netnsCookie};
    return {};
}

} // namespace

Result<bool> decodeOwners(std::span<const std::byte> bytes, std::int32_t hz, std::vector<OwnedSocket>& owned,
                          std::unordered_map<std::uint32_t, ToldDead>& dead) {
    while (!bytes.empty()) {
        exact_owner from{};
        if (bytes.size() < sizeof from)
            return failure(ErrorCode::Unreadable,
                           Sentence::tr("a record of {0} bytes is shorter than {1}", bytes.size(), sizeof from));
        std::memcpy(&from, bytes.data(), sizeof from);
        bytes = bytes.subspan(sizeof from);
        if (from.version != EXACT_RECORD_VERSION)
            return failure(ErrorCode::Unreadable,
                           Sentence::tr("a record is of version {0}, and this program knows version {1}", from.version,
                                        EXACT_RECORD_VERSION));
        if (from.kind == EXACT_END)
            return true;
        if (from.kind != EXACT_FULL && from.kind != EXACT_RING && from.kind != EXACT_HELD)
            return failure(ErrorCode::Unreadable, Sentence::tr("a record is of the unknown kind {0}", from.kind));
        if (from.pid > 0 && from.fd >= 0)
            owned.push_back({.pid = from.pid,
                             .fd = from.fd,
                             .inode = from.kind == EXACT_RING ? 0 : from.inode,
                             .state = static_cast<State>(from.state)});
        if (from.kind != EXACT_HELD)
            continue;
        if (auto decoded = decodeDead(bytes, hz, dead); !decoded)
            return tl::unexpected(decoded.error());
        bytes = bytes.subspan(sizeof(exact_record));
    }
    return false;
}

} // namespace halfopen
