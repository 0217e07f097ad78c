// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/connection.h"
#include "core/model/surroundings.h"

namespace halfopen {

/// Where the way of a connection's segments is looked up: the live kernel (rtnetlink), or a test's script. Used from
/// the sampling thread.
class PathSource {
public:
    virtual ~PathSource() = default;
    /// What was looked up for the sample before is forgotten, but for what tells of a change.
    virtual void beginSample() = 0;
    /// The way to the remote end. @return valid until beginSample(); nullptr where it could not be looked up, or where
    /// too much of this sample has been spent on looking up already
    virtual const Path* of(const Connection& connection) = 0;
};

} // namespace halfopen
