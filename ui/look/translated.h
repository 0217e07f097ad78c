// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/sentence.h"

#include <QString>

namespace halfopen {

/// A note or an error of core in the language of the window, harmless as fromCore() is. Where there is no translation
/// (it came from a helper of another version) it stays English.
QString translated(const Sentence& sentence);

} // namespace halfopen
