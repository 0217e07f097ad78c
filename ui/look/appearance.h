// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <array>
#include <cstdint>
#include <optional>

namespace halfopen {

/// Which palette a person has chosen.
enum class Appearance : std::uint8_t { System, Light, Dark, HighContrast };

inline constexpr std::array kAppearances{Appearance::System, Appearance::Light, Appearance::Dark,
                                         Appearance::HighContrast};

/// "system", "light", "dark", "high-contrast": the words of the settings and of --theme.
QString appearanceKey(Appearance appearance);
std::optional<Appearance> parseAppearance(const QString& key); ///< the inverse; nullopt where it is none of them

/// Gives the application style and palette: those of the desktop for System, where it has any of its own (and Qt
/// follows its changes from then on), else Fusion with the light, the dark or the high-contrast palette. To be asked
/// again after a QEvent::ThemeChange.
void apply(Appearance appearance);

} // namespace halfopen
