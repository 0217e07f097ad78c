// SPDX-License-Identifier: GPL-3.0-or-later
// The values of the contract as QtDBus takes them.
#pragma once

#include "app/contract/bus_guard.h"
#include "app/contract/bus_sockets.h"

#include <QDBusArgument>
#include <QDBusMetaType>
#include <QList>
#include <QString>

#include <string_view>

namespace halfopen {

/// (iii): time in s, interval in s, probes.
struct KeepaliveTriple {
    int time = 0;
    int interval = 0;
    int probes = 0;
};

QDBusArgument& operator<<(QDBusArgument& argument, const KeepaliveTriple& triple);
const QDBusArgument& operator>>(const QDBusArgument& argument, KeepaliveTriple& triple);
QDBusArgument& operator<<(QDBusArgument& argument, const BusOwner& owner);
const QDBusArgument& operator>>(const QDBusArgument& argument, BusOwner& owner);
QDBusArgument& operator<<(QDBusArgument& argument, const BusReading& reading);
const QDBusArgument& operator>>(const QDBusArgument& argument, BusReading& reading);
QDBusArgument& operator<<(QDBusArgument& argument, const BusSetResult& result);
const QDBusArgument& operator>>(const QDBusArgument& argument, BusSetResult& result);
QDBusArgument& operator<<(QDBusArgument& argument, const BusCloseResult& result);
const QDBusArgument& operator>>(const QDBusArgument& argument, BusCloseResult& result);
QDBusArgument& operator<<(QDBusArgument& argument, const BusGuard& guard);
const QDBusArgument& operator>>(const QDBusArgument& argument, BusGuard& guard);

/// Makes the types above known to QtDBus; cheap when repeated.
void registerBusTypes();

QString fromStd(std::string_view text); ///< UTF-8, as core has all its texts

} // namespace halfopen

Q_DECLARE_METATYPE(halfopen::KeepaliveTriple)
Q_DECLARE_METATYPE(halfopen::BusOwner)
Q_DECLARE_METATYPE(halfopen::BusReading)
Q_DECLARE_METATYPE(halfopen::BusSetResult)
Q_DECLARE_METATYPE(halfopen::BusCloseResult)
Q_DECLARE_METATYPE(halfopen::BusGuard)
