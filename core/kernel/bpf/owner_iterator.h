// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/bpf/exact_programs.h"
#include "core/kernel/process/socket_owners.h"
#include "core/kernel/unique_fd.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace halfopen {

/// Who owns TCP sockets, by a BPF iterator over the descriptors of all processes: sockets of every network namespace,
/// whether in a table of the kernel or not, without the lock of any.
class OwnerIterator final : public SocketOwners {
public:
    explicit OwnerIterator(ExactProgramsPtr programs);

    Result<void> begin() override;
    Result<bool> next(std::vector<OwnedSocket>& owned) override;
    const ToldDead* dead(std::uint32_t inode) const override;

private:
    ExactProgramsPtr m_programs;
    UniqueFd m_pass;
    std::vector<std::byte> m_buffer;
    bool m_ended = false; ///< the last record has come
    std::int32_t m_hz;
    std::unordered_map<std::uint32_t, ToldDead> m_dead; ///< of the pass, by inode
};

/// Decodes what one read gave. @return whether the last record of the pass is among it; Unreadable where a record is
/// cut off, of another version or of an unknown kind. Pure but for the names of interfaces.
/// @param hz    the kernel's tick
/// @param dead  gets those that have ended, by inode
Result<bool> decodeOwners(std::span<const std::byte> bytes, std::int32_t hz, std::vector<OwnedSocket>& owned,
                          std::unordered_map<std::uint32_t, ToldDead>& dead);

} // namespace halfopen
