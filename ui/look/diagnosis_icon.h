// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/diagnosis.h"

#include <QColor>
#include <QFontMetrics>
#include <QPixmap>

namespace halfopen {

/// The shape of a diagnosis in one colour. Shapes differ without their colour: a filled shield is guarded, a dashed one
/// is not, a triangle is suspect. Cached by QPixmapCache; GUI thread only.
/// @param size   in device-independent pixels
/// @param ratio  device pixel ratio of where it will be painted
QPixmap diagnosisPixmap(Diagnosis diagnosis, const QColor& color, int size, qreal ratio);

/// The size of an icon beside text.
/// @param usual  in pixels, beside letters of a usual size, whose line is 16 pixels high
int iconSizeFor(const QFontMetrics& metrics, int usual = 14);

} // namespace halfopen
