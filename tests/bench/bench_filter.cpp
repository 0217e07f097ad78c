// SPDX-License-Identifier: GPL-3.0-or-later
// bench_filter ROWS: what it takes to ask a filter of so many rows, and how often it allocates; and to group them.
#include "core/query/filter_run.h"
#include "core/query/order.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <new>
#include <string>

namespace {

std::size_t allocations = 0;

} // namespace

void* operator new(std::size_t size) {
    ++allocations;
    if (void* memory = std::malloc(size))
        return memory;
    throw std::bad_alloc();
}
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}

namespace {

using namespace halfopen;
using Milliseconds = std::chrono::duration<double, std::milli>;

constexpr std::uint32_t kProcesses = 300;

/// So many connections of 300 processes with long command lines, a quarter of them over IPv6.
Frame fieldOf(std::uint32_t count) {
    Frame frame;
    auto owners = std::make_shared<OwnerTable>();
    owners->reserve(count);
    for (std::uint32_t number = 0; number < count; ++number) {
        Row& row = frame.rows.emplace_back();
        row.connection.cookie = number + 1;
        row.connection.inode = 1000 + number;
        row.connection.uid = 1000;
        row.connection.state = State::Established;
        const auto byte = [&](int shift) { return static_cast<std::uint8_t>(number >> shift); };
        row.connection.local = {IpAddress::v4({10, byte(16), byte(8), byte(0)}), 443};
        row.connection.remote = {IpAddress::v4({192, byte(8), byte(4), byte(0)}), static_cast<std::uint16_t>(number)};
        if (number % 4 == 0)
            row.connection.remote.address.bytes = {0x20, 1, 0xd, 0xb8, byte(0), byte(8), byte(16)};
        row.diagnosis = static_cast<Diagnosis>(number % kDiagnosisCount);
        const auto pid = static_cast<std::int32_t>(number % kProcesses);
        const auto program = std::make_shared<const Program>(
            Program{fmt::format("/usr/lib/service-{}/service", pid),
                    fmt::format("/usr/lib/service-{}/service --config /etc/service/{}.conf --verbose", pid, pid),
                    "service",
                    {}});
        (*owners)[row.connection.inode] = {{pid, 3, fmt::format("service-{}", pid), nullptr, program}};
    }
    frame.owners = owners;
    return frame;
}

void measure(const Frame& frame, const char* text) {
    constexpr int kRounds = 7;
    const Filter filter(text);
    double best = 1e9;
    std::size_t found = 0;
    std::size_t allocated = 0;
    for (int round = 0; round < kRounds; ++round) {
        FilterRun run(filter, frame);
        found = 0;
        const auto before = allocations;
        const auto start = std::chrono::steady_clock::now();
        for (const Row& row : frame.rows)
            found += run.matches(row) ? 1 : 0;
        best = std::min(best, Milliseconds(std::chrono::steady_clock::now() - start).count());
        allocated = allocations - before;
    }
    fmt::print("{:8.2f} ms  {:8} rows  {:5} allocations  {}\n", best, found, allocated, text);
}

double arrangedIn(Frame& frame, const Query& query) {
    double best = 1e9;
    frame.query = query;
    for (int round = 0; round < 7; ++round) {
        const auto start = std::chrono::steady_clock::now();
        arrange(frame);
        best = std::min(best, Milliseconds(std::chrono::steady_clock::now() - start).count());
    }
    return best;
}

/// What grouping adds to sorting; must be at most 30 ms for 100,000 rows.
void measureGroups(Frame& frame) {
    const double ungrouped = arrangedIn(frame, {.summary = false});
    fmt::print("{:8.2f} ms  to sort, ungrouped\n", ungrouped);
    for (std::size_t by = 1; by < kGroupByCount; ++by) {
        const auto groupBy = static_cast<GroupBy>(by);
        const double collapsed = arrangedIn(frame, {.grouping = {.by = groupBy}, .summary = false});
        const double expanded = arrangedIn(frame, {.grouping = {.by = groupBy, .expanded = true}, .summary = false});
        fmt::print("{:+8.2f} ms  {:+.2f} ms expanded, grouped by {}\n", collapsed - ungrouped, expanded - ungrouped,
                   toString(groupBy));
    }
}

} // namespace

int main(int argc, char** argv) {
    Frame frame = fieldOf(argc > 1 ? static_cast<std::uint32_t>(std::strtoul(argv[1], nullptr, 10)) : 100'000);
    for (const char* text :
         {"dport = :443", "dst 10.0.0.0/8 or src 10.0.0.0/8", "state established ( dport = :ssh or sport = :ssh )",
          "unguarded", "firefox", "service-17", "service-17 unguarded", "process:service-1 idle<1h", "198.51",
          "2001:db8", "443", "cmdline:verbose", "-firefox -sshd never", "user:alice", "cookie:1d2,1d5",
          "a b c d e f g h"})
        measure(frame, text);
    measureGroups(frame);
    const auto start = std::chrono::steady_clock::now();
    for (int time = 0; time < 1000; ++time)
        Filter("state established ( dport = :ssh or sport = :ssh ) idle>10m");
    fmt::print("{:8.2f} us  to read a filter\n", Milliseconds(std::chrono::steady_clock::now() - start).count());
    return 0;
}
