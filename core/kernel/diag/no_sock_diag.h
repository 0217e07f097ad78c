// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/error.h"

#include <string>

namespace halfopen {

/// What decides why there is no sock_diag for this process.
struct KernelKind {
    std::string release;   ///< uname(2)
    std::string version;   ///< uname(2)
    bool filtered = false; ///< a seccomp filter is in force for this process: it may answer in the kernel's place
};

/// Of this process: uname(2), prctl(2) PR_GET_SECCOMP.
KernelKind kernelKind();

/// Why neither a module nor a socket for sock_diag is there. Pure. Source: net/netlink/af_netlink.c, netlink_create()
/// answers EPROTONOSUPPORT where no module registers the protocol, net/core/sock_diag.c ENOENT where none knows TCP,
/// and nothing but a filter EAFNOSUPPORT (systemd.exec(5), RestrictAddressFamilies=).
/// @param errorNumber  one of the three
/// @param words        what the kernel said, as it is told
Error noSockDiag(int errorNumber, const Sentence& words, const KernelKind& kernel);

} // namespace halfopen
