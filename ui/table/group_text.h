// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"
#include "ui/table/columns.h"

#include <QString>

namespace halfopen {

QString groupByLabel(GroupBy by);     ///< "Not grouped", "By program", ...
QString groupSortLabel(GroupSort by); ///< "as the column", "worst first", ...

/// "firefox", "no program known", "TIME-WAIT".
QString groupName(const Frame& frame, const Group& group);
QString groupCount(const Group& group); ///< "41 connections"

/// The line of a group in words: "Group firefox, 41 connections, 38 unguarded, 3 active, collapsed."
QString spokenGroup(const Frame& frame, const Group& group);

/// How columns write the cell of a group.
namespace cells {
Cell groupKeepalive(const GroupInput& in); ///< "on 4, off 41"
Cell groupGivesUp(const GroupInput& in);   ///< of the member that is given up first; "never 41" where none is
Cell groupReceiveQueue(const GroupInput& in);
Cell groupSendQueue(const GroupInput& in);
Cell groupRetransmits(const GroupInput& in);
Cell groupBytesSent(const GroupInput& in);
Cell groupBytesReceived(const GroupInput& in);
Cell groupRateSent(const GroupInput& in);
Cell groupRateReceived(const GroupInput& in);
} // namespace cells

} // namespace halfopen
