// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/privilege_error.h"
#include "core/model/tcp_sysctls.h"

#include <QDBusArgument>
#include <QDBusMetaType>
#include <QDBusUnixFileDescriptor>
#include <QList>
#include <QMap>
#include <QString>

#include <cstddef>

namespace halfopen {

/// A message over the system bus carries 16 descriptors at most (max_message_unix_fds), so that many namespaces are
/// opened by one call, each with that many sockets: what a live source takes, and one to start again with.
inline constexpr std::size_t kNetnsBatch = 2;
inline constexpr int kSocketsOfNetns = 6;

/// And of so many the settings are read by one call.
inline constexpr std::size_t kSettingsBatch = 64;

/// (ttt): the cookie of a network namespace, the inode of its nsfs file, and that of PID/net/stat of a process in
/// there, by which anybody may know it; 0: there is none.
struct BusNetns {
    qulonglong cookie = 0;
    qulonglong inode = 0;
    qulonglong procInode = 0;
};

/// (tahs): cookie, sockets of NETLINK_SOCK_DIAG, error as in BusReading.
struct BusOpenedNetns {
    qulonglong cookie = 0;
    QList<QDBusUnixFileDescriptor> sockets;
    QString error;
};

/// (ta{si}s): cookie, each setting that could be read by its name (SettingInfo::name), error as in BusReading.
struct BusSettings {
    qulonglong cookie = 0;
    QMap<QString, int> values;
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

/// Those that could be read and that this kernel has, and the ends of ip_local_port_range.
QMap<QString, int> toBus(const TcpSysctls& sysctls);
/// What is missing counts as not read; a name that is none of ours means nothing.
TcpSysctls sysctlsFrom(const QMap<QString, int>& values);

} // namespace halfopen

Q_DECLARE_METATYPE(halfopen::BusNetns)
Q_DECLARE_METATYPE(halfopen::BusOpenedNetns)
Q_DECLARE_METATYPE(halfopen::BusSettings)
