// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/unique_fd.h"

namespace halfopen {

/// As for socket(2), or a file or folder instead, to be read.
struct SocketKind {
    int family = 0;
    int type = 0;
    int protocol = 0;
    const char* path = nullptr;
};

/// Opens something inside a network namespace that belongs to a user namespace of the caller's: a child enters both,
/// opens it and hands it back (unix(7), SCM_RIGHTS). It was cloned and not executed, and makes nothing but system
/// calls. Some 100 us and the copying of page tables.
/// @return no descriptor and errno where it fails
UniqueFd openInChild(int userNamespace, int netns, SocketKind kind);

} // namespace halfopen
