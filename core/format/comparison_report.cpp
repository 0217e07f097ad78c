// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/comparison_report.h"

#include "core/format/columns.h"
#include "core/text/foreign_text.h"

#include <fmt/format.h>

#include <string_view>

namespace halfopen {

namespace {

std::string fieldText(ComparedField field, const Row& row, const Language& language) {
    switch (field) {
    case ComparedField::State:
        return std::string(toString(row.connection.state));
    case ComparedField::Diagnosis:
        return std::string(language.word(toString(row.diagnosis)));
    case ComparedField::Keepalive:
        return keepaliveText(row.options, language);
    case ComparedField::Unanswered:
        return std::to_string(row.forecast.unanswered);
    case ComparedField::RecvQueue:
        return std::to_string(row.connection.receiveQueue);
    case ComparedField::SendQueue:
        return std::to_string(row.connection.sendQueue);
    }
    return {};
}

std::string who(const Row& row, const Frame& frame) {
    std::string text = fmt::format("{} -> {}", frame.localOf(row), frame.remoteOf(row));
    if (const auto& owners = frame.ownersOf(row); !owners.empty())
        text += fmt::format("  {} {}", harmless(owners.front().name), owners.front().pid);
    return text;
}

std::string single(char mark, const Row& row, const Frame& frame, const Language& language) {
    const Sentence what =
        Sentence::tr("{0}, {1}", toString(row.connection.state), Sentence::word(toString(row.diagnosis)));
    return fmt::format("{} {}  {}\n", mark, who(row, frame), language(what));
}

std::string changesText(const ChangedConnection& changed, const Frame& before, const Frame& now,
                        const Language& language) {
    std::string text;
    for (const ComparedField field : changed.fields)
        text += fmt::format("{}{} {} -> {}", text.empty() ? "" : language.word(Sentence::mark(", ")),
                            language.word(toString(field)), fieldText(field, before.rows[changed.before], language),
                            fieldText(field, now.rows[changed.now], language));
    return text;
}

std::string changesJson(const ChangedConnection& changed, const Frame& before, const Frame& now) {
    std::string text;
    for (const ComparedField field : changed.fields) // plain ASCII without quotes, all of it
        text += fmt::format(R"({}{{"field":"{}","before":"{}","after":"{}"}})", text.empty() ? "" : ",",
                            toString(field), fieldText(field, before.rows[changed.before], kEnglish),
                            fieldText(field, now.rows[changed.now], kEnglish));
    return text;
}

} // namespace

std::string comparisonText(const Comparison& comparison, const Frame& before, const Frame& now,
                           const Language& language) {
    std::string text = language(Sentence::tr("{0} new, {1} gone, {2} changed, {3} alike", comparison.appeared.size(),
                                             comparison.gone.size(), comparison.changed.size(), comparison.alike)) +
                       '\n';
    for (const std::uint32_t row : comparison.appeared)
        text += single('+', now.rows[row], now, language);
    for (const std::uint32_t row : comparison.gone)
        text += single('-', before.rows[row], before, language);
    for (const ChangedConnection& changed : comparison.changed)
        text += fmt::format("~ {}  {}\n", who(now.rows[changed.now], now), changesText(changed, before, now, language));
    return text;
}

bool writeComparisonJson(const Comparison& comparison, const Frame& before, const Frame& now, const HostFacts& host,
                         const Output& output) {
    std::string_view comma;
    const auto list = [&](const auto& rows, const Frame& frame) {
        comma = "\n";
        for (const std::uint32_t row : rows) {
            if (!output(fmt::format("{}{}", comma, connectionJson(frame.rows[row], frame))))
                return false;
            comma = ",\n";
        }
        return true;
    };
    const auto changes = [&] {
        comma = "\n";
        for (const ChangedConnection& changed : comparison.changed) {
            if (!output(fmt::format(R"({}{{"changes":[{}],"connection":{}}})", comma, changesJson(changed, before, now),
                                    connectionJson(now.rows[changed.now], now))))
                return false;
            comma = ",\n";
        }
        return true;
    };
    return output(fmt::format("{{\"schema\":{},\"before\":{},\n\"after\":{},\n\"alike\":{},\n\"new\":[", kJsonSchema,
                              frameHeadJson(before, host), frameHeadJson(now, host), comparison.alike)) &&
           list(comparison.appeared, now) && output("],\n\"gone\":[") && list(comparison.gone, before) &&
           output("],\n\"changed\":[") && changes() && output("]}\n");
}

} // namespace halfopen
