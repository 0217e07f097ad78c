// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/diagnosis.h"
#include "core/model/frame.h"
#include "ui/parts/verb.h"

#include <QString>

#include <optional>
#include <vector>

namespace halfopen {

/// One line of what stands in the details where no single connection is told: how many, who, and what to do.
struct SummaryLine {
    std::optional<Diagnosis> icon{}; ///< and colour; nullopt: none
    QString text;
    QString detail{};
    Verb verb = Verb::None;
    QString verbText{}; ///< on the button
    bool guess = false; ///< `detail` rests on what was not read

    bool operator==(const SummaryLine&) const = default;
};

struct Summary {
    QString headline;
    std::vector<SummaryLine> lines;

    bool operator==(const Summary&) const = default;
};

/// Nothing is chosen: what is wrong with the connections of a frame, and what can be done about it. Programs and next
/// ends are looked for among the first 20,000 rows that are shown; numbers are of all.
/// @param shown  as the table shows them, indexes into its rows
Summary summaryOf(const Frame& frame, const std::vector<std::uint32_t>& shown, MonotonicTime now);

/// Several are chosen: their programs, ends and options together.
/// @param rows  into frame; more than one
Summary summaryOfChosen(const Frame& frame, const std::vector<const Row*>& rows, MonotonicTime now);

} // namespace halfopen
