// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

class QLineEdit;

namespace halfopen {

/// What keys do in a field that filters what stands below it: Down leaves it, Escape empties it, and Ctrl+D, Ctrl+E and
/// Ctrl+K, which edit as in Emacs on X11, are the window's shortcuts as everywhere else.
/// @param leave   gives the keys to what is shown
/// @param escape  what Escape does instead; empty: it empties the field
void setUpFieldKeys(QLineEdit& field, std::function<void()> leave, std::function<void()> escape = {});

} // namespace halfopen
