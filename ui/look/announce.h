// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace halfopen {

/// Tells whoever listens (a screen reader) that this widget has news that come without being asked for: what its text,
/// or its accessible name, says now. To be called once for each.
void announce(QWidget& widget);

} // namespace halfopen
