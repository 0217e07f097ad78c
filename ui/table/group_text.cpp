// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/table/group_text.h"

#include "core/query/group_keys.h"
#include "ui/look/strings.h"
#include "ui/look/text.h"
#include "ui/table/cells.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <numeric>

namespace halfopen {

namespace {

struct Groups {
    Q_DECLARE_TR_FUNCTIONS(Groups)
};

/// What those have in common that have no such value.
QString missingLabel(GroupBy by) {
    switch (by) {
    case GroupBy::Program:
    case GroupBy::Process:
        return Groups::tr("no program known");
    case GroupBy::RemoteHost:
    case GroupBy::RemoteNet:
        return Groups::tr("no peer");
    case GroupBy::Unit:
        return Groups::tr("no unit or container");
    case GroupBy::User:
        return Groups::tr("no user");
    default:
        return Groups::tr("others");
    }
}

Cell sum(std::uint64_t value) {
    return {QLocale().toString(static_cast<qulonglong>(value)), value == 0 ? Tone::Dim : Tone::Plain};
}

} // namespace

QString groupByLabel(GroupBy by) {
    switch (by) {
    case GroupBy::None:
        break;
    case GroupBy::Program:
        return Groups::tr("By program");
    case GroupBy::Process:
        return Groups::tr("By process");
    case GroupBy::RemoteHost:
        return Groups::tr("By remote host");
    case GroupBy::RemoteNet:
        return Groups::tr("By remote net");
    case GroupBy::Service:
        return Groups::tr("By service");
    case GroupBy::Unit:
        return Groups::tr("By unit or container");
    case GroupBy::User:
        return Groups::tr("By user");
    case GroupBy::State:
        return Groups::tr("By state");
    case GroupBy::Diagnosis:
        return Groups::tr("By diagnosis");
    case GroupBy::Netns:
        return Groups::tr("By network namespace");
    }
    return Groups::tr("Not grouped");
}

QString groupSortLabel(GroupSort sort) {
    switch (sort) {
    case GroupSort::Column:
        break;
    case GroupSort::Worst:
        return Groups::tr("&Worst First");
    case GroupSort::Count:
        return Groups::tr("&Largest First");
    case GroupSort::Name:
        return Groups::tr("By &Name");
    }
    return Groups::tr("As the &Column Sorts");
}

QString groupName(const Frame& frame, const Group& group) {
    if (group.kind == Group::Kind::TimeWait)
        return stateName(State::TimeWait);
    if (group.kind == Group::Kind::Missing)
        return missingLabel(group.by);
    if (group.by == GroupBy::Diagnosis)
        return diagnosisLabel(frame.rows[group.worst].diagnosis);
    return fromCore(nameOf(frame, group));
}

QString groupCount(const Group& group) {
    return Groups::tr("%n connection(s)", nullptr, static_cast<int>(group.count));
}

QString spokenGroup(const Frame& frame, const Group& group) {
    const auto state = group.expanded ? Groups::tr("expanded") : Groups::tr("collapsed");
    return Groups::tr("Group %1, %2, %3, %4.", "name, how many, diagnoses, whether it is expanded")
        .arg(groupName(frame, group), groupCount(group), diagnosesText(group.counts), state);
}

namespace cells {

Cell groupKeepalive(const GroupInput& in) {
    QStringList parts;
    if (in.group.keepaliveOn > 0)
        parts.append(Groups::tr("on %1", "how many have keepalive").arg(QLocale().toString(in.group.keepaliveOn)));
    if (in.group.keepaliveOff > 0)
        parts.append(Groups::tr("off %1", "how many have no keepalive").arg(QLocale().toString(in.group.keepaliveOff)));
    return {parts.join(Groups::tr(", ", "between counts of on and off"))};
}

Cell groupGivesUp(const GroupInput& in) {
    if (in.group.ends != Group::kNone) {
        const Row& first = in.frame.rows[in.group.ends];
        return givesUp({in.frame, first, in.frame.presentOf(first, in.here)});
    }
    if (in.group.never == 0)
        return {};
    return {Groups::tr("never %1", "how many will never be given up").arg(QLocale().toString(in.group.never)),
            in.group.counts[static_cast<std::size_t>(Diagnosis::Unguarded)] > 0 ? Tone::Accent : Tone::Plain};
}

Cell groupReceiveQueue(const GroupInput& in) {
    return sum(in.group.receiveQueue);
}

Cell groupSendQueue(const GroupInput& in) {
    return sum(in.group.sendQueue);
}

Cell groupRetransmits(const GroupInput& in) {
    return sum(in.group.retransmits);
}

} // namespace cells

} // namespace halfopen
