// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tuning/effect.h"
#include "core/tuning/middlebox.h"

#include <QColor>
#include <QPointF>

class QPainter;
class QPalette;

namespace halfopen {

struct Theme;

/// The colour of a survival; it never stands alone, its shape and word say the same.
QColor survivalColor(Survival survival, const Theme& theme);

/// What a mark on the track stands for. Each has a shape of its own.
enum class CrowdKind : std::uint8_t { Follow, Own, Off, Unknown };
inline constexpr int kCrowdKinds = 4;

std::uint32_t countOf(CrowdKind kind, const Crowd& crowd); ///< connections, not marks

/// The number of connections that one mark stands for, so that no column is higher than `most` marks.
std::uint32_t connectionsPerMark(std::uint32_t highest, std::uint32_t most);

void drawCrowdMark(QPainter& painter, CrowdKind kind, const QPointF& center, const Theme& theme);
/// A column of marks from `foot` upwards.
void drawCrowd(QPainter& painter, const Crowd& crowd, const QPointF& foot, std::uint32_t perMark, const Theme& theme);

/// A small mark below the axis: a circle that survives, a triangle that barely does, a cross, a bar for layer 7.
void drawSurvivalMark(QPainter& painter, Survival survival, const QPointF& center, const Theme& theme);

/// Two strokes across the axis: here the scale changes. @param ground  what the axis stands on
void drawBreak(QPainter& painter, double x, double y, const QColor& ground);
/// The give-up: a cross in the painter's pen.
void drawEnd(QPainter& painter, const QPointF& center, double radius);

inline constexpr double kMarkStep = 5.6; ///< height of one mark

} // namespace halfopen
