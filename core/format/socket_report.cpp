// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/socket_report.h"

#include "core/format/columns.h"
#include "core/format/countdown.h"
#include "core/format/json.h"
#include "core/format/user_timeout.h"

#include <fmt/format.h>

namespace halfopen {
namespace {

constexpr std::string_view kNotThere = "?";

Sentence optionsText(const Row* row, const Language& language) {
    if (row == nullptr)
        return Sentence::tr("{0}", kNotThere);
    const std::string keepalive = keepaliveText(row->options, language);
    return row->options.userTimeout.count() > 0
               ? Sentence::tr("{0}, user timeout {1}", keepalive, userTimeoutText(row->options.userTimeout))
               : Sentence::tr("{0}", keepalive);
}

Sentence timerText(const Row* row) {
    if (row == nullptr)
        return Sentence::tr("{0}", kNotThere);
    const Timer& timer = row->connection.timer;
    const Sentence kind = Sentence::word(toString(timer.kind()));
    return timer.kind() == TimerKind::None || timer.kind() == TimerKind::DelayedAck
               ? kind
               : Sentence::tr("{0} {1}", kind, momentClause(timer.expires));
}

std::string orNull(const Row* row, const Frame& frame) {
    return row == nullptr ? "null" : connectionJson(*row, frame);
}

std::string failedJson(const std::vector<SocketFailure>& failures) {
    std::string text;
    for (const SocketFailure& failure : failures) {
        const std::string error = errorJson(failure.error); // {"error":...}
        text += fmt::format("{}{{\"cookie\":\"{:#x}\",{}", text.empty() ? "" : ",", failure.cookie, error.substr(1));
    }
    return "[" + text + "]";
}

} // namespace

std::string socketChangeText(const SocketChange& change, const Frame& frame, const Language& language) {
    const Row* row = change.after != nullptr ? change.after : change.before;
    if (row == nullptr)
        return {};
    return fmt::format(
        "{} - {} ({:#x})\n    {}\n", frame.localOf(*row), frame.remoteOf(*row), row->connection.cookie,
        language(Sentence::tr("keepalive {0} -> {1}; timer {2} -> {3}", optionsText(change.before, language),
                              optionsText(change.after, language), timerText(change.before), timerText(change.after))));
}

std::string socketChangesJson(const std::vector<SocketChange>& changes, const Frame& before, const Frame& after,
                              const std::vector<SocketFailure>& failures) {
    std::string text;
    for (const SocketChange& change : changes)
        text += fmt::format("{}{{\"before\":{},\"after\":{}}}", text.empty() ? "" : ",", orNull(change.before, before),
                            orNull(change.after, after));
    return fmt::format("{{\"schema\":{},\"changed\":[{}],\"failed\":{}}}\n", kJsonSchema, text, failedJson(failures));
}

std::string closedJson(const std::vector<std::uint64_t>& closed, const std::vector<SocketFailure>& failures) {
    std::string text;
    for (const std::uint64_t cookie : closed)
        text += fmt::format("{}\"{:#x}\"", text.empty() ? "" : ",", cookie);
    return fmt::format("{{\"schema\":{},\"closed\":[{}],\"failed\":{}}}\n", kJsonSchema, text, failedJson(failures));
}

} // namespace halfopen
