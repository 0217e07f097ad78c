// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/ended_connection.h"
#include "core/query/filter.h"

#include <QString>

#include <memory>

namespace halfopen {

/// The table's language of filters (core/query/filter.h) for ended connections. It meets what was last known:
/// addresses, ports, processes, user, state, and the diagnosis it had when it ended. A plain word that begins the
/// ending's word of the contract ("keepalive-ex") or of its kind ("timed-out"), or is part of the ending as it is
/// written here, matches as well.
class EndedFilter {
public:
    explicit EndedFilter(const QString& words = {});

    bool matches(const EndedConnection& record);
    const FilterError* error() const { return m_filter.error(); } ///< then nothing matches; nullptr: it is right

private:
    void lookAt(const EndedConnection& record);

    Filter m_filter;
    Row m_row;     ///< the record as a row, so that it is the same filter
    Frame m_frame; ///< with its names
    std::shared_ptr<OwnerTable> m_owners;
    std::shared_ptr<HostContext> m_host;
    std::shared_ptr<NetnsContext> m_netns;
    std::shared_ptr<ProcessUnit> m_unit; ///< of the control group that the row is in
};

} // namespace halfopen
