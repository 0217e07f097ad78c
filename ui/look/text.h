// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <string_view>

class QLabel;

namespace halfopen {

/// What core has as UTF-8: names, addresses, commands; harmless (core/text/foreign_text.h), its lines stay. Not
/// translated; for its sentences see translated().
QString fromCore(std::string_view text);

/// The text of a menu entry or a label without the letter to press: "&Filter", "筛选(&F)".
QString withoutMnemonic(QString text);

/// Sets it only where it says something else: each setText() is an event for whoever listens, and a layout.
void setTextIfNew(QLabel& label, const QString& text);

/// The same for what counts down: whoever has it read out is told without the tenths, so not ten times a second.
void setRunningText(QLabel& label, const QString& text);
QString withoutTenths(QString text); ///< "in 5.3 s" is "in 5 s"

/// A label for running text: it wraps, can be selected with the mouse, and takes nothing as markup. It has no parent
/// yet.
QLabel* newText();

} // namespace halfopen
