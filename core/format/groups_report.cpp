// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/groups_report.h"

#include "core/format/countdown.h"
#include "core/format/duration.h"
#include "core/format/text_table.h"
#include "core/query/group_keys.h"
#include "core/query/order.h"
#include "core/text/foreign_text.h"
#include "core/text/json_writer.h"

#include <fmt/format.h>

#include <array>
#include <vector>

namespace halfopen {

namespace {

constexpr std::size_t kMostOfGroupName = 60;

const Row* rowOf(const Frame& frame, std::uint32_t index) {
    return index == Group::kNone ? nullptr : &frame.rows[index];
}

std::string nameText(const Frame& frame, const Group& group, const Language& language) {
    switch (group.kind) {
    case Group::Kind::TimeWait:
        return std::string(toString(State::TimeWait));
    case Group::Kind::Missing:
        return language(Sentence::tr("(none)"));
    case Group::Kind::Value:
        break;
    }
    const std::string name =
        harmless(group.by == GroupBy::Diagnosis ? language.word(nameOf(frame, group)) : nameOf(frame, group));
    return name.substr(0, fitting(name, kMostOfGroupName));
}

Sentence keepaliveText(const Group& group) {
    if (group.keepaliveOn > 0 && group.keepaliveOff > 0)
        return Sentence::tr("on {0}, off {1}", group.keepaliveOn, group.keepaliveOff);
    if (group.keepaliveOn > 0)
        return Sentence::tr("on {0}", group.keepaliveOn);
    return group.keepaliveOff > 0 ? Sentence::tr("off {0}", group.keepaliveOff) : Sentence();
}

std::string nextText(const Frame& frame, const Group& group, const Language& language) {
    const Row* row = rowOf(frame, group.next);
    return row ? fmt::format("{} {}", language.word(toString(row->forecast.nextEvent)),
                             momentCell(row->forecast.next, isGuess(row->forecast), language))
               : "";
}

std::string endText(const Frame& frame, const Group& group, const Language& language) {
    if (const Row* row = rowOf(frame, group.ends))
        return fmt::format("{} {}", momentCell(row->forecast.shownEnd(), isGuess(row->forecast), language),
                           language.word(toString(row->forecast.cause)));
    return group.never > 0 ? language(Sentence::tr("never {0}", group.never)) : "";
}

std::string idleText(const Frame& frame, const Group& group, const Language& language) {
    const Row* row = rowOf(frame, group.idlest);
    const auto idle = row ? row->connection.idleAge() : std::nullopt;
    return idle ? durationCell(wholeAge(*idle), language) : "";
}

std::string_view toString(Group::Kind kind) {
    return kind == Group::Kind::Value ? "value" : kind == Group::Kind::Missing ? "missing" : "time-wait";
}

void member(JsonWriter& json, const Row& row) {
    if (isStandIn(row.connection.cookie))
        json.put("cookie", nullptr);
    else
        json.putHex("cookie", row.connection.cookie);
}

void forecasts(JsonWriter& json, const Frame& frame, const Group& group) {
    const auto put = [&](const auto& key, std::uint32_t index, const auto& fill) {
        const Row* row = rowOf(frame, index);
        if (!row)
            return json.put(key, nullptr);
        json.object(key, [&] {
            member(json, *row);
            fill(*row);
        });
    };
    put("next", group.next, [&](const Row& row) {
        json.putWord("event", halfopen::toString(row.forecast.nextEvent));
        json.put("expected_ms", row.forecast.next.expected.count());
    });
    put("gives_up", group.ends, [&](const Row& row) {
        json.putWord("cause", halfopen::toString(row.forecast.cause));
        json.put("expected_ms", row.forecast.givesUp.expected.count());
    });
    put("idlest", group.idlest,
        [&](const Row& row) { json.put("idle_ms", row.connection.idleAge().value_or(Millis(0)).count()); });
    json.put("never", group.never);
}

void groupJson(JsonWriter& json, const Frame& frame, const Group& group) {
    json.putWord("by", halfopen::toString(group.by));
    json.putWord("kind", toString(group.kind));
    json.putIf("name", group.kind == Group::Kind::Value, nameOf(frame, group));
    json.put("count", group.count);
    json.object("diagnoses", [&] {
        for (std::size_t i = 0; i < group.counts.size(); ++i)
            if (group.counts[i] > 0)
                json.putIf(halfopen::toString(static_cast<Diagnosis>(i)), true, group.counts[i]);
    });
    json.object("worst", [&] {
        member(json, frame.rows[group.worst]);
        json.putWord("diagnosis", halfopen::toString(frame.rows[group.worst].diagnosis));
    });
    json.object("keepalive", [&] {
        json.put("on", group.keepaliveOn);
        json.put("off", group.keepaliveOff);
    });
    forecasts(json, frame, group);
    json.object("queue", [&] {
        json.put("receive", group.receiveQueue);
        json.put("send", group.sendQueue);
    });
    json.put("retransmits_total", group.retransmits);
    json.put("bytes_acked", group.bytesSent);
    json.put("bytes_received", group.bytesReceived);
    json.array("cookies", [&] {
        for (std::uint32_t at = group.begin; at < group.end; ++at)
            if (const std::uint64_t cookie = frame.rows[frame.shown[at]].connection.cookie; !isStandIn(cookie))
                json.element(fmt::format("{:#x}", cookie));
    });
}

} // namespace

std::string diagnosesText(const DiagnosisCounts& counts, const Language& language) {
    std::array<std::string, kDiagnosisCount> parts;
    for (std::size_t i = 0; i < counts.size(); ++i)
        if (counts[i] > 0)
            parts[worryOf(static_cast<Diagnosis>(i))] =
                fmt::format("{} {}", counts[i], language.word(toString(static_cast<Diagnosis>(i))));
    std::string text;
    for (const std::string& part : parts)
        if (!part.empty())
            text += std::string(text.empty() ? "" : language.word(Sentence::mark(", "))) + part;
    return text;
}

std::string groupsText(const Frame& frame, const Language& language) {
    std::vector<std::vector<std::string>> lines(1);
    for (const std::string_view title :
         {Sentence::mark("Group"), Sentence::mark("Count"), Sentence::mark("Diagnoses"), Sentence::mark("Keepalive"),
          Sentence::mark("Next"), Sentence::mark("Gives up"), Sentence::mark("Idle"), Sentence::mark("Recv-Q"),
          Sentence::mark("Send-Q"), Sentence::mark("Retransmits")})
        lines.front().emplace_back(language.word(title));
    for (const Group& group : frame.groups)
        lines.push_back({nameText(frame, group, language), std::to_string(group.count),
                         diagnosesText(group.counts, language), language(keepaliveText(group)),
                         nextText(frame, group, language), endText(frame, group, language),
                         idleText(frame, group, language), std::to_string(group.receiveQueue),
                         std::to_string(group.sendQueue), std::to_string(group.retransmits)});
    return alignedText(lines, 1U << 0 | 1U << 2 | 1U << 3 | 1U << 4 | 1U << 5);
}

bool writeGroupsCsv(const Frame& frame, const Output& output) {
    std::string text = "group,kind,count";
    for (std::size_t i = 0; i < kDiagnosisCount; ++i)
        text += fmt::format(",{}", toString(static_cast<Diagnosis>(i)));
    text += ",worst,keepalive_on,keepalive_off,next_ms,gives_up_ms,never,idle_ms,receive_queue_bytes,send_queue_bytes,"
            "retransmits_total\n";
    const auto put = [&](const Row* row, const auto& value) {
        text += row ? fmt::format(",{}", value(*row).count()) : ",";
    };
    for (const Group& group : frame.groups) {
        appendForeignCsv(text, nameOf(frame, group));
        text += fmt::format(",{},{}", toString(group.kind), group.count);
        for (const std::uint32_t count : group.counts)
            text += fmt::format(",{}", count);
        text += fmt::format(",{},{},{}", toString(frame.rows[group.worst].diagnosis), group.keepaliveOn,
                            group.keepaliveOff);
        put(rowOf(frame, group.next), [](const Row& row) { return row.forecast.next.expected; });
        put(rowOf(frame, group.ends), [](const Row& row) { return row.forecast.givesUp.expected; });
        text += fmt::format(",{}", group.never);
        put(rowOf(frame, group.idlest), [](const Row& row) { return row.connection.idleAge().value_or(Millis(0)); });
        text += fmt::format(",{},{},{}\n", group.receiveQueue, group.sendQueue, group.retransmits);
    }
    return output(text);
}

std::string groupsJson(const Frame& frame) {
    JsonWriter json;
    json.array([&] {
        for (const Group& group : frame.groups)
            json.object([&] { groupJson(json, frame, group); });
    });
    return std::string(json.text());
}

} // namespace halfopen
