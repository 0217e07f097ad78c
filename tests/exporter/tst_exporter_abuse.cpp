// SPDX-License-Identifier: GPL-3.0-or-later
// Whoever may connect, start a program or name a unit cannot keep Prometheus from its metrics.
#include "core/kernel/process/cgroup_names.h"
#include "tests/core/loopback_test.h"
#include "tests/ctl/command.h"
#include "tests/exporter/running_exporter.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <unistd.h>

#include <sys/prctl.h>
#include <sys/stat.h>

#include <cstdlib>
#include <fstream>
#include <list>
#include <memory>
#include <string>
#include <vector>

namespace halfopen::test {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::uint64_t kMegabyte = 1 << 20;

class ExporterAbuse : public LoopbackTest {
protected:
    void SetUp() override {
        LoopbackTest::SetUp();
        if (!IsSkipped())
            exporter = std::make_unique<RunningExporter>(RunningExporter::Setup{.words = words()});
        ASSERT_TRUE(IsSkipped() || exporter->isReady());
    }
    virtual std::vector<std::string> words() const { return {"--interval", "1h"}; }

    std::unique_ptr<RunningExporter> exporter;
};

TEST_F(ExporterAbuse, lineWithoutAnEndIsRefused) {
    for (int warm = 0; warm < 20; ++warm)
        ASSERT_EQ(scrape().status, "200");
    const std::uint64_t before = exporter->residentBytes();
    const std::string piece(65536, 'a');
    for (const char* begin :
         {"GET /", "GET /metrics HTTP/1.1\r\nHost: ", "GET /metrics HTTP/1.1\r\nHost: here\r\nX: ", ""}) {
        const HttpClient client;
        client.send(begin);
        int pieces = 0;
        while (client.send(piece) && pieces < 1000) // 64 MB
            ++pieces;
        EXPECT_LT(pieces, 1000) << begin;
        EXPECT_EQ(scrape().status, "200");
    }
    EXPECT_LT(exporter->residentBytes(), before + kMegabyte);
}

TEST_F(ExporterAbuse, bodyWithoutAnEndIsNotTaken) {
    const std::uint64_t before = exporter->residentBytes();
    const HttpClient client;
    client.send("POST /metrics HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n");
    const std::string chunk = "10000\r\n" + std::string(65536, 'a') + "\r\n";
    int chunks = 0;
    while (client.send(chunk) && chunks < 1000)
        ++chunks;
    EXPECT_LT(chunks, 1000);
    EXPECT_EQ(scrape().status, "200");
    EXPECT_LT(exporter->residentBytes(), before + kMegabyte);
}

TEST_F(ExporterAbuse, slowClientsHoldNobodyUp) {
    std::list<HttpClient> slow;
    for (int clients = 0; clients < 20; ++clients)
        EXPECT_TRUE(slow.emplace_back().send("GET /met"));
    EXPECT_EQ(scrape({}, "127.0.0.2").status, "200") << "who has another address is answered meanwhile";
    for (const HttpClient& client : slow)
        client.rest(); // until each is closed
    while (scrape().status != "200") {
    } // it may count them a moment longer; ctest has the time limit
}

/// Never idle, and yet not served for ever.
TEST_F(ExporterAbuse, whoeverSendsOneByteNowAndThenIsCutOff) {
    const HttpClient client;
    ASSERT_TRUE(client.send("GET /"));
    int bytes = 0;
    while (client.isOpenAfter(200) && client.send("a"))
        ++bytes;
    EXPECT_GT(bytes, 0);
    EXPECT_EQ(scrape().status, "200");
}

TEST_F(ExporterAbuse, whatIsNoHttpIsSurvived) {
    std::list<HttpClient> clients;
    for (const std::string& request :
         {std::string("\r\n\r\n"), std::string(3, '\0'), std::string("\xff\xfe GET\r\n\r\n"),
          std::string("GET\r\n\r\n"), std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11), // TLS
          std::string("GET /metrics HTTP/9.9\r\n\r\n"), std::string("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
          std::string("GET /metrics HTTP/1.1\r\nHost: here\r\nContent-Length: -1\r\n\r\n"),
          std::string("GET /metrics HTTP/1.1\r\nHost: here\r\nContent-Length: 99999999999999999999\r\n\r\n")}) {
        clients.emplace_back(clients.size() % 2 == 0 ? "127.0.0.1" : "127.0.0.2").send(request);
    }
    for (const HttpClient& client : clients)
        client.rest();
    EXPECT_EQ(scrape().status, "200");
    EXPECT_EQ(scrape(std::string(8000, ',')).status, "200");
}

/// Programs and units of any name, with connections, before the exporter looks.
class ExporterNames : public ExporterAbuse {
protected:
    void SetUp() override {
        for (const std::string& name : kNames)
            processes.emplace_back([&] {
                prctl(PR_SET_NAME, name.c_str());
                connect();
            });
        makeUnit();
        ExporterAbuse::SetUp();
    }
    void TearDown() override {
        processes.clear();
        ::rmdir(unit.c_str());
    }
    std::vector<std::string> words() const override { return {"--interval", "1s", "--by", "process"}; }

    /// In this process, which keeps it.
    static void connect() {
        static std::list<Loopback> kept;
        kept.emplace_back().connectClient();
    }
    /// A folder below cgroup2 is a unit's where its name says so, and anybody with a tree of his own may make one.
    void makeUnit() {
        unit = cgroupMount() + "/a\"b\\c\xff\x1b[31m.service";
        if (::mkdir(unit.c_str(), 0755) != 0)
            return unit.clear();
        processes.emplace_back([&] {
            std::ofstream(unit + "/cgroup.procs") << "0";
            connect();
        });
    }

    const std::vector<std::string> kNames{"a\xff"
                                          "b",
                                          "a\"b",
                                          "a\\b",
                                          "a\nb 1",
                                          "\x1b[31mred",
                                          "\xe2\x80\xaegnp",
                                          "}"};
    std::list<Child> processes;
    std::string unit; ///< empty: none could be made
};

TEST_F(ExporterNames, leaveTheTargetUp) {
    std::string text;
    const auto lacks = [&text](const char* words) { return text.find(words) == std::string::npos; };
    while (lacks("process=\"a?b\"") || lacks("process=\"}\"") || (!unit.empty() && lacks("[31m.service")))
        text = scrape().body; // until all owners are found; ctest has the time limit
    EXPECT_THAT(text, HasSubstr("process=\"a\\\"b\""));
    EXPECT_THAT(text, HasSubstr("process=\"a\\\\b\""));
    EXPECT_THAT(text, Not(HasSubstr("\xff")));
    EXPECT_THAT(text, Not(HasSubstr("\x1b")));
    EXPECT_THAT(text, Not(HasSubstr("\xe2\x80\xae")));
    if (!unit.empty()) {
        EXPECT_THAT(text, HasSubstr("unit=\"a\\\"b\\\\c??[31m.service\""));
    }
    if (run({"promtool", "--version"}).exitCode != 0)
        SKIP_UNLESS_CI("promtool is not installed");
    const auto checked = run({"sh", "-c", "printf %s \"$0\" | promtool check metrics", text});
    EXPECT_EQ(checked.exitCode, 0) << checked.err << checked.out;
    const auto strict = run({"/usr/bin/python3", "-c",
                             "import sys; from prometheus_client.openmetrics import parser\n"
                             "print(len(list(parser.text_string_to_metric_families(sys.argv[1]))))",
                             scrape("application/openmetrics-text").body});
    EXPECT_EQ(strict.exitCode, 0) << strict.err;
    EXPECT_GT(std::atoi(strict.out.c_str()), 40) << strict.out;
}

} // namespace
} // namespace halfopen::test
