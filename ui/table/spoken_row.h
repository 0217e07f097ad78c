// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/row.h"
#include "ui/table/columns.h"

namespace halfopen {

/// A row for those who hear it: "unguarded. psql 24214 to 203.0.113.9 port 5432. Never given up." What has just
/// happened to it comes first: "new", "changed", "closed".
QString spokenRow(const CellInput& in, Change change, bool watched = false);

} // namespace halfopen
