// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/diagnosis.h"

#include <QColor>
#include <QPixmap>

namespace halfopen {

/// The shape of a diagnosis in one colour. Shapes differ without their colour: a filled shield is guarded, a dashed one
/// is not, a triangle is suspect. Cached by QPixmapCache; GUI thread only.
/// @param size   in device-independent pixels
/// @param ratio  device pixel ratio of where it will be painted
QPixmap diagnosisPixmap(Diagnosis diagnosis, const QColor& color, int size, qreal ratio);

} // namespace halfopen
