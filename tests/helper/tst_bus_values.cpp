// SPDX-License-Identifier: GPL-3.0-or-later
// A message is made without a bus that anybody answers on, sealed, and read again.
#include "app/helper/bus_values.h"
#include "app/sdbus/sd_bus_pointers.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <sys/socket.h>
#include <sys/stat.h>

#include <memory>

namespace halfopen {
namespace {

class BusValues : public testing::Test {
protected:
    void SetUp() override {
        int ends[2] = {-1, -1};
        ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
        other.reset(ends[1]);
        sd_bus* made = nullptr;
        ASSERT_GE(sd_bus_new(&made), 0);
        bus.reset(made);
        ASSERT_GE(sd_bus_set_fd(made, ends[0], ends[0]), 0);
        ASSERT_GE(sd_bus_set_anonymous(made, 1), 0);
        ASSERT_GE(sd_bus_negotiate_fds(made, 1), 0);
        ASSERT_GE(sd_bus_start(made), 0);
    }

    SdBusMessage newMessage() const {
        sd_bus_message* made = nullptr;
        EXPECT_GE(sd_bus_message_new_method_call(bus.get(), &made, nullptr, "/a", "a.b", "C"), 0);
        return SdBusMessage(made);
    }
    static void seal(const SdBusMessage& message) {
        ASSERT_GE(sd_bus_message_seal(message.get(), 1, 0), 0);
        ASSERT_GE(sd_bus_message_rewind(message.get(), 1), 0);
    }
    SdBusMessage messageOf(const Answer& answer) const {
        SdBusMessage message = newMessage();
        EXPECT_GE(append(message.get(), answer), 0);
        seal(message);
        return message;
    }
    std::string signatureOf(const Answer& answer) const {
        return sd_bus_message_get_signature(messageOf(answer).get(), 1);
    }
    std::string throughTheBus(std::string_view text) const {
        const SdBusMessage message = newMessage();
        EXPECT_GE(append(message.get(), text), 0);
        seal(message);
        std::string read;
        EXPECT_GT(halfopen::read(message.get(), read), 0) << "sd-bus takes only UTF-8";
        return read;
    }

    UniqueFd other;
    SdBusPtr bus;
};

TEST_F(BusValues, eachHasTheTypeOfTheContractAlsoWhereThereAreNone) {
    using List = std::vector<std::pair<BusValue, const char*>>;
    const auto null = std::make_shared<const UniqueFd>(open("/dev/null", O_RDONLY | O_CLOEXEC));
    for (const auto& [value, signature] : List{
             {std::uint32_t(1), "u"},
             {std::uint64_t(1), "t"},
             {KeepaliveDefaults{600, 30, 5}, "(iii)"},
             {std::vector<BusNetns>(), "a(ttt)"},
             {std::vector<BusNetns>(2), "a(ttt)"},
             {std::vector<NetnsSockets>(), "a(tahs)"},
             {std::vector<NetnsSockets>{{7, {}, "no"}}, "a(tahs)"},
             {std::vector<BusSettings>(), "a(ta{si}s)"},
             {std::vector<BusSettings>{{7, {{"tcp_retries2", 15}, {"tcp_syn_retries", 6}}, ""}}, "a(ta{si}s)"},
             {std::vector<BusReading>(), "a(tiiiiuiiua(us)s)"},
             {std::vector<BusReading>(2), "a(tiiiiuiiua(us)s)"},
             {std::vector<BusSetResult>(), "a(tiiiiuiius)"},
             {std::vector<BusSetResult>(2), "a(tiiiiuiius)"},
             {std::vector<BusCloseResult>(), "a(ts)"},
             {std::vector<BusCloseResult>(2), "a(ts)"},
             {std::vector<BusGuard>(), "a(siiiutttt)"},
             {std::vector<BusGuard>(2), "a(siiiutttt)"},
         })
        EXPECT_EQ(signatureOf({value}), signature);
    EXPECT_EQ(signatureOf({}), "");
    EXPECT_EQ(signatureOf({KeepaliveDefaults(), KeepaliveDefaults(), std::uint64_t(7)}), "(iii)(iii)t");
}

TEST_F(BusValues, readingIsReadAsItWas) {
    BusReading reading;
    reading.cookie = 0xfedcba9876543210;
    reading.options = {1, 60, 10, 3, 4'000'000'000U, 6, -1, 120000};
    reading.owners = {{42, "nginx"}};
    reading.error = "none";
    const SdBusMessage message = messageOf({std::vector<BusReading>{reading}});
    std::uint64_t cookie = 0;
    BusOptions options;
    std::uint32_t pid = 0;
    const char* name = "";
    const char* error = "";
    ASSERT_GT(sd_bus_message_read(message.get(), "a(tiiiiuiiua(us)s)", 1, &cookie, &options.keepalive, &options.idle,
                                  &options.interval, &options.probes, &options.userTimeout, &options.synCount,
                                  &options.linger2, &options.rtoMax, 1, &pid, &name, &error),
              0);
    EXPECT_EQ(cookie, reading.cookie);
    EXPECT_EQ(options.keepalive, 1);
    EXPECT_EQ(options.userTimeout, 4'000'000'000U);
    EXPECT_EQ(options.linger2, -1);
    EXPECT_EQ(options.rtoMax, 120000U);
    EXPECT_EQ(pid, 42U);
    EXPECT_STREQ(name, "nginx");
    EXPECT_STREQ(error, "none");
}

/// Whoever starts a process chooses its name, and the bus throws out who sends what is no UTF-8.
TEST_F(BusValues, textThatIsNoUtf8IsMadeSo) {
    EXPECT_EQ(throughTheBus("web"), "web");
    EXPECT_EQ(throughTheBus("数据库 \xf0\x9f\x98\x80"), "数据库 \xf0\x9f\x98\x80");
    EXPECT_EQ(throughTheBus("a\xff"
                            "b"),
              "a\uFFFDb");
    EXPECT_EQ(throughTheBus("\xe6\x95"), "\uFFFD") << "cut off in the middle";
    EXPECT_EQ(throughTheBus("\xed\xa0\x80"), "\uFFFD\uFFFD\uFFFD") << "a surrogate";
    BusReading reading;
    reading.owners = {{1, "\xff"}};
    reading.error = "\xff";
    const SdBusMessage message = messageOf({std::vector<BusReading>{reading}, std::vector<BusCloseResult>{{1, "\xff"}},
                                            std::vector<BusGuard>{{"\xff", 1, 1, 1, 1, 1, 1, 1, 1}}});
    EXPECT_GT(sd_bus_message_skip(message.get(), "a(tiiiiuiiua(us)s)a(ts)a(siiiutttt)"), 0);
}

TEST_F(BusValues, argumentsAreRead) {
    const SdBusMessage message = newMessage();
    ASSERT_GE(sd_bus_message_append(message.get(), "tiubsatat", std::uint64_t(1) << 63, -5, 4'000'000'000U, 1,
                                    "a.service", 2, std::uint64_t(1), std::uint64_t(2), 0),
              0);
    seal(message);
    std::uint64_t netns = 0;
    std::int32_t number = 0;
    std::uint32_t length = 0;
    bool persist = false;
    std::string unit;
    std::vector<std::uint64_t> cookies;
    std::vector<std::uint64_t> none{7};
    EXPECT_GT(read(message.get(), netns), 0);
    EXPECT_GT(read(message.get(), number), 0);
    EXPECT_GT(read(message.get(), length), 0);
    EXPECT_GT(read(message.get(), persist), 0);
    EXPECT_GT(read(message.get(), unit), 0);
    EXPECT_GT(read(message.get(), cookies), 0);
    EXPECT_GT(read(message.get(), none), 0);
    EXPECT_EQ(netns, std::uint64_t(1) << 63);
    EXPECT_EQ(number, -5);
    EXPECT_EQ(length, 4'000'000'000U);
    EXPECT_TRUE(persist);
    EXPECT_EQ(unit, "a.service");
    EXPECT_EQ(cookies, (std::vector<std::uint64_t>{1, 2}));
    EXPECT_TRUE(none.empty());
    EXPECT_LE(read(message.get(), netns), 0) << "there is no more";
}

} // namespace
} // namespace halfopen
