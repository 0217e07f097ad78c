// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stream/far_machine.h"
#include "core/stream/limits.h"
#include "core/stream/ss_reader.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <sys/socket.h>

#include <cstring>
#include <span>

namespace halfopen::stream {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

template <class Body>
std::string message(std::uint16_t type, const Body& body) {
    std::string bytes(NLMSG_SPACE(sizeof body), '\0');
    const nlmsghdr head{.nlmsg_len = NLMSG_LENGTH(sizeof body), .nlmsg_type = type, .nlmsg_flags = NLM_F_MULTI};
    std::memcpy(bytes.data(), &head, sizeof head);
    std::memcpy(bytes.data() + NLMSG_HDRLEN, &body, sizeof body);
    return bytes;
}

std::string done() {
    return message(NLMSG_DONE, int{0});
}

std::string socket(std::uint32_t expires) {
    inet_diag_msg diag{};
    diag.idiag_family = AF_INET;
    diag.idiag_state = 1;
    diag.idiag_timer = 2;
    diag.idiag_expires = expires;
    return message(SOCK_DIAG_BY_FAMILY, diag);
}

std::string hello(const std::string& tick = "CONFIG_HZ=1000") {
    return fmt::format("Welcome!\nhalfopen ss 1 ab12\ndb7\n6.1.0\nboot\n1000\nnet:[4026531840]\n{}\n", tick);
}

std::string round(const std::string& sockets, const char* before = "100.10", const char* after = "100.13") {
    return fmt::format("round\n{} 5.00\nnet/ipv4/tcp_keepalive_time:600\nnet/ipv4/tcp_keepalive_intvl:30\n"
                       "net/ipv4/ip_local_port_range:1000\t2000\nsockets\n{}halfopen\n{} 5.00\n",
                       before, sockets, after);
}

class SsReaderTest : public testing::Test {
protected:
    Result<void> feed(const std::string& text, std::size_t piece = 7) {
        ByteView rest = std::as_bytes(std::span(text));
        for (; !rest.empty(); rest = rest.subspan(std::min(piece, rest.size()))) {
            auto fed = reader.feed(rest.first(std::min(piece, rest.size())),
                                   [this](Message&& one, ByteView raw) { return machine.take(std::move(one), raw); });
            if (!fed)
                return fed;
        }
        return {};
    }
    std::string refusal(const std::string& text) {
        const auto fed = feed(text);
        return fed ? std::string() : inEnglish(fed.error());
    }

    SsReader reader{"ab12", "db7"};
    FarMachine machine{"db7"};
};

TEST_F(SsReaderTest, aRoundIsADump) {
    ASSERT_TRUE(feed(hello() + round(socket(7000) + done() + socket(9000) + done())));
    EXPECT_EQ(machine.hello().host, "db7");
    EXPECT_EQ(machine.hello().netns, 4026531840U);
    EXPECT_EQ(machine.hello().uid, 1000U);
    EXPECT_EQ(machine.hello().noise, "Welcome!\n");
    ASSERT_TRUE(machine.dump());
    const FarDump& dump = *machine.dump();
    const std::uint32_t batch = NLMSG_SPACE(sizeof(inet_diag_msg)) + NLMSG_SPACE(sizeof(int));
    EXPECT_EQ(dump.bytes.size(), 2 * batch);
    EXPECT_THAT(dump.batches, testing::Each(testing::Field(&BatchMark::bytes, batch))) << "of each family, to its end";
    EXPECT_EQ(dump.facts->sysctls.keepaliveTime, 600);
    EXPECT_EQ(dump.facts->sysctls.keepaliveInterval, 30);
    EXPECT_EQ(dump.facts->sysctls.localPortHigh, 2000);
    EXPECT_NE(dump.facts->sysctls.unread, 0) << "the others were not told";
    EXPECT_EQ(dump.facts->clock.hz, 1000);
    EXPECT_FALSE(dump.facts->clock.phaseKnown());
    EXPECT_EQ(dump.end.notes.size(), 1U);
    ASSERT_TRUE(feed(round(done() + done(), "101.10", "101.10")));
    EXPECT_EQ(machine.dump()->bytes.size(), 2 * NLMSG_SPACE(sizeof(int))) << "nobody is there any more";
    EXPECT_EQ(machine.dump()->number, 2U);
}

/// Both readings are of the past by less than 10 ms: what lies between them lies within the error around the middle.
TEST_F(SsReaderTest, itsMomentIsKnownAsWellAsItsClock) {
    ASSERT_TRUE(feed(hello() + round(done() + done(), "100.10", "100.14")));
    const End& end = machine.dump()->end;
    EXPECT_EQ(end.taken.time_since_epoch(), 100125ms);
    EXPECT_GE(end.stampError, 25ms);
    EXPECT_LE(end.stampError, 35ms);
    EXPECT_THAT(inEnglish(end.notes.front()), HasSubstr("There is no halfopenctl on db7"));
}

TEST_F(SsReaderTest, itsTickIsFoundByItsTimers) {
    std::string sockets;
    for (const std::uint32_t expires : {8U, 12U, 4U, 20U, 16U, 7200'000U, 64U, 92U})
        sockets += socket(expires);
    ASSERT_TRUE(feed(hello("") + round(sockets + done() + done())));
    EXPECT_EQ(machine.dump()->facts->clock.hz, 250);
    EXPECT_EQ(machine.dump()->end.notes.size(), 2U) << "it is said that it was not told";
    ASSERT_TRUE(feed(round(socket(101) + done() + done(), "102.00", "102.00")));
    EXPECT_EQ(machine.dump()->facts->clock.hz, 1000);
}

TEST_F(SsReaderTest, aLongDumpShowsThatItGoesOn) {
    ASSERT_TRUE(feed(hello() + "round\n100.10 5.00\nsockets\n"));
    std::string sockets;
    while (sockets.size() < 100'000)
        sockets += socket(7000);
    int told = 0;
    const auto count = [&told](Message&& one, ByteView) -> Result<void> {
        EXPECT_TRUE(std::holds_alternative<std::monostate>(one));
        ++told;
        return {};
    };
    ASSERT_TRUE(reader.feed(std::as_bytes(std::span(sockets)), count));
    EXPECT_EQ(told, 4) << "of 32 KiB each";
}

TEST_F(SsReaderTest, anSsThatTellsNothingIsNoEmptyMachine) {
    ASSERT_TRUE(feed(hello() + round("")));
    EXPECT_FALSE(machine.dump());
    ASSERT_TRUE(machine.failed());
    EXPECT_THAT(inEnglish(machine.failed()->sentence), HasSubstr("ss on db7 does not tell"));
}

TEST_F(SsReaderTest, whatMakesNoSenseIsCutOff) {
    EXPECT_THAT(refusal(hello() + "rm -rf\n"), HasSubstr("out of order"));
}

TEST_F(SsReaderTest, aTimeThatIsNoneIsCutOff) {
    EXPECT_THAT(refusal(hello() + "round\nyesterday\n"), HasSubstr("/proc/uptime"));
}

TEST_F(SsReaderTest, aClockThatGoesBackIsCutOff) {
    EXPECT_THAT(refusal(hello() + round(done() + done(), "100.10", "99.00")), HasSubstr("/proc/uptime"));
}

TEST_F(SsReaderTest, textInPlaceOfMessagesIsCutOff) {
    EXPECT_THAT(refusal(hello() + "round\n1.00 1.00\nsockets\nState Recv-Q Send-Q\n"), HasSubstr("a message of type"));
}

TEST_F(SsReaderTest, aLineWithoutAnEndIsCutOff) {
    EXPECT_THAT(refusal(hello() + "round\n1.00 1.00\n" + std::string(10'000, 'x')), HasSubstr("without an end"));
}

TEST_F(SsReaderTest, nobodyWaitsForEverForItsFirstLine) {
    EXPECT_THAT(refusal(std::string(kMostNoise + 1000, 'x')),
                HasSubstr("db7 says more than 65536 bytes before it begins"));
    EXPECT_FALSE(reader.begun());
}

} // namespace
} // namespace halfopen::stream
