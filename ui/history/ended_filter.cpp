// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/history/ended_filter.h"

#include "core/forecast/forecast.h"
#include "core/model/forecast.h"
#include "core/query/filter_run.h"
#include "ui/look/ending_strings.h"
#include "ui/look/filter_texts.h"
#include "ui/look/text.h"

namespace halfopen {

namespace {

constexpr std::uint32_t kInode = 1; // any: it ties the row to its owners
constexpr std::uint32_t kInterface = 1;
constexpr std::uint32_t kCgroup = 1;

QString word(Ending ending) {
    return fromCore(toString(ending));
}

} // namespace

EndedFilter::EndedFilter(const QString& words)
    : m_filter(words.toStdString(), screenNames())
    , m_owners(std::make_shared<OwnerTable>())
    , m_host(std::make_shared<HostContext>())
    , m_netns(std::make_shared<NetnsContext>())
    , m_unit(std::make_shared<ProcessUnit>()) {
    m_frame.owners = m_owners;
    m_netns->host = m_host;
    m_frame.namespaces = {m_netns};
    m_frame.units = std::make_shared<const CgroupUnits>(CgroupUnits{{kCgroup, m_unit}});
    m_row.connection.cgroup = kCgroup;
    m_row.connection.inode = kInode;
    m_row.connection.interface = kInterface;
}

void EndedFilter::lookAt(const EndedConnection& record) {
    auto& connection = m_row.connection;
    connection.cookie = record.cookie;
    connection.local = record.local;
    connection.remote = record.remote;
    connection.state = record.lastState;
    connection.uid = record.uid.value_or(0);
    Forecast then; // of it nothing else is told, nor are queues and timers
    then.unanswered = record.unanswered > 0 ? 1 : 0;
    m_row.diagnosis = diagnose(connection, record.options, then);
    (*m_owners)[kInode] = record.owners;
    m_host->users.clear();
    m_host->users[connection.uid] = record.user;
    m_netns->interfaces[kInterface] = record.interface;
    m_netns->netns = record.netns;
    m_netns->name = record.netnsName;
    *m_unit = record.unit;
}

bool EndedFilter::matches(const EndedConnection& record) {
    if (m_filter.empty())
        return true;
    lookAt(record);
    FilterRun run(m_filter, m_frame);
    run.alsoFinds([&](std::string_view asked) {
        const QString text = fromCore(asked);
        const EndingKind kind = kindOf(record.ending);
        return word(record.ending).startsWith(text) || endingText(record).toLower().contains(text) ||
               endingLabel(record.ending).toLower().contains(text) || fromCore(toString(kind)).startsWith(text) ||
               endingKindLabel(kind).toLower().contains(text);
    });
    return run.matches(m_row);
}

} // namespace halfopen
