// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/events.h"

#include "core/format/ended_connection_json.h"
#include "core/format/ended_text.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <chrono>
#include <string_view>
#include <vector>

namespace halfopen {

namespace {

using std::chrono::system_clock;

std::int64_t unixMs(system_clock::time_point time) {
    return std::chrono::floor<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

std::string localTime(system_clock::time_point time) {
    return fmt::format("{:%Y-%m-%d %H:%M:%S}.{:03}", fmt::localtime(system_clock::to_time_t(time)),
                       unixMs(time) % 1000);
}

/// {"schema":1,"event":"...","unix_ms":...,...rest}
std::string line(std::string_view event, std::int64_t when, std::string_view rest) {
    return fmt::format(R"({{"schema":{},"event":"{}","unix_ms":{},{}}})", kJsonSchema, event, when, rest);
}

std::string ownersText(const std::vector<Owner>& owners) {
    if (owners.empty())
        return {};
    const std::size_t others = otherProcesses(owners);
    return fmt::format("  {} {}{}", owners.front().name, owners.front().pid,
                       others > 0 ? fmt::format(" and {} more", others) : "");
}

std::string textLine(system_clock::time_point when, std::string_view event, std::string_view local,
                     std::string_view remote, std::string_view what, const std::vector<Owner>& owners) {
    return fmt::format("{} {:<7} {} -> {}  {}{}", localTime(when), event, local, remote, what, ownersText(owners));
}

std::string named(State state, Diagnosis diagnosis) {
    return fmt::format("{}, {}", toString(state), toString(diagnosis));
}

} // namespace

std::string beginJson(const Frame& frame, const HostFacts& host) {
    return R"({"event":"begin",)" + frameHeadJson(frame, host).substr(1);
}

std::string differenceJson(const Difference& difference, const Frame& frame) {
    const Row& row = frame.rows[difference.row];
    std::string rest;
    if (difference.before)
        rest = fmt::format(R"("before":{{"state":"{}","diagnosis":"{}"}},)", toString(difference.before->state),
                           toString(difference.before->diagnosis));
    rest += "\"connection\":" + connectionJson(row, frame);
    return line(difference.before ? "changed" : "opened", unixMs(system_clock::now()), rest);
}

std::string differenceText(const Difference& difference, const Frame& frame) {
    const Row& row = frame.rows[difference.row];
    std::string what = named(row.connection.state, row.diagnosis);
    if (difference.before)
        what += fmt::format(" (was {})", named(difference.before->state, difference.before->diagnosis));
    return textLine(system_clock::now(), difference.before ? "changed" : "opened", frame.localOf(row),
                    frame.remoteOf(row), what, frame.ownersOf(row));
}

std::string endingJson(const EndedConnection& record) {
    return line("closed", record.ended.wall.time_since_epoch().count(),
                "\"certificate\":" + endedConnectionJson(record));
}

std::string endingText(const EndedConnection& record) {
    std::string what = sentence(record);
    if (const std::string grade = sentence(record.grade); !grade.empty())
        what += fmt::format(" ({})", grade);
    return textLine(record.ended.wall, "closed", record.local.toString(record.interface),
                    record.remote.toString(record.interface), what, record.owners);
}

std::string brokenJson(std::string_view report, const Row& row, const Frame& frame) {
    return line("broken", unixMs(system_clock::now()),
                fmt::format(R"("cookie":"{:#x}","netns":{},"broken":{})", row.connection.cookie,
                            frame.netnsOf(row).netns, report));
}

std::string brokenText(const Row& row, const Frame& frame) {
    return textLine(system_clock::now(), "broken", frame.localOf(row), frame.remoteOf(row),
                    "a forecast was broken (--json: both samples)", frame.ownersOf(row));
}

std::string lostJson(std::uint64_t times) {
    return line("lost", unixMs(system_clock::now()), fmt::format("\"times\":{}", times));
}

std::string lostText(std::uint64_t times) {
    return fmt::format("{} lost    events of the kernel came faster than they could be read ({} {}); the next sample "
                       "has what ended, but connections that lived between two samples may be missing",
                       localTime(system_clock::now()), times, times == 1 ? "time" : "times");
}

} // namespace halfopen
