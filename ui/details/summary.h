// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/diagnosis.h"
#include "core/model/frame.h"
#include "core/model/shown_summary.h"
#include "core/query/summary.h"
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
    QString verbText{};       ///< on the button
    bool guess = false;       ///< `detail` rests on what was not read
    Verb second = Verb::None; ///< offered beside the first, where it can be had
    QString secondText{};

    bool operator==(const SummaryLine&) const = default;
};

struct Summary {
    QString headline;
    std::vector<SummaryLine> lines;

    bool operator==(const Summary&) const = default;
};

/// Nothing is chosen: what is wrong with the connections that are shown, and what can be done about it.
Summary summaryOf(const Frame& frame, const ShownSummary& counted, MonotonicTime now);

/// Several are chosen: their programs, ends and options together.
Summary summaryOfChosen(const Frame& frame, const ChosenSummary& chosen, MonotonicTime now);

} // namespace halfopen
