// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

class QLabel;
class QString;

namespace halfopen {

/// How large all text may be, in percent of the desktop's own.
inline constexpr std::array kTextSizes{80, 90, 100, 110, 125, 150, 175, 200};
inline constexpr int kUsualTextSize = 100;

/// The next one of kTextSizes in this direction, or the last there is. @param steps  -1 or 1
int nextTextSize(int percent, int steps);

/// Gives the application's font that size; widgets follow at once. The desktop's own is what it is at the first call.
void applyTextSize(int percent);

/// Bold, and so much larger than the text around it, also after applyTextSize().
void makeHeading(QLabel& label, double factor);
QLabel* newHeading(const QString& text); ///< as large as the text around it

} // namespace halfopen
