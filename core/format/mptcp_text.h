// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"
#include "core/model/sentence.h"

#include <vector>

namespace halfopen {

/// The other subflows of its MPTCP connection, the first of them: "192.0.2.3:4711 to 192.0.2.2:443 (0x1d2)".
std::vector<Sentence> otherSubflows(const Row& row, const Frame& frame);

/// Which MPTCP connection a row belongs to, and over which other subflows that goes. @return empty: to none
Sentence mptcpSentence(const Row& row, const Frame& frame);

} // namespace halfopen
