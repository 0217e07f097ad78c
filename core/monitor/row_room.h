// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/row.h"

#include <cstddef>
#include <span>
#include <vector>

namespace halfopen {

/// Memory for so many rows. Rows for 200,000 connections are 12,000 small pages to be faulted in, or two dozen huge
/// ones: madvise(2) asks for those. Only a wish: where the kernel has no huge pages nothing changes.
void makeRoom(std::vector<Row>& rows, std::size_t count);
/// The whole huge pages behind the last row; empty where there is none.
std::span<std::byte> freeRoom(std::vector<Row>& rows);

} // namespace halfopen
