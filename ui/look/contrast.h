// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>

#include <span>

namespace halfopen {

/// Of two opaque colours, 1 to 21. Source: WCAG 2.1, "contrast ratio".
double contrastRatio(const QColor& one, const QColor& other);

/// @param part  of the other colour, 0 to 1
QColor mixed(const QColor& one, const QColor& other, double part);

/// The colour, moved towards black or white as little as is needed for that contrast on each of the grounds.
QColor readableOn(std::span<const QColor> grounds, const QColor& color, double least);

} // namespace halfopen
