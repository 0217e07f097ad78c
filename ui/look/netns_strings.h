// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"
#include "core/model/row.h"

#include <QString>

#include <optional>

namespace halfopen {

/// "web"; where it has no name: its inode, or "this one" for the own one.
QString netnsName(const NetnsContext& netns);
QString tierLabel(NetnsTier tier);    ///< "entered", "seen from outside"; "" for the own one
QString tierSentence(NetnsTier tier); ///< what can be seen and done there; "" for the own one
/// "podman 0123456789ab, nginx 4711, 3 processes"
QString insideText(const NetnsInside& inside);
/// "sshd.service", "nginx.service in docker 0123456789ab"
QString unitText(const ProcessUnit& unit);

/// Connections of one of a frame's namespaces, closed ones not counted.
std::uint32_t connectionsIn(const Frame& frame, std::size_t index);
/// How old the rows of a namespace are that is sampled less often than the one in view; nullopt: they are not.
std::optional<MonotonicTime::duration> ageOfSample(const Frame& frame, std::uint16_t index, MonotonicTime now);

} // namespace halfopen
