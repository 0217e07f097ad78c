// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <unistd.h>

#include <linux/bpf.h>
#include <sys/syscall.h>

#include <cstdint>

namespace halfopen {

/// BPF_ITER_CREATE of bpf(2), and nothing but that system call: a pass of an iterator, to be read once to its end.
/// @param link  of the iterator
/// @return      a descriptor (O_CLOEXEC); -1 and errno where it fails
inline int createIterator(int link) {
    bpf_attr attributes{};
    attributes.iter_create.link_fd = static_cast<std::uint32_t>(link);
    return static_cast<int>(::syscall(SYS_bpf, BPF_ITER_CREATE, &attributes, sizeof attributes));
}

} // namespace halfopen
