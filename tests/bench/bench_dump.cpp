// SPDX-License-Identifier: GPL-3.0-or-later
// bench_dump SOCKETS HALFOPENCTL: what a sample costs beside a raw dump, the list beside ss, and memory per connection,
// all on one field of sockets in one run.
#include "core/actions/direct_socket_operations.h"
#include "core/kernel/bpf/exact_programs.h"
#include "core/kernel/bpf/socket_changer.h"
#include "core/kernel/diag/netlink_source.h"
#include "core/kernel/netns/netns_id.h"
#include "core/monitor/monitor.h"
#include "tests/bench/socket_field.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <malloc.h>
#include <spawn.h>
#include <unistd.h>

#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <set>
#include <string>
#include <vector>

extern char** environ;

namespace {

using namespace halfopen;
using Seconds = std::chrono::duration<double>;

constexpr int kRounds = 7;

/// Request, recv, nothing else, both families in one pass: the reference that no program can beat.
void rawDump() {
    const int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
    struct {
        nlmsghdr head;
        inet_diag_req body;
    } request{};
    request.head = {sizeof request, TCPDIAG_GETSOCK, NLM_F_REQUEST | NLM_F_DUMP, 1, 0};
    request.body.idiag_states = halfopen::SocketFilter().states; // of the same sockets
    request.body.idiag_ext = 1 << (INET_DIAG_INFO - 1);
    if (send(fd, &request, sizeof request, 0) < 0)
        std::abort();
    static std::vector<char> buffer(64 * 1024);
    while (true) {
        const ssize_t size = recv(fd, buffer.data(), buffer.size(), 0);
        if (size <= 0)
            std::abort();
        // The end mark (20 bytes) is the last message of its batch or alone in one.
        nlmsghdr last{};
        std::memcpy(&last, buffer.data() + size - 20, sizeof last);
        if (last.nlmsg_len == 20 && last.nlmsg_type == NLMSG_DONE)
            break;
    }
    close(fd);
}

double seconds(const std::function<void()>& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return Seconds(std::chrono::steady_clock::now() - start).count();
}

void runQuietly(std::vector<std::string> words) {
    std::vector<char*> argv;
    for (auto& word : words)
        argv.push_back(word.data());
    argv.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    pid_t pid = 0;
    int status = -1;
    if (posix_spawnp(&pid, argv[0], &actions, nullptr, argv.data(), environ) != 0 || waitpid(pid, &status, 0) != pid ||
        status != 0) {
        std::fprintf(stderr, "bench: %s failed\n", argv[0]);
        std::exit(1);
    }
    posix_spawn_file_actions_destroy(&actions);
}

double median(std::vector<double> values) {
    std::ranges::sort(values);
    return values[values.size() / 2];
}

void row(const char* what, double ours, const char* oursName, double reference, const char* referenceName, double ratio,
         const char* must) {
    fmt::print("| {} | {:.3f} s {} | {:.3f} s {} | {:.2f} x | {} |\n", what, ours, oursName, reference, referenceName,
               ratio, must);
    std::fflush(stdout);
}

void benchSample(std::size_t sockets) {
    auto source = NetlinkSource::open();
    if (!source)
        std::abort();
    Monitor monitor(std::move(*source), {.owners = false, .options = false, .calibrate = false});
    const Query query{.sort = SortKey::Kernel, .summary = false};
    FramePtr kept = monitor.sample(query);
    std::vector<double> raw;
    std::vector<double> ours;
    for (int round = 0; round < kRounds; ++round) {
        raw.push_back(seconds(rawDump));
        ours.push_back(seconds([&] { kept = monitor.sample(query); }));
    }
    row("dump + decode + forecast + diff, against the raw dump", median(ours), "Halfopen", median(raw), "raw",
        median(ours) / median(raw), "<= 1.25 x");
    fmt::print("| the same, a socket | {:.2f} us | {:.2f} us raw | | |\n",
               median(ours) * 1e6 / static_cast<double>(sockets), median(raw) * 1e6 / static_cast<double>(sockets));
}

std::size_t heapBytes() {
    const struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
}

void benchMemory() {
    const std::size_t before = heapBytes();
    auto source = NetlinkSource::open();
    Monitor monitor(std::move(*source), {.owners = false, .options = false, .calibrate = false});
    const FramePtr shown = monitor.sample({});
    const FramePtr next = monitor.sample({});
    const auto rows = static_cast<double>(next->rows.size());
    fmt::print("| memory per connection, two frames alive | {:.0f} bytes | | | <= 512 bytes |\n",
               static_cast<double>(heapBytes() - before) / rows);
}

void benchList(const std::string& ctl) {
    std::vector<double> ss;
    std::vector<double> table;
    std::vector<double> json;
    for (int round = 0; round < 3; ++round) {
        ss.push_back(seconds([] { runQuietly({"ss", "-tanoi"}); }));
        table.push_back(seconds([&] { runQuietly({ctl, "list", "--no-owners"}); }));
        json.push_back(seconds([&] { runQuietly({ctl, "list", "--no-owners", "--json"}); }));
    }
    const auto tell = [&](const char* what, const std::vector<double>& ours, const char* must) {
        row(what, median(ours), "Halfopen", median(ss), "ss", median(ss) / median(ours), must);
    };
    tell("halfopenctl list (text, no owners) against ss -tanoi", table, ">= 4 x faster");
    tell("halfopenctl list --json (no owners) against ss -tanoi", json, ">= 2 x faster");
    const double exact = seconds([&] { runQuietly({ctl, "list"}); });
    const double owners = seconds([&] { runQuietly({ctl, "list", "--source", "sock_diag"}); });
    const double theirs = seconds([] { runQuietly({"ss", "-tanoip"}); });
    row("halfopenctl list (text, with owners and options, by BPF where root) against ss -tanoip", exact, "Halfopen",
        theirs, "ss", theirs / exact, ">= 20 x faster");
    row("halfopenctl list --source sock_diag (the same) against ss -tanoip", owners, "Halfopen", theirs, "ss",
        theirs / owners, ">= 10 x faster");
}

/// Keepalive for many at once, as root, and back again.
void benchChange() {
    constexpr std::size_t kMany = 50'000;
    auto source = NetlinkSource::open();
    Monitor monitor(std::move(*source), {.owners = false, .options = false, .calibrate = false});
    std::vector<std::uint64_t> cookies;
    for (const Row& row : monitor.sample({})->rows)
        if (row.connection.state == State::Established && cookies.size() < kMany)
            cookies.push_back(row.connection.cookie);
    std::vector<double> times;
    for (int round = 0; round < 6; ++round) {
        OptionsChange change{.enabled = round % 2 == 0, .idleSeconds = 600, .intervalSeconds = 30, .probes = 5};
        times.push_back(seconds([&] {
            const auto sets = DirectSocketOperations().set(ownNetns(), cookies, change);
            if (!sets || std::ranges::any_of(*sets, [](const OptionsSet& one) { return !one.outcome; }))
                std::abort();
        }));
    }
    fmt::print("| change of the keepalive of {} connections, four options each | {:.3f} s | | | < 0.3 s |\n",
               cookies.size(), median(times));

    std::vector<WantedChange> back; // each as it was, and no two alike
    for (std::size_t at = 0; at < cookies.size(); ++at)
        back.push_back({cookies[at],
                        {.enabled = at % 2 == 0,
                         .idleSeconds = 100 + static_cast<std::int32_t>(at % 30'000),
                         .intervalSeconds = 30,
                         .probes = 5}});
    std::vector<double> undo;
    for (int round = 0; round < 6; ++round)
        undo.push_back(seconds([&] {
            const auto pass = changeSockets(back, *ownNetnsAccess());
            std::set<std::uint64_t> each;
            for (const ChangedSocket& one : pass ? pass->changed : std::vector<ChangedSocket>())
                each.insert(one.cookie);
            if (each.size() != cookies.size() || pass->changed.size() != cookies.size())
                std::abort();
        }));
    fmt::print("| {} connections, each to values of its own, in one pass | {:.3f} s | | | < 0.3 s |\n", cookies.size(),
               median(undo));
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fprintf(stderr, "usage: bench_dump SOCKETS HALFOPENCTL\n");
        return 2;
    }
    const bench::SocketField field(std::strtoul(argv[1], nullptr, 10));
    fmt::print("{} sockets\n\n| what | Halfopen | reference | ratio | must be |\n|---|---|---|---|---|\n",
               field.size());
    benchSample(field.size());
    benchMemory();
    benchList(argv[2]);
    if (ExactPrograms::mayLoad())
        benchChange();
    return 0;
}
