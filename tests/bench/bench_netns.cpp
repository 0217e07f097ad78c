// SPDX-License-Identifier: GPL-3.0-or-later
// bench_netns NAMESPACES SOCKETS [SECONDS [PROCESSES]]: what it costs to look at so many network namespaces with so
// many sockets each, none of them in view, once a second as the window does it, and how old their rows get. 0
// namespaces: the sockets are in the own one. PROCESSES: so many more, which do nothing, among which namespaces are
// found. As root.
#include "core/kernel/descriptor_limit.h"
#include "core/kernel/diag/netlink_source.h"
#include "core/monitor/monitor.h"
#include "tests/bench/socket_field.h"

#include <unistd.h>

#include <sys/prctl.h>
#include <sys/wait.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <span>
#include <sstream>
#include <thread>
#include <vector>

namespace halfopen::bench {

namespace {

using namespace std::chrono_literals;

/// Each in a process of its own, which ends with this one.
std::vector<pid_t> openFields(std::size_t namespaces, std::size_t sockets) {
    std::vector<pid_t> fields;
    for (std::size_t one = 0; one < namespaces; ++one) {
        int ready[2];
        if (::pipe(ready) != 0)
            std::exit(1);
        const pid_t pid = ::fork();
        if (pid == 0) {
            ::prctl(PR_SET_PDEATHSIG, SIGKILL);
            const SocketField field(sockets);
            [[maybe_unused]] const auto told = ::write(ready[1], "x", 1);
            ::pause();
            std::_Exit(0);
        }
        ::close(ready[1]);
        char byte = 0;
        if (::read(ready[0], &byte, 1) != 1)
            std::exit(1);
        ::close(ready[0]);
        fields.push_back(pid);
    }
    return fields;
}

/// They end with this one.
std::vector<pid_t> openProcesses(std::size_t count) {
    std::vector<pid_t> processes;
    while (processes.size() < count) {
        const pid_t pid = ::fork();
        if (pid < 0)
            std::exit(1);
        if (pid == 0) {
            ::prctl(PR_SET_PDEATHSIG, SIGKILL);
            ::pause();
            std::_Exit(0);
        }
        processes.push_back(pid);
    }
    return processes;
}

void end(const std::vector<pid_t>& processes) {
    for (const pid_t pid : processes) {
        ::kill(pid, SIGKILL);
        ::waitpid(pid, nullptr, 0);
    }
}

/// CPU ticks of a process; 0 where it is gone. `parent` is set.
long ticksOf(const std::filesystem::path& process, long& parent) {
    std::ifstream file(process / "stat");
    std::string text;
    std::getline(file, text);
    const std::size_t end = text.rfind(')');
    std::istringstream fields(end == std::string::npos ? std::string() : text.substr(end + 1));
    std::string state;
    long skipped = 0;
    long user = 0;
    long system = 0;
    fields >> state >> parent;
    for (int field = 0; field < 9; ++field)
        fields >> skipped;
    fields >> user >> system;
    return user + system;
}

/// Of this process and of those that read its dumps.
long ticks(const std::vector<pid_t>& fields) {
    long sum = 0;
    for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
        const std::string name = entry.path().filename();
        const pid_t pid = std::atoi(name.c_str());
        if (pid <= 0 || std::ranges::find(fields, pid) != fields.end())
            continue;
        long parent = 0;
        const long its = ticksOf(entry.path(), parent);
        sum += pid == ::getpid() || parent == ::getpid() ? its : 0;
    }
    return sum;
}

/// When those were taken that this program looks at; a machine may have other namespaces, which come and go.
std::vector<MonotonicTime> samplesOf(const Frame& frame, const std::vector<pid_t>& fields) {
    std::vector<MonotonicTime> taken;
    for (std::size_t index = 0; index < frame.namespaces.size(); ++index) {
        const bool isField = std::ranges::find(fields, frame.namespaces[index]->inside.oldest) != fields.end();
        if (isField && frame.samples[index].taken != MonotonicTime{})
            taken.push_back(frame.samples[index].taken);
    }
    return taken;
}

/// How many had their turn in this frame.
std::size_t turnsIn(const Frame& frame) {
    const auto others = std::span(frame.samples).subspan(1);
    return static_cast<std::size_t>(std::ranges::count_if(
        others, [&](const NetnsSample& sample) { return sample.taken >= frame.samples.front().started; }));
}

struct Measured {
    double share = 0;  ///< of one core
    double turns = 0;  ///< the same of looking at the others alone: dumps, settings, rows
    double each = 0;   ///< ms of CPU time that one of them takes
    double oldest = 0; ///< s
    std::size_t rows = 0;
};

Measured measure(const std::vector<pid_t>& fields, std::chrono::seconds length) {
    Monitor monitor(std::move(*NetlinkSource::open()), {.others = Monitor::Others::Later});
    const Query query{.netns = 0};
    MonotonicTime next = MonotonicClock::now();
    const auto once = [&] {
        const FramePtr frame = monitor.sample(query);
        next += 1s;
        while (MonotonicClock::now() < next && !monitor.idle())
            monitor.lookUp(20ms);
        std::this_thread::sleep_until(next);
        return frame;
    };
    const auto isWhole = [&](const Frame& frame) { return samplesOf(frame, fields).size() == fields.size(); };
    FramePtr frame = once();
    for (int settling = 0; settling < 120 && !isWhole(*frame); ++settling)
        frame = once();
    Measured result;
    const long before = ticks(fields);
    const auto turnsBefore = monitor.othersTime();
    std::size_t turns = 0;
    const MonotonicTime begun = MonotonicClock::now();
    while (MonotonicClock::now() - begun < length) {
        frame = once();
        turns += turnsIn(*frame);
        for (const MonotonicTime taken : samplesOf(*frame, fields))
            result.oldest = std::max(result.oldest, std::chrono::duration<double>(frame->taken - taken).count());
    }
    const double passed = std::chrono::duration<double>(MonotonicClock::now() - begun).count();
    result.share = static_cast<double>(ticks(fields) - before) / static_cast<double>(::sysconf(_SC_CLK_TCK)) / passed;
    const std::chrono::duration<double> inTurns = monitor.othersTime() - turnsBefore;
    result.turns = inTurns.count() / passed;
    result.each = turns == 0 ? 0 : 1000 * inTurns.count() / static_cast<double>(turns);
    result.rows = frame->rows.size();
    return result;
}

} // namespace

} // namespace halfopen::bench

int main(int argc, char** argv) {
    using namespace halfopen::bench;
    if (argc < 3) {
        std::fprintf(stderr, "usage: bench_netns NAMESPACES SOCKETS [SECONDS [PROCESSES]]\n");
        return 2;
    }
    halfopen::raiseDescriptorLimit();
    const std::size_t namespaces = std::strtoul(argv[1], nullptr, 10);
    const std::size_t sockets = std::strtoul(argv[2], nullptr, 10);
    const std::chrono::seconds length(argc > 3 ? std::atoi(argv[3]) : 30);
    const auto processes = openProcesses(argc > 4 ? std::strtoul(argv[4], nullptr, 10) : 0);
    const auto fields = openFields(namespaces, sockets);
    const SocketField own(namespaces == 0 ? sockets : 2);
    const Measured measured = measure(fields, length);
    std::printf("| looking at %zu other namespaces of %zu sockets beside %zu processes, 1 Hz (%zu rows) | %.1f %% of a "
                "core, of that their "
                "turns %.1f %% (%.2f ms each); oldest row %.1f s | | | turns <= 5 %% |\n",
                namespaces, sockets, processes.size(), measured.rows, 100 * measured.share, 100 * measured.turns,
                measured.each, measured.oldest);
    end(fields);
    end(processes);
    return 0;
}
