// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/query/filter_error.h"
#include "core/query/filter_names.h"

#include <QString>

namespace halfopen {

/// What is wrong, where, and what could stand there: "Position 9: a port is missing after >=, for example sport >=
/// :1024". @param text  the filter that it is of
QString filterErrorText(const FilterError& error, const QString& text);

/// The words that the window shows, as words of the language of filters, and the services of this machine.
FilterNames screenNames();

} // namespace halfopen
