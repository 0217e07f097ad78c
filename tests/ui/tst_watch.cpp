// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/frames/frame_maker.h"
#include "tests/ui/child.h"
#include "ui/watch/watch.h"
#include "ui/watch/watch_menu.h"

#include <QSettings>
#include <QSignalSpy>

#include <gmock/gmock.h>

namespace halfopen::test {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

FramePtr pile(int count, std::chrono::seconds since = {}) {
    FrameMaker builder;
    for (int i = 0; i < count; ++i) {
        const auto row = abandoned(unguarded(static_cast<std::uint64_t>(100 + i)));
        builder.add(row).owner(row, {1544, i, "java"});
    }
    return builder.at(epoch() + since).build();
}

EndedConnectionPtr givenUp(std::uint64_t cookie, Ending ending = Ending::KeepaliveExhausted) {
    auto c = std::make_shared<EndedConnection>();
    c->netns = kNetns;
    c->cookie = cookie;
    c->remote = endpoint("203.0.113.9", 5432);
    c->ending = ending;
    c->unanswered = 3;
    c->evidence = {{EndingEvidence::Code::ProbesUnanswered, 3, 3}};
    c->owners = {{8123, 4, "psql"}};
    return c;
}

struct WatchTest : testing::Test {
    Watch watch;

    std::vector<WatchNotice> look(const FramePtr& frame, const std::vector<EndedConnectionPtr>& ended = {}) {
        return watch.look(*frame, ended);
    }
};

TEST_F(WatchTest, becomingSuspectIsToldOnce) {
    watch.setWatched(keyOf(1), true);
    EXPECT_THAT(look(FrameMaker{guarded(1), guarded(2)}.build()), IsEmpty());
    const auto told = look(FrameMaker{suspect(1), suspect(2)}.build());
    ASSERT_THAT(told, SizeIs(1));
    EXPECT_EQ(told[0].kind, WatchNotice::Kind::Suspect);
    EXPECT_THAT(told[0].text.toStdString(), HasSubstr("2 of 6 probes unanswered"));
    EXPECT_THAT(look(FrameMaker{suspect(1)}.build()), IsEmpty());
}

FramePtr at(std::chrono::seconds since, FrameMaker maker) {
    return maker.at(epoch() + since).build();
}

TEST_F(WatchTest, aLinkThatLosesAPacketNowAndThenIsToldOnce) {
    using namespace std::chrono_literals;
    watch.setFilter(QString());
    look(at(0s, {guarded(1), guarded(2)}));
    std::size_t told = 0;
    for (std::chrono::seconds now = 1s; now < 2h; now += 100s) { // now this connection, now that one
        told += look(at(now, {suspect(1), guarded(2)})).size();
        told += look(at(now + 20s, {guarded(1), guarded(2)})).size();
        told += look(at(now + 60s, {guarded(1), suspect(2)})).size();
        told += look(at(now + 80s, {guarded(1), guarded(2)})).size();
    }
    EXPECT_EQ(told, 1U);
    Scripted elsewhere = suspect(3);
    elsewhere.connection.remote = endpoint("203.0.113.9", 443);
    EXPECT_THAT(look(at(2h + 1min, {guarded(1), elsewhere})), SizeIs(1)) << "another peer is another trouble";
}

TEST_F(WatchTest, aRelapseAfterAWhileIsNews) {
    using namespace std::chrono_literals;
    watch.setWatched(keyOf(1), true);
    look(at(0s, {guarded(1)}));
    EXPECT_THAT(look(at(1s, {suspect(1)})), SizeIs(1));
    EXPECT_THAT(look(at(2s, {guarded(1)})), IsEmpty());
    EXPECT_THAT(look(at(3s, {suspect(1)})), IsEmpty());
    EXPECT_THAT(look(at(4s, {guarded(1)})), IsEmpty());
    EXPECT_THAT(look(at(3s + Watch::kWhile - 1s, {guarded(1)})), IsEmpty());
    EXPECT_THAT(look(at(3s + Watch::kWhile, {suspect(1)})), SizeIs(1));
}

TEST_F(WatchTest, whatIsSoAlreadyIsNotTold) {
    watch.setFilter(QString());
    EXPECT_THAT(look(FrameMaker{suspect(1)}.build()), IsEmpty());
    EXPECT_THAT(look(FrameMaker{suspect(1), suspect(2)}.build()), SizeIs(1));
}

TEST_F(WatchTest, theFilterDecidesWhatIsWatched) {
    watch.setFilter(QStringLiteral("psql"));
    const auto mine = suspect(1);
    const auto frameOf = [&](bool bad) {
        FrameMaker builder;
        const auto row = bad ? mine : guarded(1);
        builder.add(row).owner(row, {8123, 4, "psql"});
        builder.add(bad ? suspect(2) : guarded(2));
        return builder.build();
    };
    look(frameOf(false));
    EXPECT_THAT(look(frameOf(true)), SizeIs(1));
}

TEST_F(WatchTest, beingGivenUpIsToldWithItsRecord) {
    watch.setWatched(keyOf(1), true);
    look(FrameMaker{suspect(1)}.build());
    const auto told = look(FrameMaker{unguarded(9)}.build(), {givenUp(1), givenUp(2)});
    ASSERT_THAT(told, SizeIs(1));
    EXPECT_EQ(told[0].kind, WatchNotice::Kind::GivenUp);
    EXPECT_THAT(told[0].title.toStdString(), HasSubstr("psql 8123"));
    EXPECT_THAT(told[0].text.toStdString(), HasSubstr("keepalive exhausted: 3 probes unanswered"));
    EXPECT_FALSE(watch.isWatched(keyOf(1)));
}

TEST_F(WatchTest, anOrderlyEndIsNoNews) {
    watch.setWatched(keyOf(1), true);
    look(FrameMaker{guarded(1)}.build());
    EXPECT_THAT(look(FrameMaker{}.build(), {givenUp(1, Ending::ClosedLocalFirst)}), IsEmpty());
}

TEST_F(WatchTest, aPileOfCloseWaitIsToldOnceUntilItIsGone) {
    watch.setFilter(QString());
    look(pile(Watch::kPile - 1));
    const auto told = look(pile(Watch::kPile));
    ASSERT_THAT(told, SizeIs(1));
    EXPECT_EQ(told[0].kind, WatchNotice::Kind::PileUp);
    EXPECT_THAT(told[0].title.toStdString(), HasSubstr("java"));
    EXPECT_THAT(look(pile(Watch::kPile + 4)), IsEmpty());
    EXPECT_THAT(look(pile(0)), IsEmpty());
    EXPECT_THAT(look(pile(Watch::kPile)), IsEmpty()) << "it swings";
    EXPECT_THAT(look(pile(0)), IsEmpty());
    EXPECT_THAT(look(pile(Watch::kPile, Watch::kWhile)), SizeIs(1));
}

TEST_F(WatchTest, aRecordingIsNotWatched) {
    watch.setFilter(QString());
    look(FrameMaker{guarded(1)}.build());
    FrameMaker recorded{suspect(1)};
    recorded.live = false;
    EXPECT_THAT(look(recorded.build()), IsEmpty());
}

struct WatchMenuTest : testing::Test {
    std::vector<WatchNotice> told;
    std::vector<WatchNotice> first; ///< that show that they arrive
    bool isTaken = true;
    QString words = QStringLiteral("psql");
    std::unique_ptr<WatchMenu> menu;

    WatchMenuTest() {
        QSettings().clear();
        open();
    }
    ~WatchMenuTest() override { QSettings().clear(); }
    void open() {
        const auto notify = [this](const WatchNotice& notice, const std::function<void(bool)>& done) {
            (notice.kind == WatchNotice::Kind::First ? first : told).push_back(notice);
            done(isTaken);
        };
        menu = std::make_unique<WatchMenu>(
            notify, [this] { return words; }, nullptr);
    }
    QAction& on() const { return child<QAction>(*menu, "notify"); }
    QAction& connection() const { return child<QAction>(*menu, "watchConnection"); }
    QAction& filter() const { return child<QAction>(*menu, "watchFilter"); }
    void look(FrameMaker builder) { menu->look(*builder.build(), {}); }
};

TEST_F(WatchMenuTest, isOffUntilAPersonWantsIt) {
    EXPECT_FALSE(on().isChecked());
    look({guarded(1)});
    look({suspect(1)});
    EXPECT_THAT(told, IsEmpty());
}

TEST_F(WatchMenuTest, watchingAConnectionTurnsItOn) {
    menu->choose(keyOf(1));
    connection().trigger();
    EXPECT_TRUE(on().isChecked());
    look({guarded(1)});
    look({suspect(1)});
    EXPECT_THAT(told, SizeIs(1));
    menu->choose(keyOf(2));
    EXPECT_FALSE(connection().isChecked());
    menu->choose(keyOf(1));
    EXPECT_TRUE(connection().isChecked());
}

TEST_F(WatchMenuTest, theFirstNoticeShowsWhetherTheyArrive) {
    QSignalSpy noticed(menu.get(), &WatchMenu::noticed);
    on().trigger();
    EXPECT_THAT(first, SizeIs(1));
    EXPECT_EQ(noticed.size(), 0);
    on().trigger();
    isTaken = false;
    on().trigger();
    ASSERT_EQ(noticed.size(), 1);
    EXPECT_THAT(noticed.front().front().toString().toStdString(), HasSubstr("in the window"));
    open();
    EXPECT_TRUE(on().isChecked());
    EXPECT_THAT(first, SizeIs(2)) << "not at each start";
}

TEST_F(WatchMenuTest, othersAreWatchedThanBefore) {
    QSignalSpy changed(menu.get(), &WatchMenu::watchedChanged);
    const auto frame = FrameMaker{guarded(1), guarded(2)}.build();
    menu->choose(keyOf(1));
    connection().trigger();
    EXPECT_EQ(changed.size(), 1);
    EXPECT_TRUE(menu->watch().watches(*frame, frame->rows[0]));
    EXPECT_FALSE(menu->watch().watches(*frame, frame->rows[1]));
    words.clear();
    filter().trigger();
    EXPECT_EQ(changed.size(), 2);
    EXPECT_TRUE(menu->watch().watches(*frame, frame->rows[1]));
}

TEST_F(WatchMenuTest, whatIsWatchedCanBeListedAndNoticesStandInTheWindowToo) {
    auto& list = child<QAction>(*menu, "showWatched");
    EXPECT_FALSE(list.isEnabled());
    QSignalSpy listed(menu.get(), &WatchMenu::connectionsRequested);
    QSignalSpy noticed(menu.get(), &WatchMenu::noticed);
    menu->choose(keyOf(1));
    connection().trigger();
    list.trigger();
    EXPECT_EQ(listed.last().front().toString(), QStringLiteral("sk:1"));
    look({guarded(1)});
    look({suspect(1)});
    ASSERT_EQ(noticed.size(), 1);
    EXPECT_TRUE(noticed.front().front().toString().contains(told.front().text));
    filter().trigger();
    list.trigger();
    EXPECT_EQ(listed.last().front().toString(), QStringLiteral("sk:1 or ( psql )"));
}

TEST_F(WatchMenuTest, theFilterIsKept) {
    filter().trigger();
    EXPECT_TRUE(filter().text().contains(QStringLiteral("psql")));
    open();
    EXPECT_TRUE(on().isChecked());
    EXPECT_TRUE(filter().isChecked());
    EXPECT_TRUE(filter().text().contains(QStringLiteral("psql")));
    filter().trigger();
    open();
    EXPECT_FALSE(filter().isChecked());
}

TEST_F(WatchMenuTest, manyAtOnceAreCounted) {
    words.clear();
    filter().trigger();
    FrameMaker calm;
    FrameMaker bad;
    for (std::uint64_t i = 1; i <= 9; ++i) {
        calm.add(guarded(i));
        bad.add(suspect(i));
    }
    look(std::move(calm));
    look(std::move(bad));
    ASSERT_THAT(told, SizeIs(6));
    EXPECT_TRUE(told.back().text.startsWith(QStringLiteral("4 more")));
}

} // namespace
} // namespace halfopen::test
