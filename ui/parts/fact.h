// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/parts/verb.h"

#include <QString>

#include <vector>

namespace halfopen {

/// One line of the details: what, how much, and where that is known from.
struct Fact {
    QString name;
    QString value;
    QString note;           ///< the provenance, in words; may be empty
    bool guess = false;     ///< drawn in italics
    Verb verb = Verb::None; ///< offered beside the note, as `verbText`
    QString verbText{};

    bool operator==(const Fact&) const = default;
};

/// Facts under one title.
struct FactGroup {
    QString title; ///< may be empty
    std::vector<Fact> facts;

    bool operator==(const FactGroup&) const = default;
};

using FactGroups = std::vector<FactGroup>;

} // namespace halfopen
