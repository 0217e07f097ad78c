// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>

class QColor;

namespace halfopen {

/// A padlock: what takes a right that this user does not have.
QIcon lockIcon(const QColor& color);

} // namespace halfopen
