// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/frames/frame_maker.h"
#include "ui/details/facts.h"
#include "ui/programs/desktop_entry.h"
#include "ui/programs/desktop_programs.h"
#include "ui/table/connection_model.h"
#include "ui/table/connection_view.h"

#include <QDir>
#include <QFile>
#include <QPixmap>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace halfopen::test {
namespace {

const QByteArray kFirefox = "[Desktop Entry]\n"
                            "# a comment\n"
                            "Type=Application\n"
                            "Name=Firefox Web Browser\n"
                            "Name[zh_CN]=Firefox 网络浏览器\n"
                            "Name[de]=Firefox-Browser\n"
                            "Exec=/usr/lib/firefox/firefox %u\n"
                            "Icon=firefox\n"
                            "[Desktop Action new-window]\n"
                            "Name=New Window\n"
                            "Exec=other --new-window\n";

const QStringList kEnglish{QStringLiteral("en_GB"), QStringLiteral("en")};
const QStringList kChinese{QStringLiteral("zh_CN"), QStringLiteral("zh")};
const QStringList kGerman{QStringLiteral("de_AT"), QStringLiteral("de")};

ProcessUnit userUnit(const std::string& name) {
    return {.unit = name, .user = true, .runtime = {}, .container = {}};
}

TEST(DesktopEntry, tellsNameCommandAndIcon) {
    EXPECT_EQ(
        parseDesktopEntry(kFirefox, kEnglish),
        (DesktopEntry{QStringLiteral("Firefox Web Browser"), QStringLiteral("firefox"), QStringLiteral("firefox")}));
    EXPECT_EQ(parseDesktopEntry(kFirefox, kChinese)->name, QStringLiteral("Firefox 网络浏览器"));
    EXPECT_EQ(parseDesktopEntry(kFirefox, kGerman)->name, QStringLiteral("Firefox-Browser"));
}

TEST(DesktopEntry, whatIsNoApplicationIsNone) {
    EXPECT_FALSE(parseDesktopEntry("", {}));
    EXPECT_FALSE(parseDesktopEntry("[Desktop Entry]\nType=Link\nName=A\n", {}));
    EXPECT_FALSE(parseDesktopEntry("[Desktop Entry]\nType=Application\n", {}));
    EXPECT_FALSE(parseDesktopEntry("[Desktop Entry]\nType=Application\nName=A\nHidden=true\n", {}));
    EXPECT_FALSE(parseDesktopEntry("[Other]\nType=Application\nName=A\n", {}));
    EXPECT_FALSE(parseDesktopEntry(QByteArray("\xff\x00\xfe=[", 5), {}));
}

TEST(DesktopEntry, theCommandIsTheProgramAndNoInterpreter) {
    const auto commandOf = [](const QByteArray& exec) {
        const auto entry = parseDesktopEntry("[Desktop Entry]\nType=Application\nName=A\nExec=" + exec + "\n", {});
        return entry ? entry->command.toStdString() : "none";
    };
    EXPECT_EQ(commandOf("env LANG=C VAR=1 /usr/bin/gimp-2.10 %U"), "gimp-2.10");
    EXPECT_EQ(commandOf("\"/opt/my program/run me\" --x"), "run me");
    EXPECT_EQ(commandOf("/usr/bin/python3 /usr/bin/x"), "");
    EXPECT_EQ(commandOf("flatpak run org.example.App"), "");
    EXPECT_EQ(commandOf(""), "");
    EXPECT_EQ(commandOf("env A=1"), "");
}

TEST(DesktopEntry, theUnitNamesTheApplication) {
    const auto first = [](const std::string& unit) { return desktopIdsOf(userUnit(unit)).value(0).toStdString(); };
    const auto second = [](const std::string& unit) { return desktopIdsOf(userUnit(unit)).value(1).toStdString(); };
    EXPECT_EQ(first("app-org.mozilla.firefox-4711.scope"), "org.mozilla.firefox");
    EXPECT_EQ(second("app-gnome-org.mozilla.firefox-4711.scope"), "org.mozilla.firefox");
    EXPECT_EQ(second("app-flatpak-org.example.App-1234567.scope"), "org.example.App");
    EXPECT_EQ(first("app-org.kde.konsole@9d3c.service"), "org.kde.konsole");
    EXPECT_EQ(first("snap.firefox.firefox-0a1b.scope"), "firefox_firefox");
    EXPECT_TRUE(desktopIdsOf(userUnit("pipewire.service")).isEmpty());
    EXPECT_TRUE(desktopIdsOf(userUnit("app-")).isEmpty());
    EXPECT_TRUE(desktopIdsOf(userUnit("app-x.scope")).isEmpty());
    auto ofSystem = userUnit("app-org.mozilla.firefox-4711.scope");
    ofSystem.user = false;
    EXPECT_TRUE(desktopIdsOf(ofSystem).isEmpty());
}

struct ProgramsTest : testing::Test {
    QTemporaryDir home, system;
    DesktopPrograms programs;

    static void write(const QTemporaryDir& folder, const QString& path, const QByteArray& text) {
        QDir(folder.path()).mkpath(QFileInfo(path).path());
        QFile file(folder.filePath(path));
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    static QByteArray entry(const QByteArray& name, const QByteArray& exec) {
        return "[Desktop Entry]\nType=Application\nName=" + name + "\nExec=" + exec + "\n";
    }
    void load() {
        QSignalSpy loaded(&programs, &DesktopPrograms::loaded);
        programs.load({home.path(), system.path(), QStringLiteral("/nonexistent")});
        ASSERT_TRUE(loaded.wait());
    }
    std::string nameOf(const std::string& process, const std::string& unit = {}) {
        Owner owner{812, 4, process};
        if (!unit.empty())
            owner.unit = std::make_shared<const ProcessUnit>(userUnit(unit));
        const auto* program = programs.of(owner);
        return program ? program->name.toStdString() : "";
    }
};

TEST_F(ProgramsTest, aProcessIsKnownByItsCommandOrItsUnit) {
    write(system, QStringLiteral("firefox.desktop"), kFirefox);
    write(system, QStringLiteral("kde/org.kde.konsole.desktop"), entry("Konsole", "konsole"));
    for (int i = 0; i < 20; ++i) // more than one slice
        write(system, QStringLiteral("other%1.desktop").arg(i), entry("Other", "other" + QByteArray::number(i)));
    EXPECT_EQ(nameOf("firefox"), "");
    load();
    EXPECT_EQ(nameOf("firefox"), "Firefox Web Browser");
    EXPECT_EQ(nameOf("Web Content", "app-gnome-firefox-4711.scope"), "Firefox Web Browser");
    EXPECT_EQ(nameOf("bash", "app-kde-org.kde.konsole-99.scope"), "Konsole") << "the application that runs it";
    EXPECT_EQ(nameOf("sshd"), "");
    EXPECT_EQ(nameOf("other19"), "Other");
}

TEST_F(ProgramsTest, theNameOfAProcessIsCutByTheKernel) {
    write(system, QStringLiteral("long.desktop"), entry("Long", "a-program-with-a-long-name"));
    load();
    EXPECT_EQ(nameOf("a-program-with-"), "Long");
}

TEST_F(ProgramsTest, twoApplicationsOfOneCommandAreNeither) {
    write(system, QStringLiteral("writer.desktop"), entry("Writer", "libreoffice --writer"));
    write(system, QStringLiteral("calc.desktop"), entry("Calc", "libreoffice --calc"));
    load();
    EXPECT_EQ(nameOf("libreoffice"), "");
}

TEST_F(ProgramsTest, thePersonsOwnFileGoesBeforeTheSystems) {
    write(home, QStringLiteral("x.desktop"), entry("Mine", "x"));
    write(system, QStringLiteral("x.desktop"), entry("Theirs", "x"));
    load();
    EXPECT_EQ(nameOf("x"), "Mine");
}

TEST_F(ProgramsTest, anIconMayBeAFile) {
    QPixmap pixmap(16, 16);
    pixmap.fill(Qt::red);
    const auto icon = system.filePath(QStringLiteral("x.png"));
    ASSERT_TRUE(pixmap.save(icon));
    write(system, QStringLiteral("x.desktop"), entry("X", "x") + "Icon=" + icon.toUtf8() + "\n");
    write(system, QStringLiteral("y.desktop"), entry("Y", "y"));
    load();
    EXPECT_TRUE(programs.haveIcons());
    EXPECT_FALSE(programs.of({812, 4, "x"})->icon.isNull());
    EXPECT_TRUE(programs.of({812, 4, "y"})->icon.isNull());
}

TEST_F(ProgramsTest, roomForIconsIsLeftOnceThereIsOne) {
    QPixmap pixmap(16, 16);
    pixmap.fill(Qt::red);
    const auto icon = system.filePath(QStringLiteral("x.png"));
    ASSERT_TRUE(pixmap.save(icon));
    write(system, QStringLiteral("x.desktop"), entry("X", "x") + "Icon=" + icon.toUtf8() + "\n");
    load();
    ConnectionView view;
    const int process = columnOf(SortKey::Process);
    const auto needed = [&] { return view.sizeHintForIndex(view.connections().index(0, process)).width(); };
    view.showFrame(FrameMaker({suspect(1)}).owner(suspect(1), {8123, 4, "y"}).build());
    const int bare = needed();
    view.connections().setPrograms(&programs);
    EXPECT_EQ(needed(), bare) << "no program with a connection has one";
    view.showFrame(FrameMaker({suspect(1)}).owner(suspect(1), {8123, 4, "x"}).build());
    EXPECT_GT(needed(), bare);
    view.showFrame(FrameMaker({suspect(1)}).owner(suspect(1), {8123, 4, "y"}).build());
    EXPECT_GT(needed(), bare) << "names do not move back and forth";
}

TEST_F(ProgramsTest, detailsAndTipsTellTheApplication) {
    write(system, QStringLiteral("psql.desktop"), entry("Database Shell", "psql"));
    load();
    const auto frame = FrameMaker({suspect(1)}).owner(suspect(1), {8123, 4, "psql"}).build();
    ConnectionModel model;
    model.setPrograms(&programs);
    model.setFrame(frame);
    ASSERT_EQ(frame->ownersOf(frame->rows[0]).front().name, "psql");
    ASSERT_TRUE(model.programAt(0));
    EXPECT_EQ(model.programAt(0)->name, QStringLiteral("Database Shell"));
    const auto tip = model.index(0, columnOf(SortKey::Process)).data(Qt::ToolTipRole).toString();
    EXPECT_TRUE(tip.startsWith(QStringLiteral("Database Shell: psql"))) << tip.toStdString();
    Subject subject{frame, &frame->rows[0]};
    subject.programs = &programs;
    EXPECT_TRUE(ownerFacts(subject)[0].facts[0].value.startsWith(QStringLiteral("Database Shell, process ")));
}

} // namespace
} // namespace halfopen::test
