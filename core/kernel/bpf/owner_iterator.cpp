// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/bpf/owner_iterator.h"

#include "core/kernel/bpf/exact_record.h"
#include "core/kernel/iterator.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace halfopen {

namespace {

tl::unexpected<Error> unread(int error) {
    return failure(ErrorCode::Unreadable,
                   Sentence::tr("The kernel does not tell exactly who owns its sockets: {0}.", Errno{error}));
}

// The kernel hands out 32 KiB at a time (bpf_seq_read(), PAGE_SIZE << 3).
constexpr std::size_t kBufferBytes = 64 * 1024;

} // namespace

Result<void> OwnerIterator::begin() {
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
    const auto last = decodeOwners(std::span(m_buffer).first(static_cast<std::size_t>(size)), owned);
    if (!last)
        return tl::unexpected(last.error());
    m_ended = m_ended || *last;
    return true;
}

Result<bool> decodeOwners(std::span<const std::byte> bytes, std::vector<OwnedSocket>& owned) {
    for (; !bytes.empty(); bytes = bytes.subspan(sizeof(exact_owner))) {
        exact_owner from{};
        if (bytes.size() < sizeof from)
            return failure(ErrorCode::Unreadable,
                           Sentence::tr("a record of {0} bytes is shorter than {1}", bytes.size(), sizeof from));
        std::memcpy(&from, bytes.data(), sizeof from);
        if (from.version != EXACT_RECORD_VERSION)
            return failure(ErrorCode::Unreadable,
                           Sentence::tr("a record is of version {0}, and this program knows version {1}", from.version,
                                        EXACT_RECORD_VERSION));
        if (from.kind == EXACT_END)
            return true;
        if (from.kind != EXACT_FULL && from.kind != EXACT_RING)
            return failure(ErrorCode::Unreadable, Sentence::tr("a record is of the unknown kind {0}", from.kind));
        if (from.pid > 0 && from.fd >= 0)
            owned.push_back({.pid = from.pid,
                             .fd = from.fd,
                             .inode = from.kind == EXACT_RING ? 0 : from.inode,
                             .state = static_cast<State>(from.state)});
    }
    return false;
}

} // namespace halfopen
