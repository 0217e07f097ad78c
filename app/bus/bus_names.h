// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusArgument>
#include <QDBusMetaType>
#include <QLatin1String>

namespace halfopen {

/// The names of the contract between the helper and its clients.
inline constexpr QLatin1String kHelperService{"org.halfopen.Helper1"};
inline constexpr QLatin1String kHelperPath{"/org/halfopen/Helper1"};
inline constexpr QLatin1String kHelperInterface{"org.halfopen.Helper1"};
inline constexpr QLatin1String kPolkitService{"org.freedesktop.PolicyKit1"};
inline constexpr QLatin1String kDBusService{"org.freedesktop.DBus"};
inline constexpr QLatin1String kDBusPath{"/org/freedesktop/DBus"};
inline constexpr QLatin1String kDBusInterface{"org.freedesktop.DBus"};

/// (iii): time in s, interval in s, probes.
struct KeepaliveTriple {
    int time = 0;
    int interval = 0;
    int probes = 0;
};

inline QDBusArgument& operator<<(QDBusArgument& argument, const KeepaliveTriple& triple) {
    argument.beginStructure();
    argument << triple.time << triple.interval << triple.probes;
    argument.endStructure();
    return argument;
}

inline const QDBusArgument& operator>>(const QDBusArgument& argument, KeepaliveTriple& triple) {
    argument.beginStructure();
    argument >> triple.time >> triple.interval >> triple.probes;
    argument.endStructure();
    return argument;
}

} // namespace halfopen

Q_DECLARE_METATYPE(halfopen::KeepaliveTriple)
