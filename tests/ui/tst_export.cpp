// SPDX-License-Identifier: GPL-3.0-or-later
// What is shown goes into files and onto the clipboard, as the terminal writes it.
#include "tests/frames/frame_maker.h"
#include "tests/ui/choose_file.h"
#include "tests/ui/ended_connections.h"
#include "tests/ui/fake_services.h"
#include "ui/connections/connections_page.h"
#include "ui/history/history_page.h"
#include "ui/parts/answer_bar.h"
#include "ui/parts/legend.h"
#include "ui/table/connection_view.h"
#include "ui/table/filter_bar.h"
#include "ui/tuning/tuning_page.h"
#include "ui/window/main_window.h"
#include "ui/window/preferences.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDialog>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QScrollArea>
#include <QSettings>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>

#include <gmock/gmock.h>

#include <sys/resource.h>

#include <algorithm>
#include <csignal>
#include <memory>

namespace halfopen::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

struct ExportTest : testing::Test {
    FakeServices fakes;
    QTemporaryDir folder;
    std::unique_ptr<MainWindow> window;
    FrameSeries series;

    void open(WindowServices services) {
        QSettings().clear();
        window = std::make_unique<MainWindow>(std::move(services));
        window->showPage(window->connections());
        window->show();
        show();
    }
    void show() {
        window->showFrame(series.next(FrameMaker({suspect(1), unguarded(2), guarded(3)}).script));
        QApplication::processEvents();
    }
    QString file(const char* name) const { return folder.filePath(QLatin1String(name)); }
    static std::string read(const QString& name) {
        QFile file(name);
        return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
    }
    void copyAs(const QString& format) {
        auto& menu = child<QMenu>(*window, "copyAs");
        Q_EMIT menu.aboutToShow();
        for (auto* action : menu.actions())
            if (action->text() == format)
                action->trigger();
    }
    static std::string clipboard() { return QApplication::clipboard()->text().toStdString(); }
    static auto lines(const std::string& text) { return std::ranges::count(text, '\n'); }
};

TEST_F(ExportTest, eachFormatIsWhatTheTerminalWrites) {
    open(fakes.services());
    chooseFile(*window, "exportAll", file("a.csv"));
    EXPECT_EQ(lines(read(file("a.csv"))), 4);
    EXPECT_THAT(read(file("a.csv")), HasSubstr("local"));
    chooseFile(*window, "exportAll", file("a.json"));
    EXPECT_THAT(read(file("a.json")), HasSubstr("\"schema\":1"));
    chooseFile(*window, "exportAll", file("a.html"));
    EXPECT_THAT(read(file("a.html")), HasSubstr("<th scope=\"col\">"));
    EXPECT_THAT(read(file("a.html")), HasSubstr("</html>"));
    EXPECT_EQ(answerIn(child<AnswerBar>(*window, "exportAnswer")), QStringLiteral("Saved: %1.").arg(file("a.html")));
}

TEST_F(ExportTest, whatTheFilterHidesIsOnlyInEverything) {
    open(fakes.services());
    window->connections().filterBar().showOnly(Diagnosis::Unguarded);
    chooseFile(*window, "exportShown", file("shown.csv"));
    EXPECT_EQ(lines(read(file("shown.csv"))), 2);
    chooseFile(*window, "exportAll", file("all.csv"));
    EXPECT_EQ(lines(read(file("all.csv"))), 4);
}

TEST_F(ExportTest, aFolderThatIsNotThereIsTold) {
    open(fakes.services());
    chooseFile(*window, "exportAll", file("nowhere/a.csv"));
    EXPECT_THAT(answerIn(child<AnswerBar>(*window, "exportAnswer")).toStdString(), HasSubstr("could not be written"));
}

/// Files of this process have no more than so many bytes, as on a disk that is full.
struct FullDisk {
    rlimit before{};
    explicit FullDisk(rlim_t bytes) {
        std::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &before);
        const rlimit now{bytes, before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &now);
    }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;
    ~FullDisk() {
        ::setrlimit(RLIMIT_FSIZE, &before);
        std::signal(SIGXFSZ, SIG_DFL);
    }
};

TEST_F(ExportTest, aDiskThatIsFullLeavesTheOldFileAndIsTold) {
    open(fakes.services());
    for (const char* name : {"a.csv", "a.json"}) { // within what Qt buffers, and beyond
        chooseFile(*window, "exportAll", file(name));
        const std::string before = read(file(name));
        EXPECT_FALSE(before.empty());
        {
            const FullDisk full(10);
            chooseFile(*window, "exportAll", file(name));
        }
        EXPECT_EQ(read(file(name)), before);
        EXPECT_THAT(answerIn(child<AnswerBar>(*window, "exportAnswer")).toStdString(),
                    HasSubstr("could not be written"));
    }
}

TEST_F(ExportTest, theDialogAsksForOneOfTheFormats) {
    open(fakes.services());
    child<QAction>(*window, "exportShown").trigger();
    auto& dialog = child<QFileDialog>(*window);
    EXPECT_EQ(dialog.nameFilters().size(), 4);
    EXPECT_EQ(dialog.defaultSuffix(), QStringLiteral("csv"));
    ASSERT_EQ(dialog.selectedFiles().size(), 1);
    EXPECT_THAT(dialog.selectedFiles().front().toStdString(), testing::ContainsRegex("/halfopen-20[0-9-]+"))
        << "a name";
    Q_EMIT dialog.fileSelected(file("b.json")); // its name says it
    EXPECT_THAT(read(file("b.json")), HasSubstr("\"schema\":1"));
}

TEST_F(ExportTest, whatIsChosenIsCopiedInEveryFormat) {
    open(fakes.services());
    window->connections().view().select(keyOf(2));
    QApplication::processEvents();
    copyAs(QStringLiteral("CSV"));
    EXPECT_EQ(lines(clipboard()), 2);
    copyAs(QStringLiteral("HTML"));
    EXPECT_TRUE(QApplication::clipboard()->mimeData()->hasHtml());
    copyAs(QStringLiteral("Command of ss"));
    EXPECT_THAT(clipboard(), HasSubstr("ss -tanoeip 'src = "));
    EXPECT_THAT(clipboard(), Not(HasSubstr(" or ")));
    copyAs(QStringLiteral("Text"));
    EXPECT_THAT(clipboard(), HasSubstr("unguarded"));
}

TEST_F(ExportTest, recordsAreExportedAsEvents) {
    fakes.history->add({exhausted(1), ended(2, Ending::Reset)});
    open(fakes.services());
    window->showPage(window->history());
    chooseFile(*window, "exportShown", file("h.json"));
    EXPECT_EQ(lines(read(file("h.json"))), 2);
    EXPECT_THAT(read(file("h.json")), HasSubstr("\"event\":\"closed\""));
    window->history().select(keyOf(1));
    copyAs(QStringLiteral("Text"));
    EXPECT_THAT(clipboard(), HasSubstr("keepalive exhausted"));
}

TEST_F(ExportTest, whatHasNothingToActOnIsDisabled) {
    open(fakes.services());
    EXPECT_FALSE(child<QAction>(*window, "saveRecording").isEnabled()); // nobody records here
    window->showPage(child<TuningPage>(*window));
    EXPECT_FALSE(child<QAction>(*window, "exportShown").isEnabled());
}

TEST_F(ExportTest, aRecordingIsMadeOffTheGuiThreadOfTheLastFrame) {
    auto services = fakes.services();
    std::vector<BackgroundWork> waiting;
    services.inBackground = [&](BackgroundWork work) { waiting.push_back(std::move(work)); };
    FramePtr recorded;
    services.record = [&](const QString&, const FramePtr& frame) -> std::function<Result<RecordedView>()> {
        return [&recorded, frame]() -> Result<RecordedView> {
            recorded = frame;
            return RecordedView{.sockets = 42, .leftOut = {Sentence::tr("one is left out")}};
        };
    };
    open(std::move(services));
    ASSERT_TRUE(child<QAction>(*window, "saveRecording").isEnabled());
    chooseFile(*window, "saveRecording", file("now.ss"));
    EXPECT_EQ(recorded, nullptr);
    ASSERT_EQ(waiting.size(), 1U);
    waiting.front()()();
    EXPECT_EQ(recorded, window->shownFrame());
    EXPECT_THAT(answerIn(child<AnswerBar>(*window, "exportAnswer")).toStdString(),
                AllOf(HasSubstr("42 socket(s) saved"), HasSubstr("one is left out")));
}

TEST_F(ExportTest, preferencesAreTheVerbsOfTheMenusOnceMore) {
    auto services = fakes.services();
    std::optional<std::chrono::hours> kept;
    services.keepHistoryFor = [&](std::chrono::hours age) { kept = age; };
    open(std::move(services));
    child<QAction>(*window, "preferences").trigger();
    const auto& dialog = child<QDialog>(*window, "preferences");
    const auto choose = [&dialog](const char* name, int index) {
        auto& choice = child<QComboBox>(dialog, name);
        choice.setFocus();
        choice.setCurrentIndex(index - 1);
        QTest::keyClick(&choice, Qt::Key_Down);
    };
    choose("appearance", 2);
    EXPECT_TRUE(child<QAction>(*window, "appearanceDark").isChecked());
    choose("keepHistory", 1);
    EXPECT_EQ(kept, std::chrono::hours(24));
    const auto& language = child<QComboBox>(dialog, "language");
    choose("language", language.findData(QStringLiteral("zh_CN")));
    EXPECT_EQ(chosenLanguage(QSettings()).toStdString(), "zh_CN");
    for (auto* box : dialog.findChildren<QCheckBox*>())
        QTest::mouseClick(box, Qt::LeftButton, {}, QPoint(8, box->height() / 2));
    EXPECT_TRUE(window->connections().namesAction()->isChecked());
    window->setAppearance(Appearance::System);
    QSettings().clear();
}

TEST_F(ExportTest, preferencesFollowTheMenusAndOfferNothingThatTheyDoNot) {
    open(fakes.services()); // nothing keeps ended connections here
    child<QAction>(*window, "preferences").trigger();
    const auto& dialog = child<QDialog>(*window, "preferences");
    EXPECT_FALSE(child<QComboBox>(dialog, "keepHistory").isEnabled());
    const auto& appearance = child<QComboBox>(dialog, "appearance");
    EXPECT_TRUE(appearance.isEnabled());
    child<QAction>(*window, "appearanceDark").trigger();
    EXPECT_EQ(appearance.currentIndex(), 2);
    window->setAppearance(Appearance::System);
    EXPECT_EQ(appearance.currentIndex(), 0);
}

TEST_F(ExportTest, shortcutsAreListedAsTheMenusHaveThem) {
    open(fakes.services());
    child<QAction>(*window, "shortcuts").trigger();
    const auto& dialog = child<QDialog>(*window, "legend");
    EXPECT_EQ(dialog.findChild<QTabWidget*>()->currentIndex(), static_cast<int>(LegendPage::Keys));
    QStringList texts;
    for (const auto* label : dialog.findChildren<QLabel*>())
        texts.append(label->text());
    EXPECT_TRUE(texts.contains(QStringLiteral("Ctrl+F")));
    EXPECT_TRUE(texts.contains(QStringLiteral("Export What Is Shown...")));
    EXPECT_TRUE(texts.contains(QStringLiteral("Ctrl+G"))); // in no menu
    auto& page = *qobject_cast<QScrollArea*>(dialog.findChild<QTabWidget*>()->currentWidget());
    QApplication::processEvents();
    EXPECT_LE(page.widget()->width(), page.viewport()->width()) << "nothing is cut off at the right";
}

} // namespace
} // namespace halfopen::test
