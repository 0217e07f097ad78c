// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bus/bus_netns.h"

#include "app/bus/bus_types.h"

#include <QMap>

namespace halfopen {
namespace {

std::uint64_t readNumber(const QDBusArgument& argument) {
    return qdbus_cast<qulonglong>(argument);
}

} // namespace

QDBusArgument& operator<<(QDBusArgument& argument, const BusNetns& netns) {
    argument.beginStructure();
    argument << qulonglong(netns.cookie) << qulonglong(netns.inode) << qulonglong(netns.procInode);
    argument.endStructure();
    return argument;
}

const QDBusArgument& operator>>(const QDBusArgument& argument, BusNetns& netns) {
    argument.beginStructure();
    netns.cookie = readNumber(argument);
    netns.inode = readNumber(argument);
    netns.procInode = readNumber(argument);
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
    QMap<QString, int> values;
    for (const auto& [name, value] : settings.values)
        values.insert(fromStd(name), value);
    argument.beginStructure();
    argument << qulonglong(settings.cookie) << values << fromStd(settings.error);
    argument.endStructure();
    return argument;
}

const QDBusArgument& operator>>(const QDBusArgument& argument, BusSettings& settings) {
    argument.beginStructure();
    settings.cookie = readNumber(argument);
    const auto values = qdbus_cast<QMap<QString, int>>(argument);
    settings.error = qdbus_cast<QString>(argument).toStdString();
    argument.endStructure();
    settings.values.clear();
    for (auto one = values.begin(); one != values.end(); ++one)
        settings.values.emplace(one.key().toStdString(), one.value());
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

} // namespace halfopen
