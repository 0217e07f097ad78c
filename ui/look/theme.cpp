// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/theme.h"

#include "ui/look/contrast.h"

#include <algorithm>
#include <map>

namespace halfopen {

namespace {

// In the order of Diagnosis: listening, opening, abandoned, closing, suspect, stalled, active, guarded, unguarded.
Theme makeLight() {
    Theme s;
    s.diagnosis = {QColor(0x4f, 0x5f, 0x70), QColor(0x00, 0x6d, 0x7a), QColor(0x7d, 0x35, 0xa8),
                   QColor(0x62, 0x62, 0x66), QColor(0xba, 0x1a, 0x22), QColor(0x6b, 0x5c, 0x00),
                   QColor(0x0b, 0x57, 0xb4), QColor(0x12, 0x6b, 0x34), QColor(0xa0, 0x48, 0x00)};
    s.text = QColor(0x1c, 0x1e, 0x22);
    s.dim = QColor(0x61, 0x67, 0x70);
    s.guess = QColor(0x54, 0x5b, 0x6a);
    s.newMark = QColor(0x1f, 0x8a, 0x4c);
    s.newTint = QColor(0xe9, 0xf7, 0xee);
    s.changedMark = QColor(0x1f, 0x6f, 0xd6);
    s.changedTint = QColor(0xee, 0xf4, 0xfd);
    s.closedMark = QColor(0xb0, 0x3a, 0x3a);
    s.closedTint = QColor(0xfb, 0xee, 0xee);
    s.rule = QColor(0x84, 0x8b, 0x96);
    return s;
}

Theme makeDark() {
    Theme s;
    s.diagnosis = {QColor(0xa6, 0xb4, 0xc2), QColor(0x5c, 0xc9, 0xd6), QColor(0xd2, 0xa6, 0xf2),
                   QColor(0xab, 0xad, 0xb3), QColor(0xff, 0x85, 0x7d), QColor(0xdb, 0xc9, 0x5a),
                   QColor(0x85, 0xbc, 0xff), QColor(0x79, 0xd6, 0x92), QColor(0xff, 0xb4, 0x66)};
    s.text = QColor(0xe4, 0xe6, 0xea);
    s.dim = QColor(0x9c, 0xa3, 0xad);
    s.guess = QColor(0xad, 0xb4, 0xc2);
    s.newMark = QColor(0x4c, 0xc2, 0x7a);
    s.newTint = QColor(0x1b, 0x2e, 0x24);
    s.changedMark = QColor(0x5d, 0xa4, 0xff);
    s.changedTint = QColor(0x1d, 0x28, 0x38);
    s.closedMark = QColor(0xf0, 0x7a, 0x7a);
    s.closedTint = QColor(0x33, 0x20, 0x22);
    s.rule = QColor(0x76, 0x80, 0x8e);
    return s;
}

constexpr double kReadable = 4.5;     // WCAG 2.1, 1.4.3
constexpr double kReadableHigh = 7.0; // 1.4.6
constexpr double kSeen = 3.0;         // 1.4.11: what is not text
constexpr double kTint = 0.1;         // of the mark in what lies under its row

/// One of the sets, its colours moved until they can be read on the palette's grounds.
Theme makeFor(const QPalette& palette) {
    const bool high = isHighContrast(palette);
    const QColor base = palette.color(QPalette::Base);
    Theme s = isDark(palette) ? makeDark() : makeLight();
    s.newTint = high ? base : mixed(base, s.newMark, kTint);
    s.changedTint = high ? base : mixed(base, s.changedMark, kTint);
    s.closedTint = high ? base : mixed(base, s.closedMark, kTint);
    const std::array grounds{
        base,        palette.color(QPalette::AlternateBase), palette.color(QPalette::Window), s.newTint, s.changedTint,
        s.closedTint};
    s.text = palette.color(QPalette::Text);
    const double readable = high ? kReadableHigh : kReadable;
    for (QColor* text : {&s.dim, &s.guess})
        *text = readableOn(grounds, *text, readable);
    for (QColor& accent : s.diagnosis)
        accent = readableOn(grounds, accent, readable);
    for (QColor* mark : {&s.newMark, &s.changedMark, &s.closedMark, &s.rule})
        *mark = readableOn(grounds, *mark, high ? kReadableHigh : kSeen);
    return s;
}

/// What a theme is made by.
std::array<QRgb, 4> groundsOf(const QPalette& palette) {
    return {palette.color(QPalette::Base).rgb(), palette.color(QPalette::AlternateBase).rgb(),
            palette.color(QPalette::Window).rgb(), palette.color(QPalette::Text).rgb()};
}

struct Ground {
    QColor window, base, alternate, button, text, dim, highlight, highlightedText, resting, link, tip;
};

QPalette paletteFrom(const Ground& g) {
    QPalette palette(g.text, g.button, g.base.lighter(120), g.button.darker(130), g.button.darker(110), g.text,
                     g.highlightedText, g.base, g.window);
    palette.setColor(QPalette::AlternateBase, g.alternate);
    palette.setColor(QPalette::Highlight, g.highlight);
    palette.setColor(QPalette::HighlightedText, g.highlightedText);
    palette.setColor(QPalette::Inactive, QPalette::Highlight, g.resting); // where the keys are elsewhere
    palette.setColor(QPalette::Inactive, QPalette::HighlightedText, g.text);
    palette.setColor(QPalette::Link, g.link);
    palette.setColor(QPalette::PlaceholderText, g.dim);
    palette.setColor(QPalette::ToolTipBase, g.tip);
    palette.setColor(QPalette::ToolTipText, g.text);
    palette.setColor(QPalette::ButtonText, g.text);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, g.dim);
    return palette;
}

} // namespace

const QColor& Theme::markOf(Change change) const {
    return change == Change::New ? newMark : change == Change::Closed ? closedMark : changedMark;
}

const QColor& Theme::tintOf(Change change) const {
    static const QColor none;
    switch (change) {
    case Change::New:
        return newTint;
    case Change::Changed:
        return changedTint;
    case Change::Closed:
        return closedTint;
    case Change::None:
        break;
    }
    return none;
}

bool isDark(const QPalette& palette) {
    return palette.color(QPalette::Base).lightness() < 128;
}

bool isHighContrast(const QPalette& palette) {
    const QColor base = palette.color(QPalette::Base);
    return base == palette.color(QPalette::Window) && (base == QColor(Qt::black) || base == QColor(Qt::white));
}

const Theme& themeOf(const QPalette& palette) {
    static std::map<std::array<QRgb, 4>, Theme> themes{{groundsOf(lightPalette()), makeLight()},
                                                       {groundsOf(darkPalette()), makeDark()}};
    const auto grounds = groundsOf(palette);
    auto found = themes.find(grounds);
    if (found == themes.end())
        found = themes.emplace(grounds, makeFor(palette)).first;
    return found->second;
}

QPalette lightPalette() {
    return paletteFrom({.window = QColor(0xf2, 0xf3, 0xf5),
                        .base = QColor(0xff, 0xff, 0xff),
                        .alternate = QColor(0xf8, 0xf9, 0xfa),
                        .button = QColor(0xf2, 0xf3, 0xf5),
                        .text = QColor(0x1c, 0x1e, 0x22),
                        .dim = QColor(0x61, 0x67, 0x70),
                        .highlight = QColor(0x1d, 0x5f, 0xb8),
                        .highlightedText = QColor(0xff, 0xff, 0xff),
                        .resting = QColor(0xc5, 0xd9, 0xf2),
                        .link = QColor(0x0b, 0x57, 0xb4),
                        .tip = QColor(0xfd, 0xfd, 0xf5)});
}

QPalette darkPalette() {
    return paletteFrom({.window = QColor(0x25, 0x28, 0x2d),
                        .base = QColor(0x1a, 0x1c, 0x20),
                        .alternate = QColor(0x1e, 0x20, 0x25),
                        .button = QColor(0x2e, 0x32, 0x38),
                        .text = QColor(0xe4, 0xe6, 0xea),
                        .dim = QColor(0x9c, 0xa3, 0xad),
                        .highlight = QColor(0x33, 0x6f, 0xbd),
                        .highlightedText = QColor(0xff, 0xff, 0xff),
                        .resting = QColor(0x2b, 0x3f, 0x59),
                        .link = QColor(0x85, 0xbc, 0xff),
                        .tip = QColor(0x2e, 0x32, 0x38)});
}

QPalette highContrastPalette() {
    return paletteFrom({.window = Qt::black,
                        .base = Qt::black,
                        .alternate = Qt::black,
                        .button = Qt::black,
                        .text = Qt::white,
                        .dim = QColor(0xd8, 0xd8, 0xd8),
                        .highlight = Qt::yellow,
                        .highlightedText = Qt::black,
                        .resting = QColor(0x40, 0x40, 0x00),
                        .link = Qt::cyan,
                        .tip = Qt::black});
}

} // namespace halfopen
