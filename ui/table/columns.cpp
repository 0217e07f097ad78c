// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/table/columns.h"

#include "ui/table/cells.h"
#include "ui/table/group_text.h"

#include <QCoreApplication>

#include <array>

namespace halfopen {

namespace {

constexpr Qt::Alignment kLeft = Qt::AlignLeft | Qt::AlignVCenter;
constexpr Qt::Alignment kRight = Qt::AlignRight | Qt::AlignVCenter;

constexpr std::array kColumns{
    Column{"diagnosis", QT_TRANSLATE_NOOP("Columns", "Diagnosis"),
           QT_TRANSLATE_NOOP("Columns", "What would happen if the peer were gone right now"), SortKey::Diagnosis, kLeft,
           14, true, Motion::Still, cells::diagnosis, cells::diagnosisTip, nullptr},
    Column{"state", QT_TRANSLATE_NOOP("Columns", "State"), QT_TRANSLATE_NOOP("Columns", "The TCP state"),
           SortKey::State, kLeft, 13, true, Motion::Still, cells::state, nullptr, nullptr, 0, nullptr, nullptr, 3},
    Column{"local", QT_TRANSLATE_NOOP("Columns", "Local"), QT_TRANSLATE_NOOP("Columns", "Local address and port"),
           SortKey::Local, kLeft, 18, true, Motion::Still, cells::local, nullptr, nullptr, 14, nullptr, nullptr, 2},
    Column{"remote", QT_TRANSLATE_NOOP("Columns", "Remote"), QT_TRANSLATE_NOOP("Columns", "Remote address and port"),
           SortKey::Remote, kLeft, 19, true, Motion::Still, cells::remote, nullptr, nullptr, 14},
    Column{"process", QT_TRANSLATE_NOOP("Columns", "Process"),
           QT_TRANSLATE_NOOP("Columns", "The processes that hold the socket"), SortKey::Process, kLeft, 16, true,
           Motion::Still, cells::process, cells::processTip, nullptr, 9},
    Column{"keepalive", QT_TRANSLATE_NOOP("Columns", "Keepalive"),
           QT_TRANSLATE_NOOP("Columns",
                             "On or off, then idle time/interval/probes. Plain: read from the socket. ~ in italics: "
                             "inferred. In brackets: the system's default. ?: hidden by another timer."),
           SortKey::Keepalive, kLeft, 15, true, Motion::Still, cells::keepalive, cells::keepaliveTip, nullptr, 0,
           cells::groupKeepalive},
    Column{"user-timeout", QT_TRANSLATE_NOOP("Columns", "User timeout"),
           QT_TRANSLATE_NOOP("Columns", "How long an answer may take before the connection is given up "
                                        "(TCP_USER_TIMEOUT, in milliseconds)"),
           SortKey::UserTimeout, kRight, 12, false, Motion::Still, cells::userTimeout, cells::userTimeoutTip, nullptr},
    Column{"timer", QT_TRANSLATE_NOOP("Columns", "Timer"),
           QT_TRANSLATE_NOOP("Columns", "Which timer of the kernel is armed, and when it fires"), SortKey::Timer, kLeft,
           20, false, Motion::CountsDown, cells::timer, nullptr, cells::timerDeadline},
    Column{"next", QT_TRANSLATE_NOOP("Columns", "Next probe"),
           QT_TRANSLATE_NOOP("Columns", "When the next probe or retransmission really goes out"), SortKey::NextProbe,
           kRight, 21, true, Motion::CountsDown, cells::next, cells::nextTip, cells::nextDeadline, 0, nullptr,
           &Group::next},
    Column{"gives-up", QT_TRANSLATE_NOOP("Columns", "Gives up"),
           QT_TRANSLATE_NOOP("Columns", "When the kernel gives the connection up if the peer stays silent, and why"),
           SortKey::GivesUp, kLeft, 27, true, Motion::CountsDown, cells::givesUp, cells::givesUpTip,
           cells::givesUpDeadline, 0, cells::groupGivesUp, &Group::ends},
    Column{"unanswered", QT_TRANSLATE_NOOP("Columns", "Unanswered"),
           QT_TRANSLATE_NOOP("Columns", "Probes or retransmissions sent since the last sign of life, of those allowed"),
           SortKey::Unanswered, kRight, 11, false, Motion::Still, cells::unanswered, nullptr, nullptr},
    Column{"idle", QT_TRANSLATE_NOOP("Columns", "Idle"),
           QT_TRANSLATE_NOOP("Columns", "Time since data last moved in either direction"), SortKey::Idle, kRight, 9,
           true, Motion::CountsUp, cells::idle, nullptr, nullptr, 0, nullptr, &Group::idlest, 1},
    Column{"recv-q", QT_TRANSLATE_NOOP("Columns", "Recv-Q"),
           QT_TRANSLATE_NOOP("Columns", "Bytes received and not yet read; of a listener: connections not yet accepted"),
           SortKey::ReceiveQueue, kRight, 9, false, Motion::Still, cells::receiveQueue, nullptr, nullptr, 0,
           cells::groupReceiveQueue},
    Column{"send-q", QT_TRANSLATE_NOOP("Columns", "Send-Q"),
           QT_TRANSLATE_NOOP("Columns", "Bytes sent and not yet acknowledged; of a listener: the limit of its queue"),
           SortKey::SendQueue, kRight, 9, false, Motion::Still, cells::sendQueue, nullptr, nullptr, 0,
           cells::groupSendQueue},
    Column{"rtt", QT_TRANSLATE_NOOP("Columns", "RTT"), QT_TRANSLATE_NOOP("Columns", "Smoothed round-trip time"),
           SortKey::Rtt, kRight, 10, false, Motion::Still, cells::rtt, nullptr, nullptr, 0, nullptr, nullptr, 0, 3},
    Column{"retransmits", QT_TRANSLATE_NOOP("Columns", "Retransmits"),
           QT_TRANSLATE_NOOP("Columns", "Segments retransmitted in the life of the connection"), SortKey::Retransmits,
           kRight, 11, false, Motion::Still, cells::retransmits, nullptr, nullptr, 0, cells::groupRetransmits},
    Column{"user", QT_TRANSLATE_NOOP("Columns", "User"), QT_TRANSLATE_NOOP("Columns", "The user the socket belongs to"),
           SortKey::User, kLeft, 10, false, Motion::Still, cells::user, nullptr, nullptr},
    Column{"interface", QT_TRANSLATE_NOOP("Columns", "Interface"),
           QT_TRANSLATE_NOOP("Columns", "The interface the socket is bound to"), SortKey::Interface, kLeft, 10, false,
           Motion::Still, cells::interface, nullptr, nullptr},
    Column{"service", QT_TRANSLATE_NOOP("Columns", "Service"),
           QT_TRANSLATE_NOOP("Columns", "What is spoken, by the port of the side that serves"), SortKey::Service, kLeft,
           12, false, Motion::Still, cells::service, nullptr, nullptr, 0, nullptr, nullptr, 0, 1},
    Column{"remote-name", QT_TRANSLATE_NOOP("Columns", "Remote name"),
           QT_TRANSLATE_NOOP("Columns", "What the system's resolver calls the remote host (View > Look Up Host Names)"),
           SortKey::RemoteName, kLeft, 24, false, Motion::Still, cells::remoteName, nullptr, nullptr, 14},
    Column{"age", QT_TRANSLATE_NOOP("Columns", "Age"),
           QT_TRANSLATE_NOOP("Columns", "How long the connection has been there; >: since before Halfopen looked"),
           SortKey::Age, kRight, 10, false, Motion::CountsUp, cells::age, nullptr, nullptr, 0, nullptr, nullptr, 0, 2},
    Column{"sent", QT_TRANSLATE_NOOP("Columns", "Sent"),
           QT_TRANSLATE_NOOP("Columns", "Data that the peer has acknowledged"), SortKey::BytesSent, kRight, 10, false,
           Motion::Still, cells::bytesSent, nullptr, nullptr, 0, cells::groupBytesSent, nullptr, 0, 4},
    Column{"received", QT_TRANSLATE_NOOP("Columns", "Received"),
           QT_TRANSLATE_NOOP("Columns", "Data that has come from the peer"), SortKey::BytesReceived, kRight, 10, false,
           Motion::Still, cells::bytesReceived, nullptr, nullptr, 0, cells::groupBytesReceived, nullptr, 0, 5},
    Column{"sent-rate", QT_TRANSLATE_NOOP("Columns", "Sending"),
           QT_TRANSLATE_NOOP("Columns", "Data that the peer acknowledged since the sample before, a second"),
           SortKey::RateSent, kRight, 11, false, Motion::Still, cells::rateSent, nullptr, nullptr, 0,
           cells::groupRateSent},
    Column{"received-rate", QT_TRANSLATE_NOOP("Columns", "Receiving"),
           QT_TRANSLATE_NOOP("Columns", "Data that came since the sample before, a second"), SortKey::RateReceived,
           kRight, 11, false, Motion::Still, cells::rateReceived, nullptr, nullptr, 0, cells::groupRateReceived},
    Column{"netns", QT_TRANSLATE_NOOP("Columns", "Namespace"),
           QT_TRANSLATE_NOOP("Columns", "The network namespace it lives in, and how old its row is where that is "
                                        "looked at less often"),
           SortKey::Netns, kLeft, 14, false, Motion::CountsUp, cells::netns, cells::netnsTip, nullptr},
    Column{"unit", QT_TRANSLATE_NOOP("Columns", "Container/Unit"),
           QT_TRANSLATE_NOOP("Columns", "The container or systemd unit it belongs to"), SortKey::Unit, kLeft, 20, false,
           Motion::Still, cells::unit, cells::unitTip, nullptr},
};

} // namespace

std::span<const Column> columns() {
    return kColumns;
}

int columnOf(SortKey key) {
    for (std::size_t i = 0; i < kColumns.size(); ++i) {
        if (kColumns[i].sort == key)
            return static_cast<int>(i);
    }
    return -1;
}

QString columnTitle(const Column& column) {
    return QCoreApplication::translate("Columns", column.title);
}

QString columnHint(const Column& column) {
    return QCoreApplication::translate("Columns", column.hint);
}

} // namespace halfopen
