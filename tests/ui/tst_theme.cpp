// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/frames/frame_maker.h"
#include "ui/look/appearance.h"
#include "ui/look/contrast.h"
#include "ui/look/outlined_style.h"
#include "ui/look/theme.h"
#include "ui/table/connection_model.h"
#include "ui/table/connection_view.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QImage>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QStyleOptionButton>

#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>
#include <vector>

namespace halfopen::test {
namespace {

constexpr double kReadable = 4.5;     // WCAG 2.1, 1.4.3, level AA
constexpr double kReadableHigh = 7.0; // 1.4.6, level AAA
constexpr double kSeen = 3.0;         // 1.4.11: what is not text

/// One of a desktop: its own grounds, and perhaps colours on which no set of the program was made.
QPalette paletteOf(const QColor& text, const QColor& base, const QColor& alternate, const QColor& window) {
    QPalette palette(window);
    palette.setColor(QPalette::Text, text);
    palette.setColor(QPalette::Base, base);
    palette.setColor(QPalette::AlternateBase, alternate);
    palette.setColor(QPalette::Window, window);
    return palette;
}

QPalette blackAndYellow() {
    return paletteOf(Qt::yellow, Qt::black, Qt::black, Qt::black);
}
QPalette solarized() {
    return paletteOf(QColor(0x00, 0x2b, 0x36), QColor(0xfd, 0xf6, 0xe3), QColor(0xee, 0xe8, 0xd5),
                     QColor(0xee, 0xe8, 0xd5));
}
QPalette nord() {
    return paletteOf(QColor(0xec, 0xef, 0xf4), QColor(0x2e, 0x34, 0x40), QColor(0x3b, 0x42, 0x52),
                     QColor(0x2e, 0x34, 0x40));
}

struct Sort {
    const char* name;
    QPalette (*palette)();
    bool dark;
    double readable = kReadable;
};
std::ostream& operator<<(std::ostream& to, const Sort& sort) {
    return to << sort.name;
}

struct ThemeTest : testing::TestWithParam<Sort> {
    QPalette palette = GetParam().palette();
    const Theme& theme = themeOf(palette);
    double readable = GetParam().readable;

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
    EXPECT_EQ(isDark(palette), GetParam().dark);
    EXPECT_EQ(isHighContrast(palette), readable > kReadable);
    EXPECT_EQ(theme.text, palette.color(QPalette::Text));
}

TEST_P(ThemeTest, everyTextIsReadableOnEveryGround) {
    auto texts = std::vector<QColor>{theme.text, theme.dim, theme.guess};
    texts.insert(texts.end(), theme.diagnosis.begin(), theme.diagnosis.end());
    for (const auto& text : texts) {
        for (const auto& ground : grounds())
            EXPECT_GE(contrastRatio(text, ground), readable)
                << text.name().toStdString() << " on " << ground.name().toStdString();
    }
}

struct OwnTheme : ThemeTest {};

TEST_P(OwnTheme, textOfTheWindowIsReadable) {
    using P = QPalette;
    const std::pair<P::ColorRole, P::ColorRole> pairs[] = {
        {P::WindowText, P::Window},       {P::Text, P::Base},
        {P::ButtonText, P::Button},       {P::HighlightedText, P::Highlight},
        {P::PlaceholderText, P::Base},    {P::PlaceholderText, P::Window},
        {P::ToolTipText, P::ToolTipBase}, {P::Link, P::Base}};
    for (const auto& [text, ground] : pairs)
        EXPECT_GE(contrastRatio(palette.color(text), palette.color(ground)), readable) << text << " on " << ground;
}

TEST_P(ThemeTest, marksAreSeenOnTheirTints) {
    for (const auto change : {Change::New, Change::Changed, Change::Closed})
        EXPECT_GE(contrastRatio(theme.markOf(change), theme.tintOf(change)), kSeen);
}

TEST_P(ThemeTest, whatIsNoTextIsSeen) {
    using P = QPalette;
    for (const auto ground : {P::Base, P::Window})
        EXPECT_GE(contrastRatio(theme.rule, palette.color(ground)), kSeen) << ground;
}

TEST_P(OwnTheme, theSelectionIsSeen) {
    using P = QPalette;
    EXPECT_GE(contrastRatio(palette.color(P::Active, P::Highlight), palette.color(P::Base)), kSeen);
    EXPECT_GE(contrastRatio(palette.color(P::Inactive, P::HighlightedText), palette.color(P::Inactive, P::Highlight)),
              readable);
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

/// What is ticked, and what could be, is seen: the edge of the box as it is painted.
TEST_P(ThemeTest, checkBoxesAreSeen) {
    OutlinedStyle style;
    QCheckBox box;
    box.setStyle(&style);
    box.setPalette(palette);
    box.ensurePolished();
    box.resize(box.sizeHint());
    QStyleOptionButton option;
    option.initFrom(&box);
    const QRect mark = style.subElementRect(QStyle::SE_CheckBoxIndicator, &option, &box);
    const QImage picture = box.grab().toImage();
    double most = 1;
    for (int x = mark.left(); x < mark.left() + 3; ++x)
        most = std::max(most, contrastRatio(picture.pixelColor(x, mark.center().y()), palette.color(QPalette::Window)));
    EXPECT_GE(most, kSeen);
}

/// The bar of a new row stands out from a row that is chosen, too.
TEST_P(OwnTheme, marksAreSeenOnTheSelection) {
    FrameSeries series;
    ConnectionView view;
    view.setPalette(palette);
    view.resize(800, 200);
    view.show();
    view.showFrame(series.next({owned(1)}));
    view.showFrame(series.next({owned(1), owned(2)}));
    ASSERT_EQ(view.connections().changeAt(1), Change::New);
    view.selectRow(1);
    const QImage picture = view.viewport()->grab().toImage();
    const QRect cell = view.visualRect(view.connections().index(1, view.layout().firstShown()));
    const QColor bar = picture.pixelColor(cell.left() + 1, cell.center().y());
    const QColor ground = picture.pixelColor(cell.right() - 1, cell.top() + 3);
    EXPECT_GE(contrastRatio(bar, ground), kSeen) << bar.name().toStdString() << " on " << ground.name().toStdString();
}

/// What cannot be used now may be paler, and is still read.
TEST_P(OwnTheme, disabledTextIsRead) {
    using P = QPalette;
    const std::pair<P::ColorRole, P::ColorRole> pairs[] = {
        {P::WindowText, P::Window}, {P::Text, P::Base}, {P::ButtonText, P::Button}};
    for (const auto& [text, ground] : pairs)
        EXPECT_GE(contrastRatio(palette.color(P::Disabled, text), palette.color(P::Disabled, ground)), kSeen)
            << text << " on " << ground;
}

TEST_P(ThemeTest, diagnosesAreReadableOnTheWindow) {
    for (const auto& color : theme.diagnosis)
        EXPECT_GE(contrastRatio(color, palette.color(QPalette::Window)), readable) << color.name().toStdString();
}

/// In high contrast shades are not there to set a button, a menu or a group apart.
TEST_P(OwnTheme, buttonsHaveEdgesInHighContrast) {
    if (!isHighContrast(palette))
        return;
    OutlinedStyle style;
    QPushButton button(QStringLiteral("Apply"));
    button.setStyle(&style);
    button.setPalette(palette);
    button.resize(120, 30);
    button.ensurePolished();
    const QImage picture = button.grab().toImage();
    double most = 0;
    for (int y = 0; y < 5; ++y)
        most =
            std::max(most, contrastRatio(picture.pixelColor(picture.width() / 2, y), palette.color(QPalette::Window)));
    EXPECT_GE(most, kReadableHigh);
}

constexpr Sort kLight{"light", lightPalette, false};
constexpr Sort kDark{"dark", darkPalette, true};
constexpr Sort kHigh{"highContrast", highContrastPalette, true, kReadableHigh};
const auto nameOf = [](const auto& info) { return info.param.name; };
INSTANTIATE_TEST_SUITE_P(Palettes, ThemeTest,
                         testing::Values(kLight, kDark, kHigh,
                                         Sort{"blackAndYellow", blackAndYellow, true, kReadableHigh},
                                         Sort{"solarized", solarized, false}, Sort{"nord", nord, true}),
                         nameOf);
INSTANTIATE_TEST_SUITE_P(Palettes, OwnTheme, testing::Values(kLight, kDark, kHigh), nameOf);

struct AppearanceTest : testing::Test {
    AppearanceTest() = default;
    ~AppearanceTest() override {
        QApplication::setStyle(QStringLiteral("fusion"));
        QApplication::setPalette(QPalette());
    }
    static QColor base() { return QApplication::palette().color(QPalette::Base); }
};

TEST_F(AppearanceTest, ofTheSystemIsOursWhereNobodyHasChosenOne) {
    apply(Appearance::HighContrast);
    EXPECT_EQ(base(), QColor(Qt::black));
    apply(Appearance::System);
    EXPECT_EQ(QApplication::palette().color(QPalette::Window), lightPalette().color(QPalette::Window));
    EXPECT_NE(qobject_cast<OutlinedStyle*>(QApplication::style()), nullptr);
}

TEST(Appearance, hasAWordForEach) {
    for (const Appearance appearance : kAppearances)
        EXPECT_EQ(parseAppearance(appearanceKey(appearance)), appearance);
    EXPECT_EQ(parseAppearance(QStringLiteral("pink")), std::nullopt);
}

} // namespace
} // namespace halfopen::test
