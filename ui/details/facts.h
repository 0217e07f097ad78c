// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/details/subject.h"

#include <QString>

#include <vector>

namespace halfopen {

/// One line of the details: what, how much, and where that is known from.
struct Fact {
    QString name;
    QString value;
    QString note;       ///< the provenance, in words; may be empty
    bool guess = false; ///< drawn in italics

    bool operator==(const Fact&) const = default;
};

/// Facts under one title.
struct FactGroup {
    QString title; ///< may be empty
    std::vector<Fact> facts;

    bool operator==(const FactGroup&) const = default;
};

using FactGroups = std::vector<FactGroup>;

/// The sentences of the page "Clocks": what it is, what is next, when it is given up, what was assumed.
FactGroups clockFacts(const Subject& subject, MonotonicTime now);
/// Every option with its provenance in words.
FactGroups optionFacts(const Subject& subject);
/// tcp_info in groups with units: all the kernel gave where the frame has the raw bytes, else what every row carries.
/// One group with one sentence where the kernel gave none.
FactGroups tcpFacts(const Subject& subject);
/// The processes that hold the socket, or why none is known; the socket's own numbers.
FactGroups holderFacts(const Subject& subject);

} // namespace halfopen
