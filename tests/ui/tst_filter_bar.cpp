// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/filter.h"
#include "tests/frames/frame_maker.h"
#include "tests/ui/child.h"
#include "ui/look/filter_texts.h"
#include "ui/parts/field_message.h"
#include "ui/table/columns.h"
#include "ui/table/filter_bar.h"
#include "ui/table/filter_menu.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSettings>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QTranslator>

#include <gtest/gtest.h>

#include <algorithm>

namespace halfopen::test {
namespace {

constexpr std::uint16_t bit(Diagnosis diagnosis) {
    return static_cast<std::uint16_t>(1U << static_cast<unsigned>(diagnosis));
}

struct FilterBarTest : testing::Test {
    FilterBar bar;
    QLineEdit& field = child<QLineEdit>(bar, "filter");
    QLabel& count = child<QLabel>(bar, "filterCount");

    FilterBarTest() { bar.show(); }
    QToolButton& chip(const char* word) { return child<QToolButton>(bar, (std::string("chip_") + word).c_str()); }
    FieldMessage& message() { return child<FieldMessage>(bar, "filterProblem"); }
    /// Over what is below the field.
    QString problem() { return message().isVisible() ? message().text() : QString(); }
    /// Types it and waits until it was read.
    void type(const QString& text) {
        const QString before = problem();
        field.setFocus();
        field.selectAll();
        QTest::keyClicks(&field, text);
        EXPECT_TRUE(QTest::qWaitFor([&] { return bar.filter() == text || problem() != before; }));
    }
    /// A frame that answers what is chosen.
    FramePtr show(std::initializer_list<Scripted> connections) {
        FrameMaker maker(connections);
        bar.applyTo(maker.query);
        const FramePtr frame = maker.build();
        bar.showCounts(frame);
        return frame;
    }
};

TEST_F(FilterBarTest, certainConnectionsAreListedUnderANameAndNotByTheirCookies) {
    auto& listed = child<QToolButton>(bar, "listed");
    QSignalSpy changed(&bar, &FilterBar::changed);
    EXPECT_FALSE(listed.isVisible());
    bar.list(QStringLiteral("sk:1,2"), QStringLiteral("waiting"));
    EXPECT_EQ(changed.size(), 1);
    EXPECT_TRUE(listed.isVisible());
    EXPECT_TRUE(listed.text().contains(QStringLiteral("waiting")));
    EXPECT_TRUE(field.text().isEmpty());
    EXPECT_EQ(show({unguarded(1), unguarded(2), unguarded(3)})->shown.size(), 2U);
    EXPECT_EQ(count.text(), QStringLiteral("2 of 3"));
    bar.addCondition(QStringLiteral("sk:2"));
    EXPECT_EQ(field.text(), QStringLiteral("sk:2")) << "what is typed narrows what is listed";
    EXPECT_EQ(bar.typed(), QStringLiteral("sk:2"));
    EXPECT_EQ(show({unguarded(1), unguarded(2), unguarded(3)})->shown.size(), 1U);
    field.setFocus();
    QTest::keyClick(&field, Qt::Key_Escape);
    EXPECT_TRUE(QTest::qWaitFor([&] { return bar.filter() == QLatin1String("sk:1,2"); }));
    QTest::keyClick(&field, Qt::Key_Escape);
    EXPECT_TRUE(bar.isClear());
    EXPECT_FALSE(listed.isVisible());
    bar.list(QStringLiteral("sk:1,2"), QStringLiteral("waiting"));
    listed.click();
    EXPECT_TRUE(bar.isClear());
    bar.list(QStringLiteral("sk:1,2"), QStringLiteral("waiting"));
    bar.setFilter(QString());
    EXPECT_TRUE(bar.isClear()) << "another filter takes its place";
}

TEST_F(FilterBarTest, whileAFilterIsWrongTheLastOneStaysInForce) {
    type(QStringLiteral("unguarded"));
    QSignalSpy changes(&bar, &FilterBar::changed);
    type(QStringLiteral("sport >="));
    EXPECT_EQ(bar.filter(), QStringLiteral("unguarded"));
    EXPECT_TRUE(changes.isEmpty());
    EXPECT_TRUE(problem().startsWith(QStringLiteral("Position 9: a port is missing after >=")))
        << problem().toStdString();
    EXPECT_TRUE(problem().contains(QStringLiteral("unguarded"))) << "what is shown meanwhile";
    EXPECT_EQ(field.accessibleDescription(), problem());
    type(QStringLiteral("sport >= :1024"));
    EXPECT_TRUE(QTest::qWaitFor([&] { return bar.filter() == QStringLiteral("sport >= :1024"); }));
    EXPECT_EQ(problem(), QString());
    EXPECT_EQ(changes.size(), 1);
}

TEST_F(FilterBarTest, whatIsWrongGivesWayAndIsFoundAgain) {
    const auto sign = [&] {
        const auto actions = field.actions();
        return std::ranges::find_if(actions, [&](QAction* one) { return one->toolTip() == message().text(); });
    };
    type(QStringLiteral("sport >="));
    EXPECT_FALSE(problem().isEmpty());
    message().findChild<QToolButton*>()->click();
    EXPECT_EQ(problem(), QString());
    ASSERT_NE(sign(), field.actions().end()) << "a sign in the field says it";
    EXPECT_TRUE((*sign())->isVisible());
    EXPECT_EQ(field.accessibleDescription(), message().text());
    (*sign())->trigger();
    EXPECT_FALSE(problem().isEmpty());
    chip("closing").setFocus(Qt::TabFocusReason);
    EXPECT_EQ(problem(), QString()) << "what it lay over can be used";
    field.setFocus(Qt::TabFocusReason);
    EXPECT_FALSE(problem().isEmpty());
    field.clear();
    EXPECT_TRUE(QTest::qWaitFor([&] { return problem().isEmpty(); }));
    EXPECT_EQ(field.accessibleDescription(), QString());
}

TEST_F(FilterBarTest, howManyAreShownStandsBesideIt) {
    show({guarded(1), suspect(2), unguarded(3), unguarded(4)});
    EXPECT_EQ(count.text(), QString()) << "all of them";
    type(QStringLiteral("unguarded"));
    show({guarded(1), suspect(2), unguarded(3), unguarded(4)});
    EXPECT_EQ(count.text(), QStringLiteral("2 of 4"));
    EXPECT_TRUE(chip("unguarded").text().endsWith(QStringLiteral("2")));
    EXPECT_TRUE(chip("suspect").text().endsWith(QStringLiteral("0/1"))) << chip("suspect").text().toStdString();
}

TEST_F(FilterBarTest, severalDiagnosesAreChosenAtOnceOrOneLeftOut) {
    chip("suspect").click();
    chip("unguarded").click();
    EXPECT_EQ(bar.diagnoses(), bit(Diagnosis::Suspect) | bit(Diagnosis::Unguarded));
    const FramePtr frame = show({guarded(1), suspect(2), unguarded(3), unguarded(4)});
    EXPECT_EQ(frame->shown.size(), 3U);
    EXPECT_EQ(count.text(), QStringLiteral("3 of 4"));
    chip("suspect").click();
    EXPECT_EQ(bar.diagnoses(), bit(Diagnosis::Unguarded));
    child<QToolButton>(bar, "chipAll").click();
    EXPECT_EQ(bar.diagnoses(), 0);
    Q_EMIT chip("closing").customContextMenuRequested({});
    EXPECT_FALSE(bar.diagnoses() & bit(Diagnosis::Closing));
    EXPECT_TRUE(bar.diagnoses() & bit(Diagnosis::Guarded));
    EXPECT_TRUE(chip("guarded").isChecked());
}

TEST_F(FilterBarTest, aNameThatNobodyHasIsTold) {
    type(QStringLiteral("htps"));
    show({guarded(1), unguarded(2)});
    EXPECT_EQ(problem(), QStringLiteral("No connection has 'htps' anywhere; did you mean https (port 443)?"));
    type(QStringLiteral("https"));
    show({guarded(1), unguarded(2)});
    EXPECT_EQ(problem(), QString());
}

TEST_F(FilterBarTest, conditionsAreAddedToWhatIsThere) {
    bar.addCondition(QStringLiteral("dst 10.0.0.1"));
    EXPECT_EQ(bar.filter(), QStringLiteral("dst 10.0.0.1"));
    bar.addCondition(QStringLiteral("not process=psql"));
    EXPECT_EQ(bar.filter(), QStringLiteral("dst 10.0.0.1 not process=psql"));
    bar.setFilter(QStringLiteral("a or b"));
    bar.addCondition(QStringLiteral("dport = :443"));
    EXPECT_EQ(bar.filter(), QStringLiteral("( a or b ) dport = :443"));
}

TEST_F(FilterBarTest, valuesThatAreOpenNowAreOfferedAndTabTakesOne) {
    show({guarded(1), suspect(2), unguarded(3), unguarded(4)});
    field.setFocus();
    QTest::keyClicks(&field, QStringLiteral("diagnosis:un"));
    auto* list = QApplication::activePopupWidget();
    ASSERT_TRUE(list);
    QTest::keyClick(list, Qt::Key_Tab);
    EXPECT_EQ(field.text(), QStringLiteral("diagnosis:unguarded"));
    EXPECT_FALSE(list->isVisible());
}

/// The entries of the menu under a title.
QStringList entriesUnder(const char* title, FilterMenu& button) {
    Q_EMIT button.menu()->aboutToShow();
    QStringList entries;
    bool under = false;
    for (const QAction* action : button.menu()->actions()) {
        if (action->isSeparator())
            under = action->text() == QLatin1String(title);
        else if (under && !action->menu())
            entries.append(action->text());
    }
    return entries;
}

TEST_F(FilterBarTest, filtersAreSavedUnderNamesAndTheLastOnesKept) {
    QSettings().clear();
    {
        FilterMenu menu;
        menu.save(QStringLiteral("mine"), QStringLiteral("idle>1h"));
        menu.save(QStringLiteral("other"), QStringLiteral("unguarded"));
        menu.save(QStringLiteral("mine"), QStringLiteral("idle>2h"));
        for (int i = 0; i < 30; ++i)
            menu.use(QStringLiteral("port:%1").arg(i));
        menu.use(QStringLiteral("port:29"));
        menu.use(QStringLiteral("port:20"));
        menu.use(QString());
    }
    FilterMenu menu;
    EXPECT_EQ(entriesUnder("Saved", menu), (QStringList{QStringLiteral("mine"), QStringLiteral("other")}));
    const auto recent = entriesUnder("Last used", menu);
    ASSERT_EQ(recent.size(), FilterMenu::kMostRecent);
    EXPECT_EQ(recent.first(), QStringLiteral("port:20"));
    EXPECT_EQ(recent.count(QStringLiteral("port:20")), 1);
    QSignalSpy chosen(&menu, &FilterMenu::chosen);
    for (QAction* action : menu.menu()->actions())
        if (action->text() == QStringLiteral("mine"))
            action->trigger();
    ASSERT_EQ(chosen.size(), 1);
    EXPECT_EQ(chosen.front().front().toString(), QStringLiteral("idle>2h"));
    menu.remove(QStringLiteral("mine"));
    FilterMenu left;
    EXPECT_EQ(entriesUnder("Saved", left), QStringList{QStringLiteral("other")});
    QSettings().clear();
}

TEST_F(FilterBarTest, aHostIsLookedUpWithoutAnybodyWaiting) {
    type(QStringLiteral("dst nosuch.invalid"));
    EXPECT_TRUE(problem().contains(QStringLiteral("is no address and no known host"))) << problem().toStdString();
}

/// A Chinese window finds what it shows.
TEST(ScreenNames, wordsOfTheWindowAreFoundInItsLanguage) {
    QTranslator translator;
    ASSERT_TRUE(translator.load(QStringLiteral(":/i18n/halfopen_zh_CN")));
    QCoreApplication::installTranslator(&translator);
    const FilterNames names = screenNames();
    const FramePtr frame = FrameMaker{guarded(1), suspect(2), unguarded(3)}.build();
    const auto found = [&](const QString& text) {
        const Filter filter(text.toStdString(), names);
        EXPECT_FALSE(filter.error()) << text.toStdString();
        std::string cookies;
        for (const Row& row : frame->rows)
            cookies += filter.matches(row, *frame) ? std::to_string(row.connection.cookie) : "";
        return cookies;
    };
    const auto inChinese = [](const char* context, const char* text) {
        return QCoreApplication::translate(context, text);
    };
    EXPECT_EQ(found(inChinese("Strings", "unguarded")), "3");
    EXPECT_EQ(found(inChinese("Strings", "suspect")), "2");
    EXPECT_EQ(found(inChinese("Cells", "never")), "3");
    EXPECT_EQ(found(inChinese("Columns", "Diagnosis") + QLatin1Char(':') + inChinese("Strings", "guarded")), "1");
    EXPECT_EQ(found(QStringLiteral("\u8bca\u65ad:\u65e0")), "3") << "a beginning, as in English";
    EXPECT_EQ(found(QStringLiteral("\u653e\u5f03\u65f6\u95f4:\u6c38\u4e0d")), "3");
    EXPECT_EQ(found(QStringLiteral("\u5df2\u5efa\u7acb")), "123");
    EXPECT_EQ(found(QStringLiteral("\u72b6\u6001:\u5df2\u5efa\u7acb")), "123");
    EXPECT_EQ(found(QStringLiteral("\u4fdd\u6d3b:\u672a\u77e5")), "");
    EXPECT_EQ(found(QStringLiteral("\u7a7a\u95f2>2\u5c0f\u65f6")), "");
    EXPECT_EQ(found(QStringLiteral("\u7a7a\u95f2<2 \u5c0f\u65f6 1 \u5206")), "123");
    EXPECT_EQ(found(QStringLiteral("RTT\u22651\u6beb\u79d2")), "123");
    EXPECT_FALSE(
        filterErrorText(*Filter("sport >=").error(), QStringLiteral("sport >=")).contains(QStringLiteral("missing")));
    QCoreApplication::removeTranslator(&translator);
}

/// In both languages a column's title is a key, where it is one word.
TEST(ScreenNames, everyTitleIsAKey) {
    QTranslator translator;
    ASSERT_TRUE(translator.load(QStringLiteral(":/i18n/halfopen_zh_CN")));
    for (const bool inChinese : {false, true}) {
        if (inChinese)
            QCoreApplication::installTranslator(&translator);
        const FilterNames names = screenNames();
        for (const Column& column : columns()) {
            const QString title = columnTitle(column);
            if (title.contains(QLatin1Char(' ')))
                continue;
            const Filter filter(QString(title + QLatin1Char('=')).toStdString(), names);
            ASSERT_TRUE(filter.error());
            EXPECT_NE(filter.error()->problem, FilterProblem::UnknownKey) << title.toStdString();
        }
        if (inChinese)
            QCoreApplication::removeTranslator(&translator);
    }
}

/// Whatever stands in a cell finds its row when it is typed, in the language in which it stands there.
TEST(ScreenNames, everyWordOfEveryCellFindsItsRow) {
    QTranslator translator;
    ASSERT_TRUE(translator.load(QStringLiteral(":/i18n/halfopen_zh_CN")));
    const FramePtr frame =
        FrameMaker{suspect(owned(1)),   owned(2),   guarded(owned(3)), listening(4), timeWait(5), stalled(owned(6)),
                   abandoned(owned(7)), opening(8), active(owned(9)),  orphan(10)}
            .build();
    for (const bool inChinese : {false, true}) {
        if (inChinese)
            QCoreApplication::installTranslator(&translator);
        const FilterNames names = screenNames();
        for (std::size_t column = 0; column < columns().size(); ++column) {
            const Column& shown = columns()[column];
            if (shown.motion != Motion::Still || shown.alignment.testFlag(Qt::AlignRight))
                continue; // numbers are asked for by their key
            for (const Row& row : frame->rows) {
                if (shown.sort == SortKey::Process && frame->ownersOf(row).empty())
                    continue; // why none is known
                const QString text = shown.cell({*frame, row, row.connection.sampled}).text;
                const auto finds = [&](const QString& typed) {
                    const Filter filter(typed.toStdString(), names);
                    return !filter.error() && filter.matches(row, *frame);
                };
                const auto words = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
                EXPECT_TRUE(finds(QStringLiteral("\"%1\"").arg(text)) || std::ranges::all_of(words, finds))
                    << columnTitle(shown).toStdString() << ": " << text.toStdString();
            }
        }
        if (inChinese)
            QCoreApplication::removeTranslator(&translator);
    }
}

} // namespace
} // namespace halfopen::test
