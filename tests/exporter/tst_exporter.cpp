// SPDX-License-Identifier: GPL-3.0-or-later
// halfopen-exporter as systemd starts it and as Prometheus asks it.
#include "tests/core/loopback_test.h"
#include "tests/exporter/running_exporter.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <poll.h>

#include <netinet/tcp.h>

#include <set>

namespace halfopen::test {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

const std::string kOpenMetrics = "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1";

class Exporter : public LoopbackTest {
protected:
    /// A listener on port 9995, as systemd opens it.
    static UniqueFd opened() {
        UniqueFd listener(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(9995);
        setOption(listener.get(), SOL_SOCKET, SO_REUSEADDR, 1);
        EXPECT_EQ(bind(listener.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
        EXPECT_EQ(listen(listener.get(), 16), 0);
        return listener;
    }
    /// Why it does not start with this.
    static std::string refusal(const RunningExporter::Setup& setup, int exitCode) {
        RunningExporter exporter(setup);
        EXPECT_EQ(exporter.told(), "");
        EXPECT_EQ(exporter.end(0), exitCode);
        EXPECT_THAT(exporter.said(), StartsWith("halfopen-exporter: "));
        return exporter.said();
    }
};

TEST_F(Exporter, tellsWhatIsThereInTheSpellingThatIsAskedFor) {
    const RunningExporter exporter;
    ASSERT_TRUE(exporter.isReady());
    const HttpAnswer text = scrape();
    EXPECT_EQ(text.status, "200");
    EXPECT_THAT(text.head, HasSubstr("\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\n"));
    EXPECT_THAT(text.body, HasSubstr("\nhalfopen_collect_success 1\n"));
    EXPECT_THAT(text.body, HasSubstr("\nhalfopen_sockets{state=\"established\"} 2\n"));
    EXPECT_THAT(text.body, HasSubstr("\nhalfopen_endings_total{ending=\"keepalive-exhausted\"} 0\n")) << "it goes on";
    EXPECT_THAT(text.body, Not(HasSubstr("127.0.0.1"))) << "no address unless asked for";
    const HttpAnswer openMetrics = scrape(kOpenMetrics);
    EXPECT_EQ(openMetrics.status, "200");
    EXPECT_THAT(openMetrics.head,
                HasSubstr("\r\nContent-Type: application/openmetrics-text; version=1.0.0; charset=utf-8\r\n"));
    EXPECT_THAT(openMetrics.body, EndsWith("\n# EOF\n"));
}

TEST_F(Exporter, answersNothingElse) {
    const RunningExporter exporter;
    ASSERT_TRUE(exporter.isReady());
    for (const char* path : {"/", "/metrics/", "/metric", "//metrics", "/../metrics", "/etc/passwd", "*"})
        EXPECT_EQ(ask(fmt::format("GET {} HTTP/1.1\r\nHost: here\r\n\r\n", path)).status, "404") << path;
    for (const char* method : {"HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "NONSENSE", "get"}) {
        const HttpAnswer answer = ask(fmt::format("{} /metrics HTTP/1.1\r\nHost: here\r\n\r\n", method));
        EXPECT_EQ(answer.status, "405") << method;
        EXPECT_THAT(answer.head, HasSubstr("\r\nAllow: GET\r\n"));
    }
    EXPECT_EQ(ask("POST /metrics HTTP/1.1\r\nHost: here\r\nContent-Length: 5\r\n\r\nhello").status, "405");
    EXPECT_EQ(ask("GET /metrics?name[]=halfopen_sockets HTTP/1.1\r\nHost: here\r\n\r\n").status, "200");
    EXPECT_EQ(ask("GET /metrics HTTP/1.0\r\n\r\n").body, scrape().body) << "as a person types it";
}

TEST_F(Exporter, noScrapeLooks) {
    const RunningExporter exporter({.words = {"--interval", "1h"}});
    ASSERT_TRUE(exporter.isReady());
    const std::string first = scrape().body;
    const Loopback another;
    for (int times = 0; times < 100; ++times)
        EXPECT_EQ(scrape().body, first);
}

TEST_F(Exporter, looksAgainAtItsInterval) {
    const RunningExporter exporter({.words = {"--interval", "1s", "--by", "process"}});
    ASSERT_TRUE(exporter.isReady());
    Loopback another;
    another.connectClient();
    const UniqueFd accepted = another.accepted();
    std::string text;
    while (text.find("\nhalfopen_sockets{state=\"established\"} 4\n") == std::string::npos ||
           text.find("\nhalfopen_process_connections{process=\"tst_exporter\"") == std::string::npos) {
        poll(nullptr, 0, 20);
        text = scrape().body; // ctest has the time limit
    }
    EXPECT_THAT(text, HasSubstr("\nhalfopen_collect_interval_seconds "));
}

/// Until whoever listens has taken all that came. tcpi_unacked of a listener is what waits (net/ipv4/tcp.c).
void awaitAccepted(int listener) {
    tcp_info info{};
    do {
        poll(nullptr, 0, 5);
        socklen_t size = sizeof info;
        ASSERT_EQ(getsockopt(listener, IPPROTO_TCP, TCP_INFO, &info, &size), 0);
    } while (info.tcpi_unacked > 0);
}

TEST_F(Exporter, answersOnTheSocketThatSystemdKeeps) {
    const UniqueFd listener = opened();
    for (int times = 0; times < 3; ++times) {
        RunningExporter exporter({.words = {"--interval", "1h"}, .handedOver = {listener.get()}});
        ASSERT_TRUE(exporter.isReady());
        EXPECT_EQ(scrape().status, "200");
        const HttpClient waiting; // is cut off by the end, and what comes later waits for the next one
        awaitAccepted(listener.get());
        EXPECT_EQ(exporter.end(), 0) << exporter.said();
        EXPECT_EQ(exporter.told(), "STOPPING=1");
        EXPECT_EQ(waiting.rest(), "");
    }
    const HttpClient early;
    early.send("GET /metrics HTTP/1.1\r\nHost: here\r\n\r\n");
    const RunningExporter last({.handedOver = {listener.get()}});
    EXPECT_THAT(early.rest(), HasSubstr("\nhalfopen_collect_success 1\n")) << "what was asked before it was started";
}

TEST_F(Exporter, takesNothingThatIsMeantForAnother) {
    const UniqueFd elsewhere = boundToLoopback();
    ASSERT_EQ(listen(elsewhere.get(), 1), 0);
    const RunningExporter exporter({.handedOver = {elsewhere.get()}, .toAnother = true});
    ASSERT_TRUE(exporter.isReady());
    EXPECT_EQ(scrape().status, "200");
}

TEST_F(Exporter, tellsTheWatchdogThatItIsWell) {
    const RunningExporter exporter({.words = {"--interval", "1h"}, .variables = {{"WATCHDOG_USEC", "200000"}}});
    ASSERT_TRUE(exporter.isReady());
    for (int times = 0; times < 3; ++times)
        EXPECT_EQ(exporter.told(), "WATCHDOG=1");
}

TEST_F(Exporter, listensWhereItIsTold) {
    const RunningExporter exporter({.words = {"--listen", "[::1]:9995"}});
    ASSERT_TRUE(exporter.isReady());
    const UniqueFd client(socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    address.sin6_addr = in6addr_loopback;
    address.sin6_port = htons(9995);
    EXPECT_EQ(connect(client.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
}

TEST_F(Exporter, whatMakesNoSenseIsRefused) {
    constexpr int kUsage = 2, kNotSupported = 4;
    for (const char* address : {"9995", "localhost:9995", "127.0.0.1", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:65536",
                                "127.0.0.1:9995x", "::1:9995", "[::1]", "127.0.0.1:-1"})
        EXPECT_THAT(refusal({.words = {std::string("--listen=") + address}}, kUsage), HasSubstr("127.0.0.1:9995"))
            << address;
    refusal({.words = {"--interval", "10ms"}}, kUsage);
    refusal({.words = {"--middlebox", "nobody"}}, kUsage);
    refusal({.words = {"--by", "user"}}, kUsage);
    refusal({.words = {"--destinations", "-1"}}, kUsage);
    refusal({.words = {"--ports", "65536"}}, kUsage);
    refusal({.words = {"--nonsense"}}, kUsage);
    const UniqueFd listener = opened();
    EXPECT_THAT(refusal({}, 1), HasSubstr("127.0.0.1:9995")) << "it is taken";
    EXPECT_THAT(refusal({.words = {"--listen", "127.0.0.1:9996"}, .handedOver = {listener.get()}}, kUsage),
                HasSubstr("halfopen-exporter.socket"));
    EXPECT_THAT(refusal({.handedOver = {listener.get(), listener.get()}}, kNotSupported), HasSubstr("ListenStream="));
    refusal({.handedOver = {loopback.client.get()}}, kNotSupported);
}

TEST_F(Exporter, needsNoRights) {
    if (!isRoot())
        GTEST_SKIP() << "it has none as it is";
    const UniqueFd listener = opened();
    const std::string said = inChild(
        [&]() -> std::string {
            const RunningExporter exporter({.handedOver = {listener.get()}});
            return exporter.isReady() ? scrape().body : exporter.said();
        },
        kNobody);
    EXPECT_THAT(said, HasSubstr("\nhalfopen_sockets{state=\"established\"} 2\n"));
}

} // namespace
} // namespace halfopen::test
