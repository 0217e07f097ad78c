// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/contrast.h"

#include <algorithm>
#include <cmath>

namespace halfopen {

namespace {

constexpr int kSteps = 20;

double linear(double channel) {
    return channel <= 0.03928 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& color) {
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

double leastContrast(std::span<const QColor> grounds, const QColor& color) {
    double least = 21;
    for (const QColor& ground : grounds)
        least = std::min(least, contrastRatio(color, ground));
    return least;
}

} // namespace

double contrastRatio(const QColor& one, const QColor& other) {
    const auto [darker, lighter] = std::minmax({luminance(one), luminance(other)});
    return (lighter + 0.05) / (darker + 0.05);
}

QColor mixed(const QColor& one, const QColor& other, double part) {
    const auto channel = [part](float from, float to) { return static_cast<float>(from + (to - from) * part); };
    return QColor::fromRgbF(channel(one.redF(), other.redF()), channel(one.greenF(), other.greenF()),
                            channel(one.blueF(), other.blueF()));
}

QColor readableOn(std::span<const QColor> grounds, const QColor& color, double least) {
    const bool darkIsBetter = leastContrast(grounds, Qt::black) > leastContrast(grounds, Qt::white);
    const QColor end = darkIsBetter ? Qt::black : Qt::white;
    for (int step = 0; step < kSteps; ++step) {
        const QColor tried = mixed(color, end, static_cast<double>(step) / kSteps);
        if (leastContrast(grounds, tried) >= least)
            return tried;
    }
    return end;
}

} // namespace halfopen
