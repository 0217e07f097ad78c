// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/appearance.h"

#include "ui/look/outlined_style.h"
#include "ui/look/theme.h"

#include <QApplication>
#include <QPalette>
#include <QStyle>
#include <QStyleFactory>

namespace halfopen {

namespace {

constexpr std::array<const char*, kAppearances.size()> kKeys{"system", "light", "dark", "high-contrast"};

constexpr QLatin1String kFusion("fusion");

QPalette paletteOf(Appearance appearance) {
    switch (appearance) {
    case Appearance::Dark:
        return darkPalette();
    case Appearance::HighContrast:
        return highContrastPalette();
    case Appearance::System:
    case Appearance::Light:
        break;
    }
    return lightPalette();
}

bool isOurs(const QStyle& style) {
    return qobject_cast<const OutlinedStyle*>(&style) != nullptr;
}

/// Fusion is ours, with edges that are seen.
void setStyle(const QString& name) {
    if (name == kFusion)
        QApplication::setStyle(new OutlinedStyle); // the application owns it
    else if (QStyle* style = QStyleFactory::create(name); style != nullptr)
        QApplication::setStyle(style);
}

/// The style that is not ours, or was last before ours.
QString desktopsStyle() {
    static QString name;
    if (!isOurs(*QApplication::style()))
        name = QApplication::style()->name();
    return name;
}

/// Whether the palette is anybody's choice: without a desktop it is that which Fusion has itself.
bool hasChosen() {
    const QStyle& style = *QApplication::style();
    return !isOurs(style) || QApplication::palette() != style.standardPalette();
}

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

void apply(Appearance appearance) {
    const bool system = appearance == Appearance::System;
    const QString wanted = system ? desktopsStyle() : QString(kFusion);
    if ((wanted == kFusion) != isOurs(*QApplication::style()))
        setStyle(wanted);
    if (system) {
        QApplication::setPalette(QPalette()); // the desktop's
        if (hasChosen())
            return;
        appearance = isDark(QApplication::palette()) ? Appearance::Dark : Appearance::Light;
    }
    QApplication::setPalette(paletteOf(appearance));
}

} // namespace halfopen
