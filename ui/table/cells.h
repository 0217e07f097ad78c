// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/table/columns.h"

/// How each column writes its cell, its tooltip and its deadline. Pure; cheap enough for every repaint.
namespace halfopen::cells {

Cell diagnosis(const CellInput& in);
Cell state(const CellInput& in);
Cell local(const CellInput& in);
Cell remote(const CellInput& in);
Cell process(const CellInput& in);
Cell keepalive(const CellInput& in); ///< "on 60/10/6", "on ~60/(75/9)", "off", "?"
Cell userTimeout(const CellInput& in);
Cell timer(const CellInput& in);
Cell next(const CellInput& in);
Cell givesUp(const CellInput& in);
Cell unanswered(const CellInput& in);
Cell idle(const CellInput& in);
Cell receiveQueue(const CellInput& in);
Cell sendQueue(const CellInput& in);
Cell rtt(const CellInput& in);
Cell retransmits(const CellInput& in);
Cell service(const CellInput& in);
Cell remoteName(const CellInput& in);
Cell age(const CellInput& in); ///< "> 5m" of what was there before this program
Cell bytesSent(const CellInput& in);
Cell bytesReceived(const CellInput& in);
Cell rateSent(const CellInput& in);
Cell rateReceived(const CellInput& in);
Cell user(const CellInput& in);
Cell interface(const CellInput& in);
Cell netns(const CellInput& in); ///< "web", "web, 4 s ago"
Cell unit(const CellInput& in);

QString diagnosisTip(const CellInput& in);
QString processTip(const CellInput& in);
QString keepaliveTip(const CellInput& in);
QString userTimeoutTip(const CellInput& in);
QString nextTip(const CellInput& in);
QString givesUpTip(const CellInput& in);
QString netnsTip(const CellInput& in);
QString unitTip(const CellInput& in);

MonotonicTime timerDeadline(const Row& row);
MonotonicTime nextDeadline(const Row& row);
MonotonicTime givesUpDeadline(const Row& row);

} // namespace halfopen::cells
