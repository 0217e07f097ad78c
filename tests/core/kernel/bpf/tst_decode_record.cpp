// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/bpf/decode_record.h"
#include "core/kernel/bpf/owner_iterator.h"

#include <gtest/gtest.h>

#include <arpa/inet.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>
#include <vector>

namespace halfopen {
namespace {

constexpr std::int32_t kHz = 250;
constexpr std::uint32_t kJiffies = 1'000'000;

exact_record record(exact_kind kind = EXACT_FULL) {
    exact_record one{};
    one.cookie = 0x1d2;
    one.netns_cookie = 7;
    one.taken_ns = 5'000'000'000;
    one.jiffies = kJiffies;
    one.flags = EXACT_RECORD_VERSION << 24;
    one.kind = static_cast<std::uint8_t>(kind);
    one.family = AF_INET;
    one.state = static_cast<std::uint8_t>(State::Established);
    one.local[0] = 10;
    one.local[3] = 1;
    one.local_port = 22;
    one.remote_port = htons(50312);
    return one;
}

ExactSocket decoded(const exact_record& one) {
    ExactSocket socket;
    const auto kind = decodeRecord(std::as_bytes(std::span(&one, 1)), kHz, socket);
    EXPECT_TRUE(kind) << inEnglish(kind.error());
    EXPECT_EQ(kind.value_or(RecordKind::End), RecordKind::Socket);
    return socket;
}

/// The slot that the kernel files a timer of this level under.
std::uint16_t slotOf(std::uint32_t expires, int level) {
    return static_cast<std::uint16_t>(64 * level + ((expires >> (3 * level)) + 1) % 64);
}

TEST(RunOfTimer, isTheNextMultipleOfItsGranuleBehindItsExpiry) {
    EXPECT_EQ(runOf(kJiffies + 10, slotOf(kJiffies + 10, 0), kJiffies), (TimerRun{11, 0}));
    // 1,000,100 of level 2: granules of 64, and 15,627 of them are 1,000,128.
    EXPECT_EQ(runOf(kJiffies + 100, slotOf(kJiffies + 100, 2), kJiffies), (TimerRun{128, 2}));
    // 7200 s at HZ 250 in level 5: granules of 32,768, and 86 of them are 2,818,048.
    EXPECT_EQ(runOf(kJiffies + 1'800'000, slotOf(kJiffies + 1'800'000, 5), kJiffies), (TimerRun{1'818'048, 5}));
}

TEST(RunOfTimer, goesOnWhereTheJiffiesWrap) {
    const std::uint32_t now = 0xffff'fff0;
    EXPECT_EQ(runOf(now + 100, slotOf(now + 100, 1), now), (TimerRun{104, 1}));
}

TEST(RunOfTimer, isNotKnownWhereExpiryAndSlotDoNotBelongTogether) {
    EXPECT_EQ(runOf(kJiffies, static_cast<std::uint16_t>(slotOf(kJiffies, 1) ^ 1), kJiffies), std::nullopt);
    EXPECT_EQ(runOf(kJiffies, 9 * 64, kJiffies), std::nullopt); // no such level
}

TEST(DecodeRecord, aTimerBeyondTheWheelIsNotDue) {
    exact_record one = record();
    one.flags |= EXACT_KEEPALIVE_PENDING;
    one.keepalive_expires = kJiffies - 1000 * kHz; // 2^32 jiffies less 1000 s from now
    one.keepalive_slot = 8 * 64 + 3;
    ExactSocket socket = decoded(one);
    EXPECT_EQ(socket.connection.timer.expires, Millis::max());
    EXPECT_FALSE(socket.facts.run.has_value());
    one.keepalive_expires = kJiffies - 1;
    one.keepalive_slot = slotOf(one.keepalive_expires, 2); // waits for its granule
    socket = decoded(one);
    EXPECT_EQ(socket.connection.timer.expires, Millis(0));
    EXPECT_TRUE(socket.facts.run.has_value());
}

TEST(DecodeRecord, endpointsAreInTheOrderOfTheirWriter) {
    exact_record one = record();
    ExactSocket socket = decoded(one);
    EXPECT_EQ(socket.connection.local.toString(), "10.0.0.1:22");
    EXPECT_EQ(socket.connection.remote.port, 50312);
    EXPECT_EQ(socket.netnsCookie, 7U);
    one.family = AF_INET6;
    one.remote[15] = 1;
    socket = decoded(one);
    EXPECT_EQ(socket.connection.remote.toString(), "[::1]:50312");
    EXPECT_TRUE(socket.connection.inet6);
}

TEST(DecodeRecord, pendingKindDecidesAndNotWhichTimerRuns) {
    exact_record one = record();
    one.flags |= EXACT_KEEPALIVE_PENDING | EXACT_RETRANSMIT_PENDING; // deleted lazily: it runs for nothing
    one.keepalive_expires = kJiffies + 250;
    one.keepalive_slot = slotOf(one.keepalive_expires, 1);
    one.retransmit_expires = one.nominal = kJiffies + 50;
    one.retransmit_slot = slotOf(one.retransmit_expires, 0);
    one.retransmits = 3;
    one.probes_out = 2;
    ExactSocket socket = decoded(one);
    EXPECT_EQ(socket.connection.timer.kind(), TimerKind::Keepalive);
    EXPECT_EQ(socket.connection.timer.expires, Millis(1000));
    EXPECT_EQ(socket.connection.timer.retransmits, 2);
    EXPECT_EQ(socket.facts.run, runOf(one.keepalive_expires, one.keepalive_slot, kJiffies));
    EXPECT_FALSE(socket.facts.hiddenKeepalive);

    for (const auto kind : {PendingKind::Retransmission, PendingKind::TailLossProbe, PendingKind::Reordering}) {
        one.pending = static_cast<std::uint8_t>(kind);
        socket = decoded(one);
        EXPECT_EQ(socket.connection.timer.kind(), TimerKind::Retransmit);
        EXPECT_EQ(socket.connection.timer.retransmits, 3);
        EXPECT_EQ(socket.facts.pending, kind);
        EXPECT_EQ(socket.facts.run, runOf(one.retransmit_expires, one.retransmit_slot, kJiffies));
        EXPECT_EQ(socket.facts.hiddenKeepalive, runOf(one.keepalive_expires, one.keepalive_slot, kJiffies));
    }
    one.pending = 3;
    socket = decoded(one);
    EXPECT_EQ(socket.connection.timer.kind(), TimerKind::WindowProbe);
    EXPECT_EQ(socket.connection.timer.retransmits, 2);
}

TEST(DecodeRecord, timerThatRunsFirstForNothingDoesNotTellItsRun) {
    exact_record one = record();
    one.flags |= EXACT_RETRANSMIT_PENDING;
    one.pending = 1;
    one.retransmit_expires = kJiffies + 50;
    one.retransmit_slot = slotOf(one.retransmit_expires, 0);
    one.nominal = kJiffies + 60;
    const ExactSocket socket = decoded(one);
    EXPECT_EQ(socket.connection.timer.expires, Millis(240));
    EXPECT_FALSE(socket.facts.run);
}

TEST(DecodeRecord, optionThatNobodySetFollowsTheSetting) {
    exact_record one = record();
    KeepaliveOptions options = *decoded(one).facts.options;
    EXPECT_TRUE(options.exact());
    EXPECT_EQ(options.enabled, Switch::Off);
    EXPECT_EQ(options.followed, follows::Told | follows::Idle | follows::Interval | follows::Probes);
    one.flags |= EXACT_KEEPALIVE;
    one.keepalive_time = 7200 * kHz; // which somebody said, though it is what the setting says, too
    one.keepalive_interval = 75 * kHz;
    one.keepalive_probes = 9;
    one.user_timeout = 30'000;
    one.linger2 = -1;
    options = *decoded(one).facts.options;
    EXPECT_EQ(options.enabled, Switch::On);
    EXPECT_EQ(options.idleSeconds, 7200);
    EXPECT_EQ(options.intervalSeconds, 75);
    EXPECT_EQ(options.probes, 9);
    EXPECT_EQ(options.userTimeout, Millis(30'000));
    EXPECT_EQ(options.lingerSeconds, -1);
    EXPECT_EQ(options.followed, follows::Told);
}

TEST(DecodeRecord, errorsAndStampsAreOfTheSample) {
    exact_record one = record();
    one.soft_error = EHOSTUNREACH;
    one.retrans_stamp = 4'000; // ms, and the sample is at 5 s
    one.probes_stamp = kJiffies - 50;
    one.last_ack = kJiffies - 250;
    const ExactSocket socket = decoded(one);
    EXPECT_EQ(socket.facts.softError, EHOSTUNREACH);
    EXPECT_EQ(socket.facts.error, 0);
    EXPECT_EQ(socket.facts.sinceRetransmission, 1'000'000);
    EXPECT_EQ(socket.facts.sinceFirstProbe, 50);
    EXPECT_EQ(socket.connection.info.lastAckReceived, Millis(1000));
    one.flags |= EXACT_MICROSECONDS;
    one.retrans_stamp = 4'999'000;
    EXPECT_EQ(decoded(one).facts.sinceRetransmission, 1'000);
}

TEST(DecodeRecord, requestAndTimewaitHaveNeitherOwnerNorOptions) {
    exact_record one = record(EXACT_REQUEST);
    one.state = 12; // TCP_NEW_SYN_RECV
    one.flags |= EXACT_RETRANSMIT_PENDING | EXACT_ACKED;
    one.retransmit_expires = kJiffies + 20;
    one.retransmit_slot = slotOf(one.retransmit_expires, 0);
    one.retransmits = 2; // num_timeout
    one.probes_out = 1;  // num_retrans
    one.uid = 33;
    one.listener_cookie = 0x99;
    ExactSocket socket = decoded(one);
    EXPECT_TRUE(socket.connection.isMini());
    EXPECT_EQ(socket.connection.state, State::SynRecv);
    EXPECT_EQ(socket.connection.uid, 0U);
    EXPECT_EQ(socket.connection.timer.kind(), TimerKind::Retransmit);
    EXPECT_EQ(socket.connection.timer.retransmits, 1);
    EXPECT_EQ(socket.facts.requestTimeouts, 2);
    EXPECT_TRUE(socket.facts.requestAcked);
    EXPECT_EQ(socket.facts.listenerCookie, 0x99U);
    EXPECT_FALSE(socket.facts.options);
    one.kind = EXACT_TIMEWAIT;
    one.state = static_cast<std::uint8_t>(State::TimeWait);
    socket = decoded(one);
    EXPECT_EQ(socket.connection.timer.kind(), TimerKind::TimeWait);
    EXPECT_FALSE(socket.connection.info.present());
}

TEST(DecodeRecord, whatItDoesNotKnowIsRefused) {
    ExactSocket socket;
    const auto refused = [&](const exact_record& one, std::size_t size = sizeof(exact_record)) {
        const auto kind = decodeRecord(std::as_bytes(std::span(&one, 1)).first(size), kHz, socket);
        return !kind && kind.error().code == ErrorCode::Unreadable;
    };
    exact_record one = record();
    EXPECT_TRUE(refused(one, sizeof one - 1));
    EXPECT_TRUE(refused(one, 0));
    one.flags = (EXACT_RECORD_VERSION + 1) << 24;
    EXPECT_TRUE(refused(one));
    one = record();
    one.family = AF_UNIX;
    EXPECT_TRUE(refused(one));
    one = record(EXACT_RING);
    EXPECT_TRUE(refused(one));
    one.kind = 0;
    EXPECT_TRUE(refused(one));
    one.kind = EXACT_END;
    EXPECT_FALSE(refused(one));
}

TEST(DecodeOwners, socketsRingsAndTheEndAreToldApart) {
    std::vector<exact_owner> some(3);
    for (exact_owner& one : some)
        one.version = EXACT_RECORD_VERSION;
    some[0].kind = EXACT_FULL;
    some[0].pid = 812;
    some[0].fd = 4;
    some[0].inode = 99;
    some[0].state = 1;
    some[1].kind = EXACT_RING;
    some[1].pid = 812;
    some[1].fd = 5;
    some[1].inode = 3;
    some[2].kind = EXACT_END;
    std::vector<OwnedSocket> owned;
    std::unordered_map<std::uint32_t, ToldDead> dead;
    const auto bytes = std::as_bytes(std::span(some));
    EXPECT_FALSE(decodeOwners(bytes.first(2 * sizeof(exact_owner)), kHz, owned, dead).value_or(true));
    ASSERT_EQ(owned.size(), 2U);
    EXPECT_EQ(owned[0].inode, 99U);
    EXPECT_EQ(owned[1].inode, 0U);
    EXPECT_TRUE(decodeOwners(bytes, kHz, owned, dead).value_or(false));
    EXPECT_FALSE(decodeOwners(bytes.first(sizeof(exact_owner) + 1), kHz, owned, dead));
    some[1].version = EXACT_RECORD_VERSION + 1;
    EXPECT_FALSE(decodeOwners(bytes, kHz, owned, dead));
}

TEST(DecodeOwners, whatHasEndedHasItsRecordBehindIt) {
    struct {
        exact_owner owner;
        exact_record last;
        exact_owner end;
    } all{};
    all.owner.version = all.end.version = EXACT_RECORD_VERSION;
    all.owner.kind = EXACT_HELD;
    all.owner.pid = 812;
    all.owner.fd = 4;
    all.owner.inode = 99;
    all.owner.state = 7;
    all.last = record();
    all.last.state = 7;
    all.last.inode = 99;
    all.last.error = ETIMEDOUT;
    all.last.netns_cookie = 5;
    all.end.kind = EXACT_END;
    std::vector<OwnedSocket> owned;
    std::unordered_map<std::uint32_t, ToldDead> dead;
    const auto bytes = std::as_bytes(std::span(&all, 1));
    EXPECT_TRUE(decodeOwners(bytes, kHz, owned, dead).value_or(false));
    ASSERT_EQ(owned.size(), 1U);
    ASSERT_TRUE(dead.contains(99));
    EXPECT_EQ(dead[99].netnsCookie, 5U);
    EXPECT_EQ(dead[99].socket.error, ETIMEDOUT);
    for (std::size_t size = 1; size < sizeof(exact_owner) + sizeof(exact_record); ++size)
        EXPECT_FALSE(decodeOwners(bytes.first(size), kHz, owned, dead)) << size;
}

} // namespace
} // namespace halfopen
