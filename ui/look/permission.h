// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/row.h"

#include <QString>

namespace halfopen {

/// Which right is missing for this row, as a sentence; "" where none is.
QString missingRight(const Row& row);

/// A provenance in a word and in a clause, for this very row: what hides a value is a right that is missing, another
/// timer, or that nobody could look.
QString provenanceLabel(Provenance from, const Row& row);
QString provenanceMeaning(Provenance from, const Row& row);

} // namespace halfopen
