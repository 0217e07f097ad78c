// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/history/history_columns.h"

#include "ui/look/duration_text.h"
#include "ui/look/ending_strings.h"
#include "ui/look/grade_strings.h"
#include "ui/look/netns_strings.h"
#include "ui/look/text.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace halfopen {

namespace {

using Milliseconds = std::chrono::milliseconds;

struct HistoryColumns {
    Q_DECLARE_TR_FUNCTIONS(HistoryColumns)
};

/// Until it was closed: a TIME-WAIT after that is nobody's any more.
std::optional<Milliseconds> lived(const EndedConnection& record) {
    const auto time = record.lifetime();
    if (!time || record.isOnlyTimeWait())
        return std::nullopt;
    return std::max(Milliseconds(0), *time - (record.ended.wall - record.closed().wall));
}

/// From the last sign of life to the end, of what the kernel ended for want of one.
std::optional<Milliseconds> noticed(const EndedConnection& record) {
    return record.ending == Ending::TimeWaitOver ? std::nullopt : record.noticedAfter();
}

QString lastedText(const EndedConnection& record) {
    const auto time = lived(record);
    if (!time)
        return {};
    // It may have been open for long before anybody looked.
    return record.thereBefore ? HistoryColumns::tr("> %1").arg(durationText(*time)) : durationText(*time);
}

/// When one that was found dead ended is not known, only when it was found.
QString endedText(const EndedConnection& record) {
    const auto moment = momentText(record.closed().wall);
    return record.foundDead ? HistoryColumns::tr("before %1").arg(moment) : moment;
}

QString remoteText(const EndedConnection& record) {
    return record.foundDead && record.remote.port == 0 ? HistoryColumns::tr("not known")
                                                       : fromCore(record.remote.toString(record.interface));
}

QString lastLifeText(const EndedConnection& record) {
    if (record.foundDead)
        return record.lastLife ? momentText(record.lastLife->wall) : QString();
    const auto before = noticed(record);
    if (before && *before < Milliseconds(50))
        return HistoryColumns::tr("at the end");
    return before ? HistoryColumns::tr("%1 before").arg(durationText(*before)) : QString();
}

QString errorCell(const EndedConnection& record) {
    return record.errorNumber == 0 ? QString() : errorName(record.errorNumber);
}

Milliseconds orNone(const std::optional<Milliseconds>& time) {
    return time.value_or(Milliseconds(-1));
}

// Sorting compares what the texts are made of: making them for every comparison would take too long.

std::pair<std::string_view, std::int32_t> firstOwner(const EndedConnection& record) {
    if (record.owners.empty())
        return {};
    return {record.owners.front().name, record.owners.front().pid};
}

std::pair<std::string_view, std::string_view> home(const EndedConnection& record) {
    return {record.unit.container, record.unit.unit};
}

std::pair<int, int> firstReason(const EndedConnection& record) {
    return {record.unanswered, record.evidence.empty() ? -1 : static_cast<int>(record.evidence.front().code)};
}

std::pair<int, std::int64_t> gradeOrder(const EndedConnection& record) {
    return {static_cast<int>(record.grade.grade), std::abs(record.grade.error.count())};
}

// What a person looks for first; the first six fit a window of 1024 pixels.
constexpr std::array<HistoryColumn, 12> kColumns{{
    {QT_TRANSLATE_NOOP("HistoryColumns", "Ended"), endedText,
     [](const EndedConnection& a, const EndedConnection& b) { return a.closed().wall < b.closed().wall; }, 19},
    {QT_TRANSLATE_NOOP("HistoryColumns", "Lasted"), lastedText,
     [](const EndedConnection& a, const EndedConnection& b) { return orNone(lived(a)) < orNone(lived(b)); }, 16, true},
    {QT_TRANSLATE_NOOP("HistoryColumns", "Remote"), remoteText,
     [](const EndedConnection& a, const EndedConnection& b) { return a.remote < b.remote; }, 22},
    {QT_TRANSLATE_NOOP("HistoryColumns", "Process"), ownersText,
     [](const EndedConnection& a, const EndedConnection& b) { return firstOwner(a) < firstOwner(b); }, 17},
    {QT_TRANSLATE_NOOP("HistoryColumns", "Ending"), endingText,
     [](const EndedConnection& a, const EndedConnection& b) { return a.ending < b.ending; }, 27},
    {QT_TRANSLATE_NOOP("HistoryColumns", "Forecast"), [](const EndedConnection& c) { return gradeSentence(c.grade); },
     [](const EndedConnection& a, const EndedConnection& b) { return gradeOrder(a) < gradeOrder(b); }, 50},
    {QT_TRANSLATE_NOOP("HistoryColumns", "Program got"), errorCell,
     [](const EndedConnection& a, const EndedConnection& b) { return a.errorNumber < b.errorNumber; }, 15},
    {QT_TRANSLATE_NOOP("HistoryColumns", "Evidence"), reasonSentence,
     [](const EndedConnection& a, const EndedConnection& b) { return firstReason(a) < firstReason(b); }, 56},
    {QT_TRANSLATE_NOOP("HistoryColumns", "Last sign of life"), lastLifeText,
     [](const EndedConnection& a, const EndedConnection& b) { return orNone(noticed(a)) < orNone(noticed(b)); }, 18,
     true},
    {QT_TRANSLATE_NOOP("HistoryColumns", "Local"),
     [](const EndedConnection& c) { return fromCore(c.local.toString(c.interface)); },
     [](const EndedConnection& a, const EndedConnection& b) { return a.local < b.local; }, 22},
    {QT_TRANSLATE_NOOP("HistoryColumns", "Container/Unit"), [](const EndedConnection& c) { return unitText(c.unit); },
     [](const EndedConnection& a, const EndedConnection& b) { return home(a) < home(b); }, 22},
    {QT_TRANSLATE_NOOP("HistoryColumns", "Namespace"), [](const EndedConnection& c) { return fromCore(c.netnsName); },
     [](const EndedConnection& a, const EndedConnection& b) { return a.netnsName < b.netnsName; }, 16},
}};

} // namespace

std::span<const HistoryColumn> historyColumns() {
    return kColumns;
}

QString historyTitle(const HistoryColumn& column) {
    return HistoryColumns::tr(column.title);
}

} // namespace halfopen
