// SPDX-License-Identifier: GPL-3.0-or-later
// What a connection is about, how old it is, and what it has moved.
#include "core/query/filter.h"
#include "core/query/group_keys.h"
#include "ui/look/duration_text.h"
#include "ui/look/text.h"
#include "ui/table/cells.h"
#include "ui/table/group_text.h"

#include <QCoreApplication>
#include <QLocale>

namespace halfopen::cells {

namespace {

struct MovedCells {
    Q_DECLARE_TR_FUNCTIONS(MovedCells)
};

bool counts(const CellInput& in) {
    return in.row.connection.countsBytes();
}

Cell bytes(std::uint64_t value) {
    return {QLocale().formattedDataSize(static_cast<qint64>(value), 1), value == 0 ? Tone::Dim : Tone::Plain};
}

Cell rate(double perSecond) {
    if (perSecond < 1)
        return {};
    return {MovedCells::tr("%1/s", "an amount of data a second")
                .arg(QLocale().formattedDataSize(static_cast<qint64>(perSecond), 1))};
}

} // namespace

Cell service(const CellInput& in) {
    const ServiceNames& services = namesOf(in.frame.query).services;
    return {fromCore(serviceName(servicePortOf(in.row, in.frame, services), services))};
}

Cell remoteName(const CellInput& in) {
    return {fromCore(in.frame.remoteNameOf(in.row))};
}

Cell age(const CellInput& in) {
    const QString text = ageText(in.frame.ageOf(in.row), in.row.connection.sampled, in.now);
    return {hasSeenBegin(in.row) ? text : MovedCells::tr("> %1", "an age that is at least so much").arg(text)};
}

Cell bytesSent(const CellInput& in) {
    return counts(in) ? bytes(in.row.connection.info.bytesAcked) : Cell{};
}

Cell bytesReceived(const CellInput& in) {
    return counts(in) ? bytes(in.row.connection.info.bytesReceived) : Cell{};
}

Cell rateSent(const CellInput& in) {
    return rate(in.frame.rateOf(in.row).sent);
}

Cell rateReceived(const CellInput& in) {
    return rate(in.frame.rateOf(in.row).received);
}

Cell groupBytesSent(const GroupInput& in) {
    return bytes(in.group.bytesSent);
}

Cell groupBytesReceived(const GroupInput& in) {
    return bytes(in.group.bytesReceived);
}

Cell groupRateSent(const GroupInput& in) {
    return rate(in.group.rateSent);
}

Cell groupRateReceived(const GroupInput& in) {
    return rate(in.group.rateReceived);
}

} // namespace halfopen::cells
