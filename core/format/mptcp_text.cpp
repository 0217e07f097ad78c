// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/mptcp_text.h"

#include <cstddef>

namespace halfopen {

std::vector<Sentence> otherSubflows(const Row& row, const Frame& frame) {
    constexpr std::size_t kMost = 8; // more than the kernel makes by itself
    std::vector<Sentence> others;
    const MptcpPart* part = frame.mptcpOf(row);
    for (const Row* one : part ? frame.subflowsOf(*part) : std::vector<const Row*>())
        if (one != &row && others.size() < kMost)
            others.push_back(Sentence::tr("{0} to {1} ({2})", frame.localOf(*one), frame.remoteOf(*one),
                                          Hex{one->connection.cookie}));
    return others;
}

Sentence mptcpSentence(const Row& row, const Frame& frame) {
    const MptcpPart* part = frame.mptcpOf(row);
    if (!part)
        return {};
    const auto others = otherSubflows(row, frame);
    if (part->token == 0)
        return others.empty() ? Sentence() : Sentence::tr("Other subflows of its connection: {0}.", listOf(others));
    if (row.connection.upperLayer == UpperLayer::MptcpWithoutSubflow)
        return Sentence::tr("Its token is {0}.", Hex{part->token});
    if (others.empty())
        return Sentence::tr("The token of its connection is {0}; no other subflow of it is seen.", Hex{part->token});
    return Sentence::tr("The token of its connection is {0}; other subflows of it: {1}.", Hex{part->token},
                        listOf(others));
}

} // namespace halfopen
