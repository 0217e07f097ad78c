// SPDX-License-Identifier: GPL-3.0-or-later
// A Monitor with a scripted source and scripted destroy events: what becomes a record, and when.
#include "core/monitor/monitor.h"
#include "tests/core/monitor/scripted_events.h"
#include "tests/core/monitor/scripted_source.h"
#include "tests/frames/frame_maker.h"

#include <gtest/gtest.h>
#include <poll.h>

namespace halfopen {
namespace {

using namespace test;

class Ends : public testing::Test {
protected:
    using Sample = std::vector<Connection>;

    void play(std::vector<Sample> samples) {
        std::vector<Result<Sample>> script(samples.begin(), samples.end());
        history = std::make_shared<History>();
        monitor = std::make_unique<Monitor>(
            std::make_unique<ScriptedSource>(std::move(script)),
            Monitor::Config{.owners = false, .options = false, .calibrate = false, .history = history},
            std::make_unique<ScriptedEvents>(next));
    }
    /// Takes the event in and waits until it has settled.
    void tell(DestroyEvent event) {
        event.connection.sampled = MonotonicClock::now();
        next.events = {event};
        monitor->takeEvents();
        ::poll(nullptr, 0, 12);
    }
    static DestroyEvent eventOf(const Connection& connection) {
        DestroyEvent event{.connection = connection};
        event.connection.state = State::Close;
        event.connection.inode = 0;
        event.connection.uid = 0;
        return event;
    }
    static Connection mini(Connection connection, State state) {
        connection.state = state;
        connection.inode = 0;
        connection.uid = 0;
        connection.info = {};
        connection.timer = {.expires = Millis(60000), .raw = 3};
        return connection;
    }
    std::size_t sample() { return monitor->sample({})->endings.size(); }

    ScriptedEvents::Script next;
    HistoryPtr history;
    std::unique_ptr<Monitor> monitor;
    /// It has just begun.
    static Connection young(std::uint64_t cookie) {
        Connection c = unguarded(cookie).connection;
        c.info.lastDataSent = c.info.lastDataReceived = c.info.lastAckReceived = Millis(0);
        return c;
    }
    Connection one = young(1);
    Connection two = young(2);
};

TEST_F(Ends, whatIsMissedOnceMayHaveBeenOverlooked) {
    play({{one}, {}, {one}, {}, {}});
    EXPECT_EQ(sample(), 0u);
    EXPECT_EQ(sample(), 0u);
    EXPECT_EQ(sample(), 0u) << "it is back";
    EXPECT_EQ(sample(), 0u);
    EXPECT_EQ(sample(), 1u) << "missed twice";
    EXPECT_EQ(sample(), 0u) << "once";
}

TEST_F(Ends, aConnectionWhoseSocketKeepsItsPortHasItsRecordAndIsDead) {
    Connection over = one;
    over.state = State::Close;
    over.timer = {};
    play({{one}, {over}, {over}, {one}, {}});
    EXPECT_EQ(sample(), 0u);
    const auto frame = monitor->sample({});
    ASSERT_EQ(frame->endings.size(), 1u);
    EXPECT_EQ(frame->endings[0]->cookie, one.cookie);
    EXPECT_EQ(frame->endings[0]->lastState, one.state);
    EXPECT_EQ(monitor->sample({})->dead.size(), 1u) << "its program holds it";
    EXPECT_TRUE(monitor->sample({})->dead.empty()) << "it is connected anew";
}

TEST_F(Ends, withItsEventTheFirstMissIsEnough) {
    play({{one, two}, {two}});
    EXPECT_EQ(sample(), 0u);
    tell(eventOf(one));
    const auto frame = monitor->sample({});
    ASSERT_EQ(frame->endings.size(), 1u);
    EXPECT_EQ(frame->endings[0]->cookie, 1u);
    EXPECT_EQ(frame->endings[0]->uid, 1000u);
    EXPECT_TRUE(frame->endings[0]->thereBefore);
    EXPECT_EQ(frame->endings[0]->remote, one.remote);
}

TEST_F(Ends, anEventIsNoEndWhereTheConnectionGoesOnInTimeWait) {
    play({{one}, {mini(one, State::TimeWait)}, {mini(one, State::TimeWait)}, {}});
    sample();
    tell(eventOf(one));
    EXPECT_EQ(sample(), 0u);
    EXPECT_EQ(sample(), 0u);
    EXPECT_EQ(sample(), 0u);
    const auto frame = monitor->sample({});
    ASSERT_EQ(frame->endings.size(), 1u);
    EXPECT_EQ(toString(frame->endings[0]->ending), "time-wait-over");
    EXPECT_EQ(frame->endings[0]->uid, 1000u) << "remembered from when it had an owner";
    EXPECT_EQ(frame->endings[0]->inode, 1001u);
}

TEST_F(Ends, aConnectionBetweenTwoSamplesIsKnownByItsEvent) {
    play({{one}, {one}});
    sample();
    tell(eventOf(two));
    const auto frame = monitor->sample({});
    ASSERT_EQ(frame->endings.size(), 1u);
    EXPECT_FALSE(frame->endings[0]->sampled);
    EXPECT_EQ(frame->endings[0]->cookie, 2u);
    EXPECT_FALSE(frame->endings[0]->firstSeen);
    EXPECT_FALSE(frame->endings[0]->uid) << "an event tells uid 0, which is not known";
}

/// What ends some milliseconds before a dump begins is set against the next one, and must not be lost for that.
TEST_F(Ends, aConnectionBetweenTwoSamplesIsKnownAlsoWhereTheNextOneBeginsAtOnce) {
    play({{one}, {one}, {one}});
    sample();
    next.events = {eventOf(two)};
    next.events.front().connection.sampled = MonotonicClock::now();
    monitor->takeEvents();
    const std::size_t atOnce = sample();
    ::poll(nullptr, 0, 12);
    EXPECT_EQ(atOnce + sample(), 1u);
}

/// The kernel tells of what it frees when it finds the time.
TEST_F(Ends, aConnectionBetweenTwoSamplesIsKnownAlsoWhereItsEventIsLate) {
    play({{one}, {one}, {one}, {one}});
    sample();
    ::poll(nullptr, 0, 20);
    const MonotonicTime lived = MonotonicClock::now();
    ::poll(nullptr, 0, 20);
    EXPECT_EQ(sample(), 0u) << "it has ended before";
    ::poll(nullptr, 0, 20);
    DestroyEvent late = eventOf(two);
    late.connection.info.bytesAcked = 1;
    const auto ago = std::chrono::duration_cast<std::chrono::milliseconds>(MonotonicClock::now() - lived);
    late.connection.info.lastDataSent = late.connection.info.lastDataReceived = late.connection.info.lastAckReceived =
        Millis(static_cast<std::uint32_t>(ago.count()));
    const auto told = MonotonicClock::now();
    tell(late);
    const auto frame = monitor->sample({});
    ASSERT_EQ(frame->endings.size(), 1u);
    EXPECT_LT(frame->endings.front()->ended.monotonic, told) << "the dump that lacked it came after its end";
}

TEST_F(Ends, whatEndedBeforeLookingBeganIsNotTold) {
    play({{one}, {one}, {one}});
    sample();
    DestroyEvent old = eventOf(two);
    old.connection.info.bytesAcked = 1;
    old.connection.info.lastDataSent = old.connection.info.lastDataReceived = old.connection.info.lastAckReceived =
        Millis(60'000);
    tell(old);
    EXPECT_EQ(sample(), 0u);
    EXPECT_EQ(sample(), 0u);
}

TEST_F(Ends, anUnsampledConnectionThatGoesOnInTimeWaitHasAnotherCookieThere) {
    Connection other = mini(two, State::TimeWait);
    other.cookie = 77;
    play({{one}, {one, other}});
    sample();
    tell(eventOf(two));
    EXPECT_EQ(sample(), 0u);
}

TEST_F(Ends, anEventOfASocketThatNeverWasAConnectionIsNone) {
    play({{one}, {one}});
    sample();
    Connection bound = two;
    bound.remote = {};
    tell(eventOf(bound));
    EXPECT_EQ(sample(), 0u);
}

TEST_F(Ends, aDescriptorClosedLongAfterTheEndIsNoSecondEnd) {
    play({{one}, {}, {}, {}});
    sample();
    sample();
    const auto frame = monitor->sample({});
    ASSERT_EQ(frame->endings.size(), 1u);
    ASSERT_EQ(frame->dead.size(), 1u) << "its program holds it: no event came";
    EXPECT_EQ(frame->dead[0], frame->endings[0]);
    tell(eventOf(one));
    const auto later = monitor->sample({});
    EXPECT_TRUE(later->endings.empty());
    EXPECT_TRUE(later->dead.empty());
}

TEST_F(Ends, whatDiedBeforeLookingBeganIsNotTold) {
    play({{one}, {one}});
    sample();
    DestroyEvent old = eventOf(two);
    old.connection.info.bytesReceived = 1;
    old.connection.info.lastDataReceived = Millis(60000);
    tell(old);
    EXPECT_EQ(sample(), 0u);
}

TEST_F(Ends, lostEventsAreCountedAndTheNextDumpResynchronises) {
    play({{one, two}, {}, {}});
    sample();
    next.result = {.lost = 2, .damaged = 1};
    EXPECT_EQ(monitor->sample({})->eventsLost, 3u);
    const auto frame = monitor->sample({});
    EXPECT_EQ(frame->endings.size(), 2u);
    EXPECT_EQ(toString(frame->endings[0]->confidence), "unknown")
        << "closed or reset: the event that could tell is lost";
    EXPECT_TRUE(frame->dead.empty()) << "whether a descriptor is held is not known";
    EXPECT_EQ(history->after(0).eventsLost, 3u);
}

TEST_F(Ends, anEventLostWhileASecondDumpIsWaitedForProvesNothing) {
    play({{one}, {}, {}});
    sample();
    sample();
    next.result = {.lost = 1};
    const auto frame = monitor->sample({});
    ASSERT_EQ(frame->endings.size(), 1u);
    EXPECT_EQ(toString(frame->endings[0]->ending), "unknown");
    EXPECT_TRUE(frame->dead.empty());
}

TEST_F(Ends, whatAPersonClosedThroughHalfopenSaysSo) {
    play({{one}, {}, {}});
    sample();
    const std::uint64_t cookie = 1;
    monitor->take(CloseNote{CloseStep::Done, {{cookie}}});
    sample();
    const auto frame = monitor->sample({});
    ASSERT_EQ(frame->endings.size(), 1u);
    EXPECT_EQ(toString(frame->endings[0]->ending), "closed-by-halfopen");
}

TEST_F(Ends, aCloseThatFailedIsNoEndByHalfopen) {
    const std::uint64_t cookie = 1;
    play({{one}, {one}, {}, {}, {}});
    sample();
    monitor->take(CloseNote{CloseStep::Asked, {{cookie}}});
    sample();
    monitor->take(CloseNote{CloseStep::Failed, {{cookie}}}); // dismissed; an hour later it ends by itself
    sample();
    const auto frame = monitor->sample({});
    ASSERT_EQ(frame->endings.size(), 1u);
    EXPECT_NE(toString(frame->endings[0]->ending), "closed-by-halfopen");
}

TEST_F(Ends, whatEndsBeforeTheAnswerIsClassifiedWithIt) {
    const std::uint64_t cookie = 1;
    for (const auto& [step, isOurs] : {std::pair{CloseStep::Done, true}, {CloseStep::Failed, false}}) {
        play({{one}, {}, {}, {}, {}});
        sample();
        monitor->take(CloseNote{CloseStep::Asked, {{cookie}}});
        sample();
        sample();
        EXPECT_EQ(sample(), 0u) << "not before it is known whether by us";
        monitor->take(CloseNote{step, {{cookie}}});
        const auto frame = monitor->sample({});
        ASSERT_EQ(frame->endings.size(), 1u);
        EXPECT_EQ(toString(frame->endings[0]->ending) == "closed-by-halfopen", isOurs);
    }
}

TEST_F(Ends, theRecordTellsTheNamespaceAndTheContainerItEndedIn) {
    history = std::make_shared<History>();
    const NetnsInside inside{.kind = NetnsKind::Container, .unit = {"", false, "podman", "web", ""}};
    WatchedNetns watched{
        .source = std::make_unique<ScriptedSource>(std::vector<Result<Sample>>{Sample{one}, Sample{}, Sample{}}),
        .events = std::make_unique<ScriptedEvents>(next),
        .name = "web",
        .inside = inside};
    monitor = std::make_unique<Monitor>(
        std::move(watched), Monitor::Config{.owners = false, .options = false, .calibrate = false, .history = history});
    sample();
    tell(eventOf(one));
    tell(eventOf(two));
    const auto frame = monitor->sample({});
    ASSERT_EQ(frame->endings.size(), 2u) << "one that a sample saw, and one that lived between two";
    for (const auto& record : frame->endings) {
        EXPECT_EQ(record->netnsName, "web") << record->cookie;
        EXPECT_EQ(record->unit, inside.unit) << record->cookie;
    }
}

TEST_F(Ends, numbersCountUpAndTheHistoryHasThemAll) {
    play({{one}, {two}, {two}, {}, {}});
    for (int i = 0; i < 5; ++i)
        sample();
    const auto all = history->after(0).records;
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(all[0]->cookie, 1u);
    EXPECT_EQ(all[1]->number, all[0]->number + 1);
}

TEST_F(Ends, aFailedSampleEndsNothing) {
    history = std::make_shared<History>();
    monitor = std::make_unique<Monitor>(
        std::make_unique<ScriptedSource>(
            std::vector<Result<Sample>>{Sample{one}, failure(ErrorCode::Unreadable, Sentence::tr("broken")),
                                        failure(ErrorCode::Unreadable, Sentence::tr("broken")), Sample{one}}),
        Monitor::Config{.owners = false, .options = false, .calibrate = false, .history = history},
        std::make_unique<ScriptedEvents>(next));
    for (int i = 0; i < 5; ++i)
        EXPECT_EQ(sample(), 0u);
}

/// Ends that the kernel tells as they come.
class EndsAtOnce : public Ends {
protected:
    void SetUp() override { next.atOnce = true; }
    void tellAll(std::vector<DestroyEvent> events) {
        for (DestroyEvent& event : events)
            event.connection.sampled = MonotonicClock::now();
        next.events = std::move(events);
        monitor->takeEvents();
        ::poll(nullptr, 0, 12);
    }
    static DestroyEvent endOf(const Connection& connection, int error = 0) {
        DestroyEvent event = eventOf(connection);
        event.what = DestroyEvent::What::Ended;
        event.before = connection.state;
        event.held = event.errorTold = true;
        event.error = error;
        return event;
    }
    static DestroyEvent releaseOf(const Connection& connection) {
        DestroyEvent event;
        event.what = DestroyEvent::What::Released;
        event.connection.cookie = connection.cookie;
        event.connection.state = State::Close;
        return event;
    }
};

TEST_F(EndsAtOnce, whatItsProgramHoldsIsDeadUntilItIsFreed) {
    play({{one}, {}, {}, {}});
    sample();
    tellAll({endOf(one, ECONNRESET)});
    const auto frame = monitor->sample({});
    ASSERT_EQ(frame->endings.size(), 1u);
    EXPECT_EQ(frame->endings[0]->errorNumber, ECONNRESET);
    EXPECT_EQ(toString(frame->endings[0]->confidence), "certain");
    EXPECT_EQ(monitor->sample({})->dead.size(), 1u);
    tellAll({releaseOf(one)});
    const auto later = monitor->sample({});
    EXPECT_TRUE(later->dead.empty());
    EXPECT_TRUE(later->endings.empty()) << "its end was told once";
}

TEST_F(EndsAtOnce, whatWasFreedAtOnceIsNotDead) {
    play({{one}, {}, {}});
    sample();
    tellAll({endOf(one), releaseOf(one)});
    EXPECT_EQ(sample(), 1u);
    EXPECT_TRUE(monitor->sample({})->dead.empty());
}

TEST_F(EndsAtOnce, noEventProvesThatItIsHeld) {
    play({{one}, {}, {}, {}});
    sample();
    sample();
    EXPECT_EQ(sample(), 1u) << "missed twice";
    EXPECT_TRUE(monitor->sample({})->dead.empty());
}

TEST_F(EndsAtOnce, whatNoSampleSawHasOneRecordAndCanBeDead) {
    play({{}, {}, {}, {}});
    sample();
    tellAll({endOf(two, ETIMEDOUT)});
    const auto frame = monitor->sample({});
    ASSERT_EQ(frame->endings.size(), 1u);
    EXPECT_FALSE(frame->endings[0]->sampled);
    EXPECT_EQ(frame->endings[0]->errorNumber, ETIMEDOUT);
    EXPECT_EQ(monitor->sample({})->dead.size(), 1u);
    tellAll({releaseOf(two)});
    EXPECT_TRUE(monitor->sample({})->dead.empty());
}

TEST_F(EndsAtOnce, oneThatKeepsItsPortHasEnded) {
    Connection over = two;
    over.state = State::Close;
    over.timer = {};
    play({{}, {over}, {over}});
    sample();
    tellAll({endOf(two, ECONNRESET)});
    EXPECT_EQ(sample(), 1u) << "no sample saw it, and the socket is listed";
    EXPECT_EQ(sample(), 0u);
}

TEST_F(EndsAtOnce, itIsNoEndWhereTheConnectionGoesOnInTimeWait) {
    play({{one}, {mini(one, State::TimeWait)}, {}});
    sample();
    tellAll({endOf(one), releaseOf(one)});
    EXPECT_EQ(sample(), 0u);
}

} // namespace
} // namespace halfopen
