// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/appearance.h"

#include "ui/look/theme.h"

#include <QApplication>

#include <array>

namespace halfopen {

namespace {

constexpr std::array<const char*, 3> kKeys{"system", "light", "dark"};

} // namespace

QString appearanceKey(Appearance appearance) {
    return QLatin1String(kKeys[static_cast<std::size_t>(appearance)]);
}

std::optional<Appearance> parseAppearance(const QString& key) {
    for (std::size_t i = 0; i < kKeys.size(); ++i) {
        if (key == QLatin1String(kKeys[i]))
            return static_cast<Appearance>(i);
    }
    return std::nullopt;
}

void apply(Appearance appearance, bool systemIsDark) {
    const bool dark = appearance == Appearance::Dark || (appearance == Appearance::System && systemIsDark);
    QApplication::setPalette(dark ? darkPalette() : lightPalette());
}

bool isSystemDark() {
    return QApplication::palette().color(QPalette::Base).lightness() < 128;
}

} // namespace halfopen
