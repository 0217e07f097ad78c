// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/kernel_fact.h"
#include "core/model/socket_filter.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace halfopen {

/// The program by which the kernel leaves sockets out of a dump (INET_DIAG_REQ_BYTECODE). Pure.
/// Source: net/ipv4/inet_diag.c, inet_diag_bc_run(): a condition goes on by its `yes` or `no`, in bytes; a program that
/// goes just to its end accepts, one that goes 4 bytes beyond rejects.
/// @return empty where every socket is accepted; conditions beyond a program's size are left away, so that more is let
///         through
std::vector<std::byte> bytecodeOf(const SocketFilter& filter);

/// The same for one thing that the kernel tells of no socket.
/// @param group  KernelQuestion::group as a number: the id of the directory (its file handle)
std::vector<std::byte> bytecodeOf(const KernelQuestion& question, std::uint64_t group);

} // namespace halfopen
