// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/summary_report.h"

#include "core/format/countdown.h"
#include "core/format/dead_sockets.h"
#include "core/format/groups_report.h"
#include "core/format/text_table.h"
#include "core/query/port_pressure.h"
#include "core/query/summary.h"
#include "core/text/foreign_text.h"
#include "core/text/json_writer.h"

#include <fmt/format.h>

#include <map>
#include <vector>

namespace halfopen {

namespace {

constexpr std::size_t kDestinations = 3;
constexpr std::string_view kLocalPorts = Sentence::mark("local ports");
constexpr double kNoteworthy = 0.1; ///< of the ports; the worst destination is told whatever it has

struct FamilyCounts {
    std::uint32_t ipv4 = 0;
    std::uint32_t ipv6 = 0;

    std::uint32_t all() const { return ipv4 + ipv6; }
    void add(const Row& row) {
        ++(row.connection.inet6 && row.connection.remote.address.family() == Family::Ipv6 ? ipv6 : ipv4);
    }
};

struct Totals {
    FamilyCounts all;
    std::map<State, FamilyCounts> states;
};

Totals totalsOf(const Frame& frame) {
    Totals totals;
    for (const std::uint32_t index : frame.shown) {
        const Row& row = frame.rows[index];
        if (row.change == Change::Closed)
            continue;
        totals.all.add(row);
        totals.states[row.connection.state].add(row);
    }
    return totals;
}

std::uint32_t countOf(const ShownSummary& summary, Diagnosis diagnosis) {
    return summary.counts[static_cast<std::size_t>(diagnosis)];
}

/// "firefox 38, java 31, 4 more programs"
Sentence programsText(const ProgramCounts& programs) {
    std::vector<Sentence> parts;
    for (const auto& [name, count] : programs.most)
        parts.push_back(name.empty() ? Sentence::tr("not known {0}", count)
                                     : Sentence::tr("{0}", fmt::format("{} {}", harmless(name), count)));
    if (programs.others > 0)
        parts.push_back(programs.others == 1 ? Sentence::tr("{0} more program", programs.others)
                                             : Sentence::tr("{0} more programs", programs.others));
    return listOf(parts);
}

Sentence endText(const Frame& frame, const Row& row) {
    const auto& owners = frame.ownersOf(row);
    const Sentence who =
        owners.empty() ? Sentence::tr("a program that is not known")
                       : Sentence::tr("{0}", fmt::format("{} {}", harmless(owners.front().name), owners.front().pid));
    return Sentence::tr("{0} to {1}, given up {2}", who, harmless(frame.remoteOf(row)),
                        momentClause(row.forecast.shownEnd(), isGuess(row.forecast)));
}

Sentence pressureText(const PortPressure& pressure) {
    const Sentence used = Sentence::tr("{0} of {1} ({2} %) from {3} to {4}", pressure.used, pressure.available,
                                       fmt::format("{:.1f}", 100 * pressure.share()), pressure.local.toString(),
                                       pressure.remote.toString());
    return pressure.timeWait > 0 ? Sentence::tr("{0}, {1} of them in TIME-WAIT", used, pressure.timeWait) : used;
}

using Lines = std::vector<std::vector<std::string>>;

std::string statesText(const Totals& totals, const Language& language) {
    Lines lines{{std::string(language.word(Sentence::mark("State"))), std::string(language.word(Sentence::mark("All"))),
                 "IPv4", "IPv6"}};
    const auto add = [&](std::string_view name, const FamilyCounts& counts) {
        lines.push_back({std::string(name), std::to_string(counts.all()), std::to_string(counts.ipv4),
                         std::to_string(counts.ipv6)});
    };
    for (const auto& [state, counts] : totals.states)
        add(toString(state), counts);
    add(language.word(Sentence::mark("total")), totals.all);
    return alignedText(lines, 1U << 0);
}

struct Risk {
    std::string_view word;
    std::string count;
    Sentence what;
};

void addEnds(std::vector<Risk>& risks, const Frame& frame, const ShownSummary& summary) {
    for (const std::uint32_t index : summary.ends)
        risks.push_back({"", "", endText(frame, frame.rows[index])});
}

std::vector<Risk> risksOf(const Frame& frame, const ShownSummary& summary) {
    std::vector<Risk> risks;
    const auto add = [&](std::string_view word, std::size_t count, Sentence what) {
        if (count > 0)
            risks.push_back({word, std::to_string(count), std::move(what)});
    };
    const auto addDiagnosis = [&](Diagnosis diagnosis, Sentence what) {
        add(toString(diagnosis), countOf(summary, diagnosis), std::move(what));
    };
    addDiagnosis(Diagnosis::Suspect, Sentence::tr("may have lost their peer"));
    addEnds(risks, frame, summary);
    addDiagnosis(Diagnosis::Stalled, Sentence::tr("wait for a peer that takes nothing"));
    addDiagnosis(Diagnosis::Abandoned,
                 Sentence::tr("closed by their peer, or ended, and not closed by their program: {0}",
                              programsText(summary.abandoned)));
    addDiagnosis(Diagnosis::Unguarded,
                 Sentence::tr("would stay open for ever if their peer vanished: {0}", programsText(summary.unguarded)));
    add(Sentence::mark("dead"), frame.dead.size(), Sentence::tr("ended by the kernel, their descriptors still open"));
    for (const PortPressure& pressure : portPressure(frame, kDestinations)) {
        const bool first = risks.empty() || risks.back().word != kLocalPorts;
        if (first || pressure.share() >= kNoteworthy)
            risks.push_back({kLocalPorts, "", pressureText(pressure)});
    }
    return risks;
}

std::string risksText(const std::vector<Risk>& risks, const Language& language) {
    Lines lines;
    for (const Risk& risk : risks)
        lines.push_back({std::string(language.word(risk.word)), risk.count, language(risk.what)});
    return alignedText(lines, 1U << 0 | 1U << 2);
}

void programs(JsonWriter& json, std::uint32_t count, const ProgramCounts& programs) {
    json.put("count", count);
    json.array("programs", [&] {
        for (const auto& [name, each] : programs.most)
            json.object([&, n = std::string_view(name), c = each] {
                json.putName("name", n);
                json.put("count", c);
            });
    });
    json.put("other_programs", programs.others);
}

void ends(JsonWriter& json, const Frame& frame, const ShownSummary& summary) {
    json.array("given_up_next", [&] {
        for (const std::uint32_t index : summary.ends)
            json.object([&] {
                const Row& row = frame.rows[index];
                json.putIf("cookie", !isStandIn(row.connection.cookie), fmt::format("{:#x}", row.connection.cookie));
                json.putWord("cause", toString(row.forecast.cause));
                json.put("expected_ms", row.forecast.shownEnd().expected.count());
            });
    });
}

void localPorts(JsonWriter& json, const Frame& frame) {
    json.array("local_ports", [&] {
        for (const PortPressure& pressure : portPressure(frame, kDestinations))
            json.object([&] {
                json.put("netns", frame.namespaces[pressure.netnsIndex]->netns);
                json.putWord("local", pressure.local.toString());
                json.object("remote", [&] {
                    json.putWord("address", pressure.remote.address.toString());
                    json.put("port", pressure.remote.port);
                });
                json.put("used", pressure.used);
                json.put("time_wait", pressure.timeWait);
                json.put("available", pressure.available);
            });
    });
}

void risks(JsonWriter& json, const Frame& frame, const ShownSummary& summary) {
    json.object("suspect", [&] {
        json.put("count", countOf(summary, Diagnosis::Suspect));
        ends(json, frame, summary);
    });
    json.object("stalled", [&] { json.put("count", countOf(summary, Diagnosis::Stalled)); });
    json.object("abandoned", [&] { programs(json, countOf(summary, Diagnosis::Abandoned), summary.abandoned); });
    json.object("unguarded", [&] { programs(json, countOf(summary, Diagnosis::Unguarded), summary.unguarded); });
    json.object("dead_sockets", [&] { json.put("count", frame.dead.size()); });
    localPorts(json, frame);
}

void families(JsonWriter& json, const FamilyCounts& counts) {
    json.put("all", counts.all());
    json.put("ipv4", counts.ipv4);
    json.put("ipv6", counts.ipv6);
}

} // namespace

std::string summaryText(const Frame& frame, const Language& language) {
    const ShownSummary summary = summarise(frame, frame.shown);
    std::string text = statesText(totalsOf(frame), language);
    if (const std::string diagnoses = diagnosesText(summary.counts, language); !diagnoses.empty())
        text += '\n' + diagnoses + '\n';
    const auto risks = risksOf(frame, summary);
    return risks.empty() ? text : text + '\n' + risksText(risks, language);
}

std::string summaryJson(const Frame& frame, const HostFacts& host) {
    const ShownSummary summary = summarise(frame, frame.shown);
    const Totals totals = totalsOf(frame);
    JsonWriter json;
    json.object([&] {
        json.object("total", [&] { families(json, totals.all); });
        json.array("states", [&] {
            for (const auto& [state, counts] : totals.states)
                json.object([&, s = state, c = counts] {
                    json.putWord("state", toString(s));
                    families(json, c);
                });
        });
        json.object("diagnoses", [&] {
            for (std::size_t i = 0; i < summary.counts.size(); ++i)
                json.putIf(toString(static_cast<Diagnosis>(i)), true, summary.counts[i]);
        });
        json.object("risks", [&] { risks(json, frame, summary); });
    });
    std::string head = frameHeadJson(frame, host);
    head.back() = ','; // of its closing brace
    return head + std::string(json.text().substr(1)) + '\n';
}

} // namespace halfopen
