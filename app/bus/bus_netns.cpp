// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bus/bus_netns.h"

#include "app/bus/bus_types.h"
#include "core/model/settings.h"

#include <cstdint>

namespace halfopen {
namespace {

// Both in one file of the kernel's.
const QString kLowestPort = QStringLiteral("ip_local_port_range.low");
const QString kHighestPort = QStringLiteral("ip_local_port_range.high");

} // namespace

QDBusArgument& operator<<(QDBusArgument& argument, const BusNetns& netns) {
    argument.beginStructure();
    argument << netns.cookie << netns.inode << netns.procInode;
    argument.endStructure();
    return argument;
}

const QDBusArgument& operator>>(const QDBusArgument& argument, BusNetns& netns) {
    argument.beginStructure();
    argument >> netns.cookie >> netns.inode >> netns.procInode;
    argument.endStructure();
    return argument;
}

QDBusArgument& operator<<(QDBusArgument& argument, const BusOpenedNetns& opened) {
    argument.beginStructure();
    argument << opened.cookie << opened.sockets << opened.error;
    argument.endStructure();
    return argument;
}

const QDBusArgument& operator>>(const QDBusArgument& argument, BusOpenedNetns& opened) {
    argument.beginStructure();
    argument >> opened.cookie >> opened.sockets >> opened.error;
    argument.endStructure();
    return argument;
}

QDBusArgument& operator<<(QDBusArgument& argument, const BusSettings& settings) {
    argument.beginStructure();
    argument << settings.cookie << settings.values << settings.error;
    argument.endStructure();
    return argument;
}

const QDBusArgument& operator>>(const QDBusArgument& argument, BusSettings& settings) {
    argument.beginStructure();
    argument >> settings.cookie >> settings.values >> settings.error;
    argument.endStructure();
    return argument;
}

void registerBusNetnsTypes() {
    qDBusRegisterMetaType<BusNetns>();
    qDBusRegisterMetaType<QList<BusNetns>>();
    qDBusRegisterMetaType<QList<QDBusUnixFileDescriptor>>();
    qDBusRegisterMetaType<BusOpenedNetns>();
    qDBusRegisterMetaType<QList<BusOpenedNetns>>();
    qDBusRegisterMetaType<QMap<QString, int>>();
    qDBusRegisterMetaType<BusSettings>();
    qDBusRegisterMetaType<QList<BusSettings>>();
}

QMap<QString, int> toBus(const TcpSysctls& sysctls) {
    QMap<QString, int> values;
    for (const SettingInfo& info : allSettings())
        if (isThere(sysctls, info.id) && !isUnread(sysctls, info.id))
            values.insert(fromStd(info.name), sysctls.*info.field);
    if (sysctls.localPortLow <= sysctls.localPortHigh) {
        values.insert(kLowestPort, sysctls.localPortLow);
        values.insert(kHighestPort, sysctls.localPortHigh);
    }
    return values;
}

TcpSysctls sysctlsFrom(const QMap<QString, int>& values) {
    TcpSysctls sysctls;
    for (const SettingInfo& info : allSettings()) {
        const auto found = values.constFind(fromStd(info.name));
        const bool known = found != values.constEnd();
        if (known)
            sysctls.*info.field = *found;
        if (info.optional)
            setThere(sysctls, info.id, known);
        else if (!known)
            sysctls.unread |= static_cast<std::uint16_t>(1U << static_cast<unsigned>(info.id));
    }
    if (values.contains(kLowestPort) && values.contains(kHighestPort)) {
        sysctls.localPortLow = static_cast<std::uint16_t>(values[kLowestPort]);
        sysctls.localPortHigh = static_cast<std::uint16_t>(values[kHighestPort]);
    }
    return sysctls;
}

} // namespace halfopen
