// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/outlined_style.h"
#include "ui/look/theme.h"

#include <QComboBox>
#include <QImage>
#include <QLineEdit>
#include <QSpinBox>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace halfopen::test {
namespace {

constexpr double kReadable = 4.5; // WCAG 2.1, 1.4.3, level AA
constexpr double kSeen = 3.0;     // 1.4.11: what is not text

double linear(double channel) {
    return channel <= 0.03928 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& color) {
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

/// Contrast of two opaque colours, 1 to 21. Source: WCAG 2.1, "contrast ratio".
double contrastRatio(const QColor& one, const QColor& other) {
    const auto [darker, lighter] = std::minmax({luminance(one), luminance(other)});
    return (lighter + 0.05) / (darker + 0.05);
}

struct ThemeTest : testing::TestWithParam<bool> {
    QPalette palette = GetParam() ? darkPalette() : lightPalette();
    const Theme& theme = themeOf(palette);

    std::vector<QColor> grounds() const {
        return {palette.color(QPalette::Base), palette.color(QPalette::AlternateBase), theme.newTint, theme.changedTint,
                theme.closedTint};
    }
};

TEST(Contrast, isThatOfTheStandard) {
    EXPECT_NEAR(contrastRatio(Qt::black, Qt::white), 21.0, 0.001);
    EXPECT_NEAR(contrastRatio(QColor(0x77, 0x77, 0x77), Qt::white), 4.48, 0.01);
}

TEST_P(ThemeTest, belongToTheirPalette) {
    EXPECT_EQ(palette.color(QPalette::Base).lightness() < 128, GetParam());
    EXPECT_GT(contrastRatio(theme.text, palette.color(QPalette::Base)), 10.0);
}

TEST_P(ThemeTest, everyTextIsReadableOnEveryGround) {
    auto texts = std::vector<QColor>{theme.text, theme.dim, theme.guess};
    texts.insert(texts.end(), theme.diagnosis.begin(), theme.diagnosis.end());
    for (const auto& text : texts) {
        for (const auto& ground : grounds())
            EXPECT_GE(contrastRatio(text, ground), kReadable)
                << text.name().toStdString() << " on " << ground.name().toStdString();
    }
}

TEST_P(ThemeTest, textOfTheWindowIsReadable) {
    using P = QPalette;
    const std::pair<P::ColorRole, P::ColorRole> pairs[] = {
        {P::WindowText, P::Window},       {P::Text, P::Base},
        {P::ButtonText, P::Button},       {P::HighlightedText, P::Highlight},
        {P::PlaceholderText, P::Base},    {P::PlaceholderText, P::Window},
        {P::ToolTipText, P::ToolTipBase}, {P::Link, P::Base}};
    for (const auto& [text, ground] : pairs)
        EXPECT_GE(contrastRatio(palette.color(text), palette.color(ground)), kReadable) << text << " on " << ground;
}

TEST_P(ThemeTest, marksAreSeenOnTheirTints) {
    for (const auto change : {Change::New, Change::Changed, Change::Closed})
        EXPECT_GE(contrastRatio(theme.markOf(change), theme.tintOf(change)), kSeen);
}

TEST_P(ThemeTest, whatIsNoTextIsSeen) {
    using P = QPalette;
    for (const auto ground : {P::Base, P::Window})
        EXPECT_GE(contrastRatio(theme.rule, palette.color(ground)), kSeen) << ground;
    EXPECT_GE(contrastRatio(palette.color(P::Active, P::Highlight), palette.color(P::Base)), kSeen);
    EXPECT_GE(contrastRatio(palette.color(P::Inactive, P::HighlightedText), palette.color(P::Inactive, P::Highlight)),
              kReadable);
}

/// The edge of a field as it is painted, against what is around it.
TEST_P(ThemeTest, bordersOfFieldsAndBoxesAreSeen) {
    OutlinedStyle style;
    QLineEdit field;
    QSpinBox number;
    QComboBox choice;
    for (QWidget* widget :
         {static_cast<QWidget*>(&field), static_cast<QWidget*>(&number), static_cast<QWidget*>(&choice)}) {
        widget->setStyle(&style);
        widget->setPalette(palette);
        widget->resize(120, 26);
        widget->ensurePolished();
        const QImage picture = widget->grab().toImage();
        const QColor edge = picture.pixelColor(picture.width() / 2, 0);
        EXPECT_GE(contrastRatio(edge, palette.color(QPalette::Window)), kSeen)
            << widget->metaObject()->className() << " " << edge.name().toStdString();
    }
}

TEST_P(ThemeTest, diagnosesAreReadableOnTheWindow) {
    for (const auto& color : theme.diagnosis)
        EXPECT_GE(contrastRatio(color, palette.color(QPalette::Window)), kReadable) << color.name().toStdString();
}

INSTANTIATE_TEST_SUITE_P(LightAndDark, ThemeTest, testing::Bool());

} // namespace
} // namespace halfopen::test
