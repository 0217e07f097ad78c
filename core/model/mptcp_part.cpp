// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/mptcp_part.h"

#include <fmt/format.h>

namespace halfopen {

std::string tokenText(const MptcpPart* part) {
    return part && part->token != 0 ? fmt::format("{:#x}", part->token) : std::string();
}

} // namespace halfopen
