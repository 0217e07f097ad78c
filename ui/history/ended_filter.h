// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/ended_connection.h"
#include "core/query/filter.h"

#include <QString>

#include <memory>
#include <utility>
#include <vector>

namespace halfopen {

/// The plain words of the table (core/query/filter.h) for ended connections, all of which must match. They meet what
/// was last known: addresses, ports, processes, user, state, and the diagnosis it had when it ended. A word that begins
/// the ending's word of the contract ("keepalive-ex") or is part of the ending as it is written here matches as well.
class EndedFilter {
public:
    explicit EndedFilter(const QString& words = {});

    bool matches(const EndedConnection& record);

private:
    struct Word {
        QString text; ///< lower case
        Filter filter;
    };

    void lookAt(const EndedConnection& record);

    std::vector<Word> m_words;
    Row m_row;     ///< the record as a row, so that it is the same filter
    Frame m_frame; ///< with its names
    std::shared_ptr<OwnerTable> m_owners;
    std::shared_ptr<HostContext> m_host;
    std::shared_ptr<NetnsContext> m_netns;
};

} // namespace halfopen
