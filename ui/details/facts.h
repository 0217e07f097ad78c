// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/details/subject.h"
#include "ui/parts/fact.h"

#include <optional>

namespace halfopen {

/// The sentences of the page "Clocks": what it is, what is next, when it is given up, what was assumed.
FactGroups clockFacts(const Subject& subject, MonotonicTime now);
/// When the connection tracking of this machine forgets it, against its next probe; nullopt: nothing is tracked here.
std::optional<Fact> trackingFact(const Subject& subject, MonotonicTime now);
/// Every option with its provenance in words.
FactGroups optionFacts(const Subject& subject);
/// tcp_info in groups with units: all the kernel gave where the frame has the raw bytes, else what every row carries.
/// One group with one sentence where the kernel gave none.
FactGroups tcpFacts(const Subject& subject);
/// The processes that own the socket, or why none is known; the socket's own numbers.
FactGroups ownerFacts(const Subject& subject);

/// Of a listener: its queue, what the kernel had no room for, its connections and what they inherit; else empty.
FactGroups listenerFacts(const Subject& subject);
/// How many local ports connections to the same destination have; nullopt where that says nothing.
std::optional<Fact> localPortsFact(const Subject& subject);

} // namespace halfopen
