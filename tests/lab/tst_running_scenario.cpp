// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forecast/forecast.h"
#include "core/keepalive/knowledge.h"
#include "core/kernel/sysctl/sysctl_reader.h"
#include "core/kernel/tick/tick_source.h"
#include "core/lab/running_scenario.h"
#include "core/model/diagnosis.h"
#include "core/monitor/monitor.h"
#include "tests/lab/dump.h"
#include "tests/lab/in_child.h"
#include "tests/lab/laboratory_test.h"
#include "tests/skip.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <poll.h>

#include <sys/wait.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <set>
#include <string>

namespace halfopen::lab {
namespace {

using test::inChild;
using test::kNobody;
using namespace std::chrono_literals;

using Sockets = std::vector<Connection>;

/// Repeats `attempt` ten times a second until it is true or the time is over.
template <class Attempt>
bool eventually(std::chrono::seconds within, Attempt attempt) {
    const auto end = MonotonicClock::now() + within;
    while (!attempt()) {
        if (MonotonicClock::now() > end)
            return false;
        ::poll(nullptr, 0, 100);
    }
    return true;
}

bool has(const Sockets& sockets, State state, TimerKind timer, std::string_view remote = "") {
    return std::any_of(sockets.begin(), sockets.end(), [&](const Connection& socket) {
        return socket.state == state && socket.timer.kind() == timer &&
               (remote.empty() || socket.remote.address.toString() == remote);
    });
}

std::string missing(const Sockets& sockets) {
    std::string text;
    const auto want = [&](State state, TimerKind timer, std::string_view remote = "") {
        if (!has(sockets, state, timer, remote))
            text += fmt::format("{}/{} {}; ", toString(state), toString(timer), remote);
    };
    want(State::Listen, TimerKind::None);
    want(State::SynSent, TimerKind::Retransmit);
    want(State::Established, TimerKind::None, "203.0.113.20");
    want(State::Established, TimerKind::Keepalive, "203.0.113.9");
    want(State::Established, TimerKind::Retransmit, "203.0.113.21");
    want(State::Established, TimerKind::WindowProbe, "203.0.113.30");
    want(State::Established, TimerKind::Keepalive, "2001:db8:51::17");
    want(State::Established, TimerKind::None, "2001:db8:51::18");
    want(State::CloseWait, TimerKind::None);
    want(State::FinWait1, TimerKind::Retransmit);
    want(State::FinWait2, TimerKind::None);
    want(State::LastAck, TimerKind::Retransmit);
    want(State::TimeWait, TimerKind::TimeWait);
    return text;
}

/// Opens and populates a laboratory and tells what `look` found in it.
std::string inLaboratory(const std::function<std::string(const RunningScenario&, Source&)>& look) {
    auto lab = Laboratory::open();
    if (!lab)
        return inEnglish(lab.error());
    auto running = RunningScenario::begin(*lab, everyDiagnosis(lab->hasIpv6()));
    if (!running)
        return inEnglish(running.error());
    auto source = NetlinkSource::open();
    return source ? look(*running, **source) : inEnglish(source.error());
}

/// Which of the nine words nobody has now; "" where all are there.
std::string missingDiagnoses(Source& source) {
    const auto settings = readTcpSysctls();
    std::set<Diagnosis> seen;
    for (const auto& socket : test::Dump::of(source)) {
        KeepaliveOptions options;
        learn(socket, nullptr, settings, options);
        seen.insert(diagnose(socket, options, forecast(socket, options, settings, readTickClock())));
    }
    std::string text;
    for (std::size_t i = 0; i < kDiagnosisCount; ++i)
        if (seen.count(static_cast<Diagnosis>(i)) == 0)
            text += std::string(toString(static_cast<Diagnosis>(i))) + " ";
    return text;
}

/// What was missing last, if it was not all there within eight seconds.
std::string diagnosesSoon(const RunningScenario&, Source& source) {
    std::string text;
    eventually(8s, [&] { return (text = missingDiagnoses(source)).empty(); });
    return text;
}

std::string diagnosesAfterAWhile(const RunningScenario&, Source& source) {
    ::poll(nullptr, 0, 9000);
    return missingDiagnoses(source);
}

/// Which of these conditions no row has; "" where all are there.
std::string missingConditions(const Frame& frame) {
    Conditions seen;
    for (const Row& row : frame.rows)
        seen.add(row.forecast.conditions);
    std::string text;
    for (const Condition condition :
         {Condition::UnreachableNeighbour, Condition::LocalDrop, Condition::AcceptQueueFull, Condition::OwnerStopped})
        if (!seen.has(condition))
            text += std::string(toString(condition)) + " ";
    return text;
}

/// What was missing last, if it was not all there within twenty seconds.
std::string conditionsSoon(const RunningScenario&, Source&) {
    auto source = NetlinkSource::open();
    if (!source)
        return inEnglish(source.error());
    Monitor monitor(std::move(*source), {.calibrate = false});
    std::string text;
    eventually(20s, [&] { return (text = missingConditions(*monitor.sampleSettled({}, 1s))).empty(); });
    return text;
}

/// Data that its program leaves in the queue is called unread after a minute.
std::string unreadData(const RunningScenario&, Source& source) {
    for (const auto& socket : test::Dump::of(source))
        if (socket.remote.address.toString() == "198.51.100.20")
            return socket.receiveQueue > 0 ? "waits" : "read";
    return "no such connection";
}

std::string missingAtOnce(const RunningScenario&, Source& source) {
    return missing(test::Dump::of(source));
}

std::string suspectSoon(const RunningScenario&, Source& source) {
    const auto probing = [&] {
        for (const auto& socket : test::Dump::of(source))
            if (socket.state == State::Established && socket.timer.kind() == TimerKind::Keepalive &&
                socket.timer.retransmits > 0)
                return true;
        return false;
    };
    return eventually(8s, probing) ? "probing" : "no unanswered probe";
}

std::string names(const RunningScenario& running, Source&) {
    std::string text;
    for (const pid_t process : running.processes()) {
        std::string name;
        std::getline(std::ifstream(fmt::format("/proc/{}/comm", process)), name);
        text += name + " ";
    }
    return text;
}

long cpuTicks(pid_t process) {
    std::string word;
    std::ifstream stat(fmt::format("/proc/{}/stat", process));
    for (int i = 0; i < 13; ++i)
        stat >> word;
    long user = 0;
    long system = 0;
    stat >> user >> system;
    return user + system;
}

/// Percent of one core that all its processes take together over two seconds.
std::string costs(const RunningScenario& running, Source&) {
    const auto total = [&] {
        long ticks = 0;
        for (const pid_t process : running.processes())
            ticks += cpuTicks(process);
        return ticks;
    };
    const auto before = total();
    ::poll(nullptr, 0, 2000);
    const auto percent = static_cast<double>(total() - before) / 2;
    return percent <= 1 ? "little" : fmt::format("{} %", percent);
}

class RunningScenarios : public test::LaboratoryTest {};

TEST_F(RunningScenarios, everyStateIsThereAtOnce) {
    EXPECT_EQ(inChild([] { return inLaboratory(missingAtOnce); }), "");
}

TEST_F(RunningScenarios, everyDiagnosisIsThereWithinSeconds) {
    EXPECT_EQ(inChild([] { return inLaboratory(diagnosesSoon); }), "");
}

TEST_F(RunningScenarios, everyDiagnosisIsStillThereAfterAWhile) {
    EXPECT_EQ(inChild([] { return inLaboratory(diagnosesAfterAWhile); }), "");
}

TEST_F(RunningScenarios, conditionsAreThereWithinSeconds) {
    EXPECT_EQ(inChild([] { return inLaboratory(conditionsSoon); }), "");
}

TEST_F(RunningScenarios, someDataIsReadByNobody) {
    EXPECT_EQ(inChild([] { return inLaboratory(unreadData); }), "waits");
}

TEST_F(RunningScenarios, aDeadPeerIsProbedWithinSeconds) {
    EXPECT_EQ(inChild([] { return inLaboratory(suspectSoon); }), "probing");
}

TEST_F(RunningScenarios, itsProcessesAreNamedAfterPrograms) {
    EXPECT_EQ(inChild([] { return inLaboratory(names); }),
              "far-host psql mysql backup firefox curl sshd modbus worker ftp nginx ");
}

TEST_F(RunningScenarios, costsAtMostOnePercentOfACore) {
    EXPECT_EQ(inChild([] { return inLaboratory(costs); }), "little");
}

TEST_F(RunningScenarios, nobodyCanHaveOne) {
    if (const auto why = test::whyNotRoot())
        SKIP_UNLESS_CI(*why);
    EXPECT_EQ(inChild([] { return inLaboratory(missingAtOnce); }, kNobody), "");
}

/// True where the process has ended, reaped by whoever inherited it or not.
bool hasEnded(pid_t process) {
    std::string pid;
    std::string name;
    std::string state;
    std::ifstream(fmt::format("/proc/{}/stat", process)) >> pid >> name >> state;
    return state.empty() || state == "Z" || state == "X";
}

TEST_F(RunningScenarios, itsProcessesEndWithTheOneThatBeganThemHoweverThatEnds) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    inChild([&] {
        return inLaboratory([&](const RunningScenario& running, Source&) {
            for (const pid_t process : running.processes())
                EXPECT_EQ(::write(ends[1], &process, sizeof process), static_cast<ssize_t>(sizeof process));
            ::kill(::getpid(), SIGKILL); // no destructor runs
            return std::string();
        });
    });
    ::close(ends[1]);
    int count = 0;
    for (pid_t process = 0; ::read(ends[0], &process, sizeof process) == sizeof process; ++count)
        EXPECT_TRUE(eventually(3s, [&] { return hasEnded(process); })) << process;
    ::close(ends[0]);
    EXPECT_EQ(count, 11);
}

} // namespace
} // namespace halfopen::lab
