// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/events.h"

#include "core/format/ended_connection_json.h"
#include "core/format/ended_text.h"
#include "core/format/text_table.h"
#include "core/text/json_writer.h"

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

Sentence ownersText(const std::vector<Owner>& owners) {
    if (owners.empty())
        return {};
    const std::string first = fmt::format("{} {}", owners.front().name, owners.front().pid);
    const std::size_t others = otherProcesses(owners);
    return others > 0 ? Sentence::tr("{0} and {1} more", first, others) : Sentence::tr("{0}", first);
}

/// One line; its words in a language.
class TextLine {
public:
    TextLine(const Language& language, system_clock::time_point when)
        : m_language(language)
        , m_when(when) {}

    std::string operator()(std::string_view event, std::string_view local, std::string_view remote,
                           const Sentence& what, const std::vector<Owner>& owners, std::string_view netns) const {
        constexpr std::size_t kEvent = 7;
        const std::string who = m_language(ownersText(owners));
        const std::string where = netns.empty() ? "" : m_language(Sentence::tr("in namespace {0}", netns));
        return fmt::format("{} {} {} -> {}  {}{}{}{}{}", localTime(m_when),
                           padded(std::string(m_language.word(event)), kEvent), local, remote, m_language(what),
                           who.empty() ? "" : "  ", who, where.empty() ? "" : "  ", where);
    }

private:
    const Language& m_language;
    system_clock::time_point m_when;
};

Sentence named(State state, Diagnosis diagnosis) {
    return Sentence::tr("{0}, {1}", toString(state), Sentence::word(toString(diagnosis)));
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

std::string differenceText(const Difference& difference, const Frame& frame, const Language& language) {
    const Row& row = frame.rows[difference.row];
    const auto& before = difference.before;
    const Sentence now = named(row.connection.state, row.diagnosis);
    return TextLine(language, system_clock::now())(
        before ? Sentence::mark("changed") : Sentence::mark("opened"), frame.localOf(row), frame.remoteOf(row),
        before ? Sentence::tr("{0} (was {1})", now, named(before->state, before->diagnosis)) : now, frame.ownersOf(row),
        frame.netnsOf(row).name);
}

std::string endingJson(const EndedConnection& record) {
    return line("closed", record.ended.wall.time_since_epoch().count(),
                "\"certificate\":" + endedConnectionJson(record));
}

std::string endingText(const EndedConnection& record, const Language& language) {
    const Sentence how = sentence(record);
    const Sentence grade = sentence(record.grade);
    return TextLine(language, record.ended.wall)(
        Sentence::mark("closed"), record.local.toString(record.interface), record.remote.toString(record.interface),
        grade.empty() ? how : Sentence::tr("{0} ({1})", how, grade), record.owners, record.netnsName);
}

std::string brokenJson(std::string_view report, const Row& row, const Frame& frame) {
    JsonWriter json;
    json.object([&] {
        json.putHex("cookie", row.connection.cookie);
        json.put("netns", frame.netnsOf(row).netns);
        json.putName("netns_name", frame.netnsOf(row).name);
        json.putJson("broken", report);
    });
    const std::string_view members = json.text();
    return line("broken", unixMs(system_clock::now()), members.substr(1, members.size() - 2));
}

std::string brokenText(const Row& row, const Frame& frame, const Language& language) {
    return TextLine(language, system_clock::now())(Sentence::mark("broken"), frame.localOf(row), frame.remoteOf(row),
                                                   Sentence::tr("a forecast was broken (--json: both samples)"),
                                                   frame.ownersOf(row), frame.netnsOf(row).name);
}

std::string lostJson(std::uint64_t times) {
    return line("lost", unixMs(system_clock::now()), fmt::format("\"times\":{}", times));
}

std::string lostText(std::uint64_t times, const Language& language) {
    const Sentence text =
        times == 1
            ? Sentence::tr("lost    events of the kernel were not heard ({0} time): they came faster than they could "
                           "be read, or the line was cut; the next "
                           "sample has what ended, but connections that lived between two samples may be missing",
                           times)
            : Sentence::tr("lost    events of the kernel were not heard ({0} times): they came faster than they could "
                           "be read, or the line was cut; the next "
                           "sample has what ended, but connections that lived between two samples may be missing",
                           times);
    return fmt::format("{} {}", localTime(system_clock::now()), language(text));
}

} // namespace halfopen
