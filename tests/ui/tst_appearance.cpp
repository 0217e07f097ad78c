// SPDX-License-Identifier: GPL-3.0-or-later
// "As the system": palette and style of a desktop, here of qt6ct, which gives Qt what a person has chosen there.
#include "tests/skip.h"
#include "tests/ui/fake_services.h"
#include "ui/look/appearance.h"
#include "ui/look/outlined_style.h"
#include "ui/look/theme.h"
#include "ui/window/main_window.h"

#include <QApplication>
#include <QDir>
#include <QSettings>
#include <QStyle>
#include <QStyleFactory>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

namespace halfopen::test {
namespace {

/// All roles of a palette alike but for text and ground, as qt6ct writes them.
void chooseColors(const QColor& text, const QColor& ground) {
    const QString folder = qEnvironmentVariable("XDG_CONFIG_HOME") + QStringLiteral("/qt6ct");
    ASSERT_TRUE(QDir().mkpath(folder));
    QStringList colors;
    for (int role = 0; role < QPalette::NColorRoles; ++role) {
        const bool isGround = role == QPalette::Base || role == QPalette::AlternateBase || role == QPalette::Window ||
                              role == QPalette::Button;
        colors.append((isGround ? ground : text).name(QColor::HexArgb));
    }
    const QString scheme = folder + QStringLiteral("/chosen.conf");
    QSettings written(scheme, QSettings::IniFormat);
    for (const char* group : {"active", "disabled", "inactive"})
        written.setValue(QStringLiteral("ColorScheme/%1_colors").arg(QLatin1String(group)), colors);
    written.sync();
    QSettings desktop(folder + QStringLiteral("/qt6ct.conf"), QSettings::IniFormat);
    desktop.setValue(QStringLiteral("Appearance/color_scheme_path"), scheme);
    desktop.setValue(QStringLiteral("Appearance/custom_palette"), true);
    desktop.setValue(QStringLiteral("Appearance/style"), QStringLiteral("Windows"));
    desktop.sync();
}

struct AppearanceTest : testing::Test {
    AppearanceTest() { QSettings().clear(); }
    void SetUp() override {
        if (!QStyleFactory::keys().contains(QStringLiteral("qt6ct-style")))
            SKIP_UNLESS_CI("qt6ct is not installed");
    }
    static QColor color(QPalette::ColorRole role) { return QApplication::palette().color(role); }

    FakeServices services;
};

TEST_F(AppearanceTest, ofTheSystemIsThatOfTheDesktop) {
    const MainWindow window(services.services());
    EXPECT_EQ(window.palette().color(QPalette::Base), QColor(Qt::black));
    EXPECT_EQ(window.palette().color(QPalette::Text), QColor(Qt::yellow));
    EXPECT_EQ(qobject_cast<OutlinedStyle*>(QApplication::style()), nullptr);
    EXPECT_TRUE(isHighContrast(window.palette()));
}

TEST_F(AppearanceTest, comesBackAfterAnother) {
    MainWindow window(services.services());
    window.setAppearance(Appearance::Light);
    EXPECT_EQ(color(QPalette::Base), lightPalette().color(QPalette::Base));
    EXPECT_NE(qobject_cast<OutlinedStyle*>(QApplication::style()), nullptr);
    window.setAppearance(Appearance::System);
    EXPECT_EQ(color(QPalette::Text), QColor(Qt::yellow));
    EXPECT_EQ(qobject_cast<OutlinedStyle*>(QApplication::style()), nullptr);
}

TEST_F(AppearanceTest, followsTheDesktopUnlessAPersonHasChosen) {
    MainWindow window(services.services());
    QApplication::processEvents(); // qt6ct begins to look at its files
    chooseColors(Qt::black, Qt::white);
    ASSERT_TRUE(QTest::qWaitFor([] { return color(QPalette::Base) == QColor(Qt::white); }, 30'000))
        << "qt6ct looks at its files some seconds after they have changed";
    EXPECT_TRUE(QTest::qWaitFor([&] { return window.palette().color(QPalette::Text) == QColor(Qt::black); }, 30'000))
        << "the window hears of it after the application";
    window.setAppearance(Appearance::Dark);
    QEvent changed(QEvent::ThemeChange);
    QCoreApplication::sendEvent(&window, &changed);
    EXPECT_EQ(color(QPalette::Base), darkPalette().color(QPalette::Base));
    window.setAppearance(Appearance::System);
    chooseColors(Qt::yellow, Qt::black);
    EXPECT_TRUE(QTest::qWaitFor([] { return color(QPalette::Base) == QColor(Qt::black); }, 30'000));
}

} // namespace
} // namespace halfopen::test

int main(int argc, char** argv) {
    testing::InitGoogleTest(&argc, argv);
    const QTemporaryDir home;
    qputenv("XDG_CONFIG_HOME", home.path().toLocal8Bit());
    qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("QT_QPA_PLATFORMTHEME", "qt6ct");
    halfopen::test::chooseColors(Qt::yellow, Qt::black);
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, home.path());
    const QApplication app(argc, argv);
    QApplication::setOrganizationName(QStringLiteral("halfopen-test"));
    QApplication::setApplicationName(QStringLiteral("halfopen-test"));
    return RUN_ALL_TESTS();
}
