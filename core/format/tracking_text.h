// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"
#include "core/model/sentence.h"

namespace halfopen {

/// What this machine itself, its connection tracking or IPVS, makes of the silence of a connection, and whether
/// something goes out before it is forgotten. @return empty: nothing forgets it, or nothing is known of that
Sentence trackingSentence(const Row& row, const Frame& frame);

} // namespace halfopen
