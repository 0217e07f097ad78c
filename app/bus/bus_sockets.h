// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/socket_results.h"

#include <QDBusArgument>
#include <QDBusMetaType>
#include <QList>
#include <QString>

#include <string_view>

namespace halfopen {

/// (us): pid, name. One for each process, however many descriptors it has.
struct BusOwner {
    uint pid = 0;
    QString name;
};

/// iiiiuiiu: keepalive 0 or 1, idle_s, interval_s, probes, user_timeout_ms, syn_count, linger2_s, rto_max_ms; what is
/// in effect. In the last three 0 says that the setting of the system decides.
struct BusOptions {
    int keepalive = 0;
    int idle = 0;
    int interval = 0;
    int probes = 0;
    uint userTimeout = 0;
    int synCount = 0;
    int linger2 = 0;
    uint rtoMax = 0;
};

/// (tiiiiuiiua(us)s): cookie, the options, owners, error. With an error the options mean nothing.
struct BusReading {
    qulonglong cookie = 0;
    BusOptions options;
    QList<BusOwner> owners;
    /// "": none; else the error's name on the bus, a blank, and the sentence; where that has arguments, its parts
    /// (bus_sentence.h) on a line of their own.
    QString error;
};

/// (tiiiiuiius): cookie, the options in effect afterwards, error as in BusReading. With an error the options mean
/// nothing.
struct BusSetResult {
    qulonglong cookie = 0;
    BusOptions options;
    QString error;
};

/// (ts): cookie, error as in BusReading.
struct BusCloseResult {
    qulonglong cookie = 0;
    QString error;
};

QDBusArgument& operator<<(QDBusArgument& argument, const BusOwner& owner);
const QDBusArgument& operator>>(const QDBusArgument& argument, BusOwner& owner);
QDBusArgument& operator<<(QDBusArgument& argument, const BusReading& reading);
const QDBusArgument& operator>>(const QDBusArgument& argument, BusReading& reading);
QDBusArgument& operator<<(QDBusArgument& argument, const BusSetResult& result);
const QDBusArgument& operator>>(const QDBusArgument& argument, BusSetResult& result);
QDBusArgument& operator<<(QDBusArgument& argument, const BusCloseResult& result);
const QDBusArgument& operator>>(const QDBusArgument& argument, BusCloseResult& result);

/// Makes the types above known to QtDBus; cheap when repeated.
void registerBusSocketTypes();

QString fromStd(std::string_view text); ///< UTF-8, as core has all its texts

/// As in BusReading::error; never empty.
QString toBusError(const PrivilegeError& error);
PrivilegeError errorFrom(const QString& text);

BusOptions toBus(const KeepaliveOptions& options);
BusReading toBus(const SocketReading& reading);
BusSetResult toBus(const SetResult& result);
BusCloseResult toBus(const CloseResult& result);

/// Everything in it is Exact, and values that do not fit are brought to the nearest that does.
KeepaliveOptions fromBus(const BusOptions& options);
SocketReading fromBus(const BusReading& reading);
SetResult fromBus(const BusSetResult& result);
CloseResult fromBus(const BusCloseResult& result);

} // namespace halfopen

Q_DECLARE_METATYPE(halfopen::BusOwner)
Q_DECLARE_METATYPE(halfopen::BusReading)
Q_DECLARE_METATYPE(halfopen::BusSetResult)
Q_DECLARE_METATYPE(halfopen::BusCloseResult)
