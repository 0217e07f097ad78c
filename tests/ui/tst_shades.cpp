// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/shades.h"

#include <gtest/gtest.h>

#include <vector>

namespace halfopen::test {
namespace {

constexpr double kReadable = 4.5; // WCAG 2.1, 1.4.3, level AA
constexpr double kSeen = 3.0;     // 1.4.11: what is not text

struct ShadesTest : testing::TestWithParam<bool> {
    QPalette palette = GetParam() ? darkPalette() : lightPalette();
    const Shades& shades = shadesOf(palette);

    std::vector<QColor> grounds() const {
        return {palette.color(QPalette::Base), palette.color(QPalette::AlternateBase), shades.newTint,
                shades.changedTint, shades.closedTint};
    }
};

TEST(Contrast, isThatOfTheStandard) {
    EXPECT_NEAR(contrastRatio(Qt::black, Qt::white), 21.0, 0.001);
    EXPECT_NEAR(contrastRatio(QColor(0x77, 0x77, 0x77), Qt::white), 4.48, 0.01);
}

TEST_P(ShadesTest, belongToTheirPalette) {
    EXPECT_EQ(palette.color(QPalette::Base).lightness() < 128, GetParam());
    EXPECT_GT(contrastRatio(shades.text, palette.color(QPalette::Base)), 10.0);
}

TEST_P(ShadesTest, everyTextIsReadableOnEveryGround) {
    auto texts = std::vector<QColor>{shades.text, shades.dim, shades.guess};
    texts.insert(texts.end(), shades.diagnosis.begin(), shades.diagnosis.end());
    for (const auto& text : texts) {
        for (const auto& ground : grounds())
            EXPECT_GE(contrastRatio(text, ground), kReadable)
                << text.name().toStdString() << " on " << ground.name().toStdString();
    }
}

TEST_P(ShadesTest, textOfTheWindowIsReadable) {
    using P = QPalette;
    const std::pair<P::ColorRole, P::ColorRole> pairs[] = {
        {P::WindowText, P::Window},       {P::Text, P::Base},
        {P::ButtonText, P::Button},       {P::HighlightedText, P::Highlight},
        {P::PlaceholderText, P::Base},    {P::PlaceholderText, P::Window},
        {P::ToolTipText, P::ToolTipBase}, {P::Link, P::Base}};
    for (const auto& [text, ground] : pairs)
        EXPECT_GE(contrastRatio(palette.color(text), palette.color(ground)), kReadable) << text << " on " << ground;
}

TEST_P(ShadesTest, marksAreSeenOnTheirTints) {
    for (const auto change : {Change::New, Change::Changed, Change::Closed})
        EXPECT_GE(contrastRatio(shades.markOf(change), shades.tintOf(change)), kSeen);
}

TEST_P(ShadesTest, verdictsAreReadableOnTheWindow) {
    for (const auto& color : shades.diagnosis)
        EXPECT_GE(contrastRatio(color, palette.color(QPalette::Window)), kReadable) << color.name().toStdString();
}

INSTANTIATE_TEST_SUITE_P(LightAndDark, ShadesTest, testing::Bool());

} // namespace
} // namespace halfopen::test
