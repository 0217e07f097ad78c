// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lab/running_scenario.h"

#include "core/lab/trouble.h"

#include <fcntl.h>
#include <poll.h>

#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <algorithm>
#include <cerrno>
#include <csignal>

namespace halfopen::lab {

namespace {

using namespace std::chrono_literals;

constexpr auto kReadyWithin = 3s;
constexpr char kReady = 'r';
constexpr char kFailed = 'f';

void tell(int ready, char how) {
    // Nobody may listen any more; then there is nobody to tell.
    static_cast<void>(!::write(ready, &how, 1));
}

/// One process of the local host: its connections and its listeners, around poll(2).
class ProgramProcess {
public:
    ProgramProcess(const Program& program, int orders) {
        for (const auto& script : program.connections)
            m_connections.emplace_back(script, orders);
        for (const auto& listener : program.listeners)
            if (auto socket = listenAt(listener.at, listener.options, listener.backlog))
                (listener.accepts ? m_listeners : m_shut).push_back(std::move(*socket));
        if (!program.listeners.empty())
            send(orders, {PeerOrder::Verb::Call, {}});
    }

    void turn() {
        const auto now = MonotonicClock::now();
        for (auto& script : m_connections)
            if (script.wantedFd() >= 0 || script.due() <= now)
                script.advance(now);
        for (const auto& listener : m_listeners)
            while (auto guest = acceptFrom(listener.get()))
                m_guests.push_back(std::move(guest));
        std::erase_if(m_guests, [](const UniqueFd& guest) { return hasLeft(guest.get()); });
    }

    void wait() const {
        std::vector<pollfd> polled;
        auto due = MonotonicClock::now() + 1s;
        for (const auto& script : m_connections) {
            due = std::min(due, script.due());
            polled.push_back({script.wantedFd(), script.wantedEvents(), 0});
        }
        for (const auto& listener : m_listeners)
            polled.push_back({listener.get(), POLLIN, 0});
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(due - MonotonicClock::now()).count();
        ::poll(polled.data(), polled.size(), static_cast<int>(std::max<std::int64_t>(left, 0)));
    }

    bool settled() const {
        return std::all_of(m_connections.begin(), m_connections.end(),
                           [](const ScriptPlayer& script) { return script.settled(); });
    }

private:
    static bool hasLeft(int guest) {
        char ignored[512];
        const auto length = ::recv(guest, ignored, sizeof ignored, 0);
        return length == 0 || (length < 0 && errno != EAGAIN);
    }

    std::vector<ScriptPlayer> m_connections;
    std::vector<UniqueFd> m_listeners;
    std::vector<UniqueFd> m_shut; ///< listeners at which nobody is let in
    std::vector<UniqueFd> m_guests;
};

void runProgram(const Program& program, int orders, int ready) {
    ::prctl(PR_SET_NAME, program.name.c_str());
    ProgramProcess troupe(program, orders);
    for (bool announced = false;;) {
        troupe.turn();
        if (!announced && troupe.settled()) {
            tell(ready, kReady);
            announced = true;
        }
        if (announced && program.stops)
            std::raise(SIGSTOP);
        troupe.wait();
    }
}

/// The peer host listens before any program connects, and calls when a program has opened its listeners.
void runPeerHost(const NetNamespace& there, const Scenario& scenario, int orders, int ready) {
    ::prctl(PR_SET_NAME, "far-host");
    const auto entered = there.enter();
    auto links = Links::open();
    if (!entered || !links)
        return tell(ready, kFailed);
    static_cast<void>(addFarEnd(*links)); // not there where the local host went without
    PeerHost host(std::move(*links), orders);
    for (const auto& service : scenario.services)
        if (!host.serve(service))
            return tell(ready, kFailed);
    for (const auto& caller : scenario.callers)
        host.addCaller(caller);
    tell(ready, kReady);
    for (;;)
        host.turn();
}

/// The terminal's signals are for the person's command, and its output is not ours to write to.
void leaveTerminal() {
    ::setsid();
    const UniqueFd null(::open("/dev/null", O_RDWR | O_CLOEXEC));
    for (const int standard : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
        ::dup2(null.get(), standard);
}

enum class Readiness : std::uint8_t { All, SomeLate, Failed };

/// Waits for `count` processes to say that they are ready.
Readiness awaitReady(int fd, std::size_t count) {
    const auto end = MonotonicClock::now() + kReadyWithin;
    for (; count > 0; --count) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - MonotonicClock::now()).count();
        pollfd polled{fd, POLLIN, 0};
        if (left <= 0 || ::poll(&polled, 1, static_cast<int>(left)) != 1)
            return Readiness::SomeLate;
        char how = kFailed;
        if (::read(fd, &how, 1) != 1 || how != kReady)
            return Readiness::Failed;
    }
    return Readiness::All;
}

struct Pair {
    UniqueFd first;
    UniqueFd second;
};

Result<Pair> socketPair(int type) {
    int ends[2];
    if (::socketpair(AF_UNIX, type | SOCK_CLOEXEC, 0, ends) != 0)
        return failure(ErrorCode::SomeFailed,
                       Sentence::tr("The laboratory could not be populated: no socket pair could be made."));
    return Pair{UniqueFd(ends[0]), UniqueFd(ends[1])};
}

} // namespace

Result<void> RunningScenario::start(const std::function<void()>& body) {
    const pid_t parent = ::getpid();
    const pid_t child = ::fork();
    if (child < 0)
        return failure(ErrorCode::SomeFailed,
                       Sentence::tr("The laboratory could not be populated: no process could be made."));
    if (child == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        ::prctl(PR_SET_DUMPABLE, 1); // entering a user namespace took it away: nobody could see who holds what
        if (::getppid() != parent)
            ::_exit(0);
        leaveTerminal();
        body();
        ::_exit(0);
    }
    m_processes.push_back(child);
    return {};
}

Result<RunningScenario> RunningScenario::begin(const Laboratory& lab, const Scenario& scenario) {
    const auto orders = socketPair(SOCK_DGRAM);
    const auto ready = socketPair(SOCK_STREAM);
    if (!orders || !ready)
        return tl::unexpected(orders ? ready.error() : orders.error());
    const int said = ready->second.get();
    auto near = Links::open();
    const bool troubled = near && addTrouble(*near, lab.peerHost().descriptor());
    RunningScenario running;
    auto started = running.start([&] { runPeerHost(lab.peerHost(), scenario, orders->first.get(), said); });
    if (started && awaitReady(ready->first.get(), 1) != Readiness::All)
        started = failure(ErrorCode::SomeFailed,
                          Sentence::tr("The laboratory could not be populated: its far host did not start."));
    if (started && troubled)
        static_cast<void>(openTrouble(*near));
    for (const auto& program : scenario.programs)
        if (started)
            started = running.start([&] { runProgram(program, orders->second.get(), said); });
    if (!started)
        return tl::unexpected(started.error());
    // A slow machine only means that the last connections appear a little later.
    static_cast<void>(awaitReady(ready->first.get(), scenario.programs.size()));
    if (troubled)
        static_cast<void>(startTrouble(*near));
    return running;
}

RunningScenario::~RunningScenario() {
    for (const pid_t process : m_processes)
        ::kill(process, SIGKILL);
    for (const pid_t process : m_processes)
        ::waitpid(process, nullptr, 0);
}

} // namespace halfopen::lab
