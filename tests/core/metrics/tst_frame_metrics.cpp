// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/metrics/metrics_test.h"

#include <gtest/gtest.h>

namespace halfopen {
namespace {

using namespace test;
using namespace std::chrono_literals;

std::map<std::string, std::string> told(std::vector<Scripted> connections, const MetricsInput& input = metricsInput()) {
    return samplesOf(frameMetrics(*FrameMaker(std::move(connections)).build(), input));
}

TEST(FrameMetrics, countWhatIsThere) {
    const auto samples = told({unguarded(1), guarded(2), unguarded(3, "10.0.0.9", 5432), unguarded(4, "127.0.0.1"),
                               suspect(5), abandoned(unguarded(6)), listening(7), timeWait(8), opening(9, 1)});
    EXPECT_EQ(samples.at(R"(halfopen_sockets{state="established"})"), "5");
    EXPECT_EQ(samples.at(R"(halfopen_sockets{state="close_wait"})"), "1");
    EXPECT_EQ(samples.at(R"(halfopen_sockets{state="listen"})"), "1");
    EXPECT_EQ(samples.at(R"(halfopen_connections{diagnosis="unguarded",scope="public"})"), "1");
    EXPECT_EQ(samples.at(R"(halfopen_connections{diagnosis="unguarded",scope="private"})"), "1");
    EXPECT_EQ(samples.at(R"(halfopen_connections{diagnosis="unguarded",scope="loopback"})"), "1");
    EXPECT_EQ(samples.at(R"(halfopen_connections{diagnosis="closing",scope="public"})"), "1");
    EXPECT_EQ(samples.at(R"(halfopen_established_connections{keepalive="on",scope="public"})"), "2");
    EXPECT_EQ(samples.at(R"(halfopen_never_given_up_connections{scope="private"})"), "1");
    EXPECT_EQ(samples.at(R"(halfopen_unanswered_connections{kind="keepalive"})"), "1");
    EXPECT_EQ(samples.at(R"(halfopen_unanswered_connections{kind="syn"})"), "1");
    EXPECT_EQ(samples.at(R"(halfopen_connection_next_probe_seconds_bucket{le="60.0"})"), "2");
    EXPECT_EQ(samples.at(R"(halfopen_connection_next_probe_seconds_bucket{le="10.0"})"), "1")
        << "the suspect's, in 4 s";
    EXPECT_EQ(samples.at(R"(halfopen_close_wait_age_seconds_count)"), "1");
}

TEST(FrameMetrics, servicesAreTheListenersOrKnownPorts) {
    Scripted served = unguarded(1, "198.51.100.7", 50'000);
    served.connection.local.port = 8000;
    const auto samples = told({listening(2), served, unguarded(3, "198.51.100.7", 5432), unguarded(4, "10.0.0.9", 4711),
                               unguarded(5, "127.0.0.1", 5432)});
    EXPECT_EQ(samples.at(R"(halfopen_service_connections{port="8000",direction="in",diagnosis="unguarded"})"), "1");
    EXPECT_EQ(samples.at(R"(halfopen_service_connections{port="5432",direction="out",diagnosis="unguarded"})"), "1");
    EXPECT_EQ(samples.at(R"(halfopen_service_connections{port="other",direction="out",diagnosis="unguarded"})"), "1");
    EXPECT_EQ(samples.at(R"(halfopen_listen_queue_limit{port="8000"})"), "128");
    EXPECT_EQ(samples.at(R"(halfopen_destination_ports{remote="198.51.100.7:5432",use="connected"})"), "1");
    EXPECT_EQ(samples.at("halfopen_ephemeral_ports"), "28222") << "of 28,232 ten are reserved";
}

TEST(FrameMetrics, smallNamesAreTogether) {
    std::vector<Scripted> connections;
    for (std::uint32_t i = 1; i <= 30; ++i)
        connections.push_back(ofProgram(unguarded(i), 100 + static_cast<std::int32_t>(i), "p" + std::to_string(i)));
    for (std::uint32_t i = 31; i <= 40; ++i)
        connections.push_back(ofProgram(unguarded(i), 200, "many\xff"));
    const auto samples = told(connections);
    EXPECT_EQ(samples.at(R"(halfopen_process_connections{process="many?",diagnosis="unguarded"})"), "10");
    EXPECT_EQ(samples.at(R"(halfopen_process_connections{process="other",diagnosis="unguarded"})"), "11");
    MetricsInput input = metricsInput();
    input.places.byProcess = false;
    input.places.destinations = 0;
    for (const auto& [name, value] : told(connections, input)) {
        EXPECT_EQ(name.find("process="), std::string::npos) << name;
        EXPECT_EQ(name.find("198.51.100.7"), std::string::npos) << "addresses leave the machine only if asked for";
    }
}

TEST(FrameMetrics, instancesOfUnitsAreFolded) {
    EXPECT_EQ(unitLabel({.unit = "ssh.service"}), "ssh.service");
    EXPECT_EQ(unitLabel({.unit = "postgresql@15-main.service"}), "postgresql@15-main.service");
    EXPECT_EQ(unitLabel({.unit = "session-37.scope"}), "session-*.scope");
    EXPECT_EQ(unitLabel({.unit = "run-r0123.service"}), "run-*.service");
    EXPECT_EQ(unitLabel({.unit = "sshd@12-192.0.2.1:22-192.0.2.7:50022.service"}), "sshd@*.service");
    EXPECT_EQ(unitLabel({.runtime = "docker", .container = std::string(64, 'a')}), "container");
    EXPECT_EQ(unitLabel({.runtime = "machine", .container = "web"}), "web");
}

TEST(FrameMetrics, middleboxesForgetWhatIsSilent) {
    const auto samples = told({unguarded(1), guarded(2), unguarded(3, "127.0.0.1")});
    EXPECT_EQ(samples.at(R"(halfopen_middlebox_connections{middlebox="aws-nlb",verdict="forgotten"})"), "1");
    EXPECT_EQ(samples.at(R"(halfopen_middlebox_connections{middlebox="aws-nlb",verdict="survives"})"), "1");
    EXPECT_EQ(samples.at(R"(halfopen_middlebox_idle_timeout_seconds{middlebox="aws-nlb"})"), "350");
    EXPECT_EQ(samples.at(R"(halfopen_middlebox_on_path{middlebox="aws-nlb"})"), "1");
}

TEST(FrameMetrics, whatIsNotKnownIsLeftOut) {
    MetricsInput input = metricsInput();
    input.machine = {};
    input.onPath.clear();
    FrameMaker maker{unguarded(1)};
    Frame frame = *maker.build();
    auto netns = std::make_shared<NetnsContext>(frame.inView());
    netns->sysctls.unread = 1U << static_cast<unsigned>(Setting::Retries2);
    frame.namespaces.front() = std::move(netns);
    const auto samples = samplesOf(frameMetrics(frame, input));
    EXPECT_FALSE(samples.contains("halfopen_sysctl_tcp_retries2"));
    EXPECT_FALSE(samples.contains("halfopen_listen_drops_total"));
    EXPECT_EQ(samples.at("halfopen_sysctl_tcp_keepalive_time_seconds"), "7200");
    EXPECT_EQ(samples.at(R"(halfopen_sysctl_differs_from_boot{setting="tcp_keepalive_time"})"), "0");
}

TEST(FrameMetrics, aLookThatFailedSaysSoAndNothingElse) {
    FrameSeries series;
    series.next({unguarded(1)});
    const auto samples =
        samplesOf(frameMetrics(*series.fail({ErrorCode::Unreadable, Sentence::tr("Nothing.")}), metricsInput()));
    EXPECT_EQ(samples.at("halfopen_collect_success"), "0");
    EXPECT_EQ(samples.size(), 2U);
}

} // namespace
} // namespace halfopen
