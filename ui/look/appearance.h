// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <cstdint>
#include <optional>

namespace halfopen {

/// Which palette a person has chosen.
enum class Appearance : std::uint8_t { System, Light, Dark };

/// "system", "light", "dark": the words of the settings and of --theme.
QString appearanceKey(Appearance appearance);
std::optional<Appearance> parseAppearance(const QString& key); ///< the inverse; nullopt where it is none of them

/// Gives the application the light or the dark palette.
/// @param systemIsDark  what Appearance::System stands for; see isSystemDark()
void apply(Appearance appearance, bool systemIsDark);

/// Whether the palette that the desktop gave the application is dark. To be asked before the first apply().
bool isSystemDark();

} // namespace halfopen
