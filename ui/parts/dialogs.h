// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QMenuBar;
class QWidget;

namespace halfopen {

/// What the diagnoses, the marks and the provenances mean, with their icons. Stays open beside the window; closes with
/// it.
void showLegend(QWidget* parent);

/// Every verb of the menus that has a key, with it, and the keys that stand in no menu.
void showShortcuts(QWidget* parent, const QMenuBar& bar);

/// Name, version, licence.
void showAbout(QWidget* parent);

} // namespace halfopen
