// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/diag/netlink_message.h"
#include "core/stream/limits.h"
#include "core/stream/messages.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <memory>

namespace halfopen::stream {
namespace {

using namespace std::chrono_literals;

/// What comes back of a message.
Message again(const Message& message) {
    const auto bytes = encode(message);
    const auto whole = firstMessage(bytes);
    EXPECT_TRUE(whole);
    EXPECT_EQ(whole->whole.size(), bytes.size());
    EXPECT_EQ(bytes.size() % NLMSG_ALIGNTO, 0U);
    const auto decoded = decode(whole->payload);
    EXPECT_TRUE(decoded) << inEnglish(decoded.error());
    return decoded.value_or(Message{});
}

Result<Message> decoded(std::string_view text) {
    return decode(std::as_bytes(std::span(text)));
}

TEST(Messages, helloTellsWhoSpeaks) {
    const Hello hello{.version = "0.1.0",
                      .host = "db7",
                      .kernel = "6.18",
                      .bootId = "3f1c",
                      .uid = 1000,
                      .netns = 4026531840,
                      .netnsCookie = 1,
                      .netnsName = "web",
                      .owners = true,
                      .zstd = true,
                      .noEvents = Sentence::tr("Cannot read {0}: {1}.", std::string("/proc"), Errno{EACCES})};
    EXPECT_EQ(std::get<Hello>(again(hello)), hello);
}

TEST(Messages, marksAndClocksKeepEveryNanosecond) {
    const BatchMark batch{32'700, MonotonicTime(123'456'789'012'345ns), false, 17, false, true};
    EXPECT_EQ(std::get<BatchMark>(again(batch)), batch);
    EXPECT_EQ(std::get<BatchMark>(again(BatchMark{20, MonotonicTime(1ns), true, 0, true, false})),
              (BatchMark{20, MonotonicTime(1ns), true, 0, true, false}));
    const EventsMark events{408, MonotonicTime(7s), 3};
    EXPECT_EQ(std::get<EventsMark>(again(events)), events);
    const Begin begin{{1ns, 2ns, 1'800'000'000'000'000'003ns}, 4'080'000};
    EXPECT_EQ(std::get<Begin>(again(begin)), begin);
    const Pong pong{{4ns, 5ns, 6ns}};
    EXPECT_EQ(std::get<Pong>(again(pong)), pong);
}

TEST(Messages, theMachinesFactsComeBack) {
    TcpSysctls sysctls;
    sysctls.keepaliveTime = 60;
    sysctls.hasRtoMax = true;
    sysctls.rtoMaxMs = 9000;
    sysctls.localPortLow = 32768;
    sysctls.localPortHigh = 60999;
    sysctls.unread = 5;
    EXPECT_EQ(std::get<TcpSysctls>(again(sysctls)), sysctls);
    const TickClock clock{.hz = 1000, .offset = 4'294'667'296};
    EXPECT_EQ(std::get<TickClock>(again(clock)), clock);
    EXPECT_EQ(std::get<TickClock>(again(TickClock{.hz = 300, .offset = {}})), (TickClock{.hz = 300, .offset = {}}));
    const Names names{.users = {{0, "root"}, {1000, "a\"b\n"}}, .interfaces = {{1, "lo"}}, .units = {}};
    EXPECT_EQ(std::get<Names>(again(names)), names);
    const End end{.started = MonotonicTime(1s),
                  .taken = MonotonicTime(2s),
                  .tickCertain = false,
                  .locked = 0x77,
                  .settled = false,
                  .orphanPressure = true,
                  .ticksLate = true,
                  .notes = {Sentence::tr("The kernel closed the sock_diag socket.")},
                  .own = {1, ~std::uint64_t{0} - 1},
                  .stopped = {4711}};
    EXPECT_EQ(std::get<End>(again(end)), end);
    const Failed failed{ErrorCode::NotPermitted, Sentence::tr("The kernel closed the sock_diag socket.")};
    EXPECT_EQ(std::get<Failed>(again(failed)), failed);
}

ToldSocket toldSocket(std::uint64_t cookie) {
    KeepaliveOptions options{.idleSeconds = 60,
                             .intervalSeconds = 10,
                             .userTimeout = Millis(30'000),
                             .rtoMax = Millis(9000),
                             .probes = 6,
                             .lingerSeconds = -1,
                             .followed = follows::Told | follows::Idle,
                             .synCount = 3,
                             .deferAccept = 1,
                             .enabled = Switch::On};
    for (Provenance* from : {&options.enabledFrom, &options.idleFrom, &options.intervalFrom, &options.probesFrom,
                             &options.userTimeoutFrom})
        *from = Provenance::Exact;
    const Owner owner{.pid = 812,
                      .fd = 4,
                      .name = "ngi\xffnx",
                      .unit = std::make_shared<const ProcessUnit>(ProcessUnit{.unit = "nginx.service"}),
                      .program =
                          std::make_shared<const Program>(Program{"/usr/sbin/nginx", "nginx: worker", "nginx:", ""})};
    return {.cookie = cookie, .options = options, .owners = {owner}};
}

TEST(Messages, whatWasFoundOfASocketComesBackExact) {
    const Told told = std::get<Told>(again(Told{{toldSocket(0x1d2)}}));
    ASSERT_EQ(told.sockets.size(), 1U);
    const ToldSocket& socket = told.sockets.front();
    EXPECT_EQ(socket.options, toldSocket(1).options);
    EXPECT_TRUE(socket.options->exact());
    ASSERT_EQ(socket.owners.size(), 1U);
    EXPECT_EQ(socket.owners[0].pid, 812);
    EXPECT_EQ(socket.owners[0].name, "ngi\uFFFDnx") << "no byte that is not of a character";
    EXPECT_EQ(socket.owners[0].unit->unit, "nginx.service");
    EXPECT_EQ(socket.owners[0].program->executable, "/usr/sbin/nginx");
    const ToldSocket refused{
        .cookie = 5, .options = {}, .owners = {}, .why = OwnerUnknown::OtherUser, .unread = ReadRefusal::Yama};
    EXPECT_EQ(std::get<Told>(again(Told{{refused}})).sockets.front(), refused);
}

TEST(Messages, everyReasonHasAWord) {
    for (int why = 1; why <= static_cast<int>(OwnerUnknown::ProcHidden); ++why) {
        const ToldSocket told{.cookie = 1, .options = {}, .owners = {}, .why = static_cast<OwnerUnknown>(why)};
        EXPECT_EQ(std::get<Told>(again(Told{{told}})).sockets.front().why, told.why);
    }
    for (int why = 0; why <= static_cast<int>(ReadRefusal::NotSupported); ++why) {
        const ToldSocket told{.cookie = 1,
                              .options = {},
                              .owners = {},
                              .why = OwnerUnknown::Unseen,
                              .unread = static_cast<ReadRefusal>(why)};
        EXPECT_EQ(std::get<Told>(again(Told{{told}})).sockets.front().unread, told.unread);
    }
}

TEST(Messages, muchIsToldInSeveralMessages) {
    Told told;
    for (std::uint64_t cookie = 1; cookie <= 1001; ++cookie)
        told.sockets.push_back(toldSocket(cookie));
    const auto bytes = encodeAll(told);
    ByteView rest(bytes);
    std::size_t sockets = 0;
    while (const auto message = firstMessage(rest)) {
        EXPECT_LT(message->whole.size(), kMostMessage / 4);
        const auto part = decode(message->payload);
        ASSERT_TRUE(part);
        sockets += std::get<Told>(*part).sockets.size();
        rest = rest.subspan(message->whole.size());
    }
    EXPECT_EQ(sockets, 1001U);
}

TEST(Messages, otherKindsArePassedOver) {
    for (const char* text : {"", "halfopen", "halfopen recording 1\n{}", "halfopen tomorrow\n{\"x\":1}", "other\n{}"}) {
        const auto message = decoded(text);
        ASSERT_TRUE(message) << text;
        EXPECT_TRUE(std::holds_alternative<std::monostate>(*message)) << text;
    }
}

TEST(Messages, whatMakesNoSenseIsRefused) {
    for (const char* text : {
             "halfopen hello\n{",
             "halfopen hello\n[]",
             "halfopen begin\n{\"clocks\":[1,2]}",
             "halfopen begin\n{\"clocks\":[1,-2,3]}",
             "halfopen batch\n{\"bytes\":65537,\"at\":1}",
             "halfopen batch\n{\"bytes\":-1,\"at\":1}",
             "halfopen batch\n{\"bytes\":20}",
             "halfopen batch\n{\"bytes\":20,\"at\":9223372036854775807}",
             "halfopen batch\n{\"bytes\":20,\"at\":18446744073709551615}",
             "halfopen tick\n{\"hz\":0}",
             "halfopen tick\n{\"hz\":250,\"jiffies_offset\":9223372036854775807}",
             "halfopen end\n{\"started\":2,\"taken\":1}",
             "halfopen sockets\n{}",
             "halfopen sockets\n[{}]",
             "halfopen failed\n{\"code\":99,\"why\":{\"say\":\"x\"}}",
             "halfopen pong\n[[[[[[[[[1]]]]]]]]]",
         })
        EXPECT_FALSE(decoded(text)) << text;
}

TEST(Messages, aNonceIsHexadecimal) {
    EXPECT_TRUE(isNonce("00ffAA"));
    EXPECT_FALSE(isNonce(""));
    EXPECT_FALSE(isNonce("12 34"));
    EXPECT_FALSE(isNonce(std::string(65, '0')));
    EXPECT_EQ(firstLine("ab12"), "halfopen stream 1 ab12\n");
}

} // namespace
} // namespace halfopen::stream
