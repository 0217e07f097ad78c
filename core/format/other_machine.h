// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/sentence.h"

#include <string>

namespace halfopen {

/// Why nothing is done to connections of another machine. @param host  as it is called
Sentence nothingIsChangedOn(const std::string& host);

} // namespace halfopen
