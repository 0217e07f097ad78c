// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace halfopen {

/// Tells whoever listens (a screen reader) that this widget has news that come without being asked for: what its text,
/// or its accessible name, says now. To be called once for each; of what comes within a second only the last is told.
/// @return  false: it is told a little later, with what the widget says then
bool announce(QWidget& widget);
/// A label of which only news are made (announce()): desktops tell them when it is shown, or announced.
void setNewsRole(QWidget& widget);
/// What the person's own key has led to: told at once.
void answerKey(QWidget& widget);

} // namespace halfopen
