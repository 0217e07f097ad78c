// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QMenu;

namespace halfopen {

/// A menu of what is to be ticked stays open while somebody ticks, by mouse or keys; the last that is ticked cannot be
/// taken away. To be called before or after it is filled.
void keepOpenWhileTicked(QMenu& menu);

} // namespace halfopen
