// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/text_size.h"

#include <QApplication>
#include <QFont>
#include <QLabel>
#include <QVariant>

#include <algorithm>

namespace halfopen {

namespace {

QFont scaled(QFont font, double factor) {
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * factor);
    else
        font.setPixelSize(std::max(1, qRound(font.pixelSize() * factor)));
    return font;
}

constexpr const char* kHeading = "halfopenHeading"; ///< of a label: by how much it is larger

/// A font of a widget's own does not follow that of the application.
void setHeadingFont(QLabel& label) {
    QFont font = scaled(QApplication::font(&label), label.property(kHeading).toDouble());
    font.setBold(true);
    label.setFont(font);
}

} // namespace

int nextTextSize(int percent, int steps) {
    const auto here = std::ranges::lower_bound(kTextSizes, percent) - kTextSizes.begin();
    return kTextSizes[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(here + steps, 0, kTextSizes.size() - 1))];
}

void applyTextSize(int percent) {
    static const QFont desktops = QApplication::font();
    const QFont font = scaled(desktops, percent / 100.0);
    if (font == QApplication::font())
        return;
    QApplication::setFont(font);
    for (QWidget* widget : QApplication::allWidgets())
        if (auto* label = qobject_cast<QLabel*>(widget); label && label->property(kHeading).isValid())
            setHeadingFont(*label);
}

QLabel* newHeading(const QString& text) {
    auto* label = new QLabel(text);
    makeHeading(*label, 1);
    return label;
}

void makeHeading(QLabel& label, double factor) {
    label.setProperty(kHeading, factor);
    setHeadingFont(label);
}

} // namespace halfopen
