// SPDX-License-Identifier: GPL-3.0-or-later
// Of the contract, what is about network namespaces, as QtDBus takes it.
#pragma once

#include "app/contract/bus_netns.h"

#include <QDBusArgument>
#include <QDBusMetaType>
#include <QDBusUnixFileDescriptor>
#include <QList>
#include <QString>

namespace halfopen {

/// (tahs): cookie, sockets of NETLINK_SOCK_DIAG, error as in BusReading.
struct BusOpenedNetns {
    qulonglong cookie = 0;
    QList<QDBusUnixFileDescriptor> sockets;
    QString error;
};

QDBusArgument& operator<<(QDBusArgument& argument, const BusNetns& netns);
const QDBusArgument& operator>>(const QDBusArgument& argument, BusNetns& netns);
QDBusArgument& operator<<(QDBusArgument& argument, const BusOpenedNetns& opened);
const QDBusArgument& operator>>(const QDBusArgument& argument, BusOpenedNetns& opened);
QDBusArgument& operator<<(QDBusArgument& argument, const BusSettings& settings);
const QDBusArgument& operator>>(const QDBusArgument& argument, BusSettings& settings);

/// Makes the types above known to QtDBus; cheap when repeated.
void registerBusNetnsTypes();

} // namespace halfopen

Q_DECLARE_METATYPE(halfopen::BusNetns)
Q_DECLARE_METATYPE(halfopen::BusOpenedNetns)
Q_DECLARE_METATYPE(halfopen::BusSettings)
