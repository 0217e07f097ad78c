// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bus/bus_types.h"

#include <cstdint>
#include <string>

namespace halfopen {
namespace {

// What QtDBus has in types of its own.

void write(QDBusArgument& argument, std::uint64_t number) {
    argument << qulonglong(number);
}

void write(QDBusArgument& argument, const std::string& text) {
    argument << fromStd(text);
}

void read(const QDBusArgument& argument, std::uint64_t& number) {
    number = qdbus_cast<qulonglong>(argument);
}

void read(const QDBusArgument& argument, std::string& text) {
    text = qdbus_cast<QString>(argument).toStdString();
}

/// Without a structure of their own: they stand among the members of another.
void write(QDBusArgument& argument, const BusOptions& options) {
    argument << options.keepalive << options.idle << options.interval << options.probes << options.userTimeout
             << options.synCount << options.linger2 << options.rtoMax;
}

void read(const QDBusArgument& argument, BusOptions& options) {
    argument >> options.keepalive >> options.idle >> options.interval >> options.probes >> options.userTimeout >>
        options.synCount >> options.linger2 >> options.rtoMax;
}

} // namespace

QDBusArgument& operator<<(QDBusArgument& argument, const KeepaliveTriple& triple) {
    argument.beginStructure();
    argument << triple.time << triple.interval << triple.probes;
    argument.endStructure();
    return argument;
}

const QDBusArgument& operator>>(const QDBusArgument& argument, KeepaliveTriple& triple) {
    argument.beginStructure();
    argument >> triple.time >> triple.interval >> triple.probes;
    argument.endStructure();
    return argument;
}

QDBusArgument& operator<<(QDBusArgument& argument, const BusOwner& owner) {
    argument.beginStructure();
    argument << owner.pid;
    write(argument, owner.name);
    argument.endStructure();
    return argument;
}

const QDBusArgument& operator>>(const QDBusArgument& argument, BusOwner& owner) {
    argument.beginStructure();
    argument >> owner.pid;
    read(argument, owner.name);
    argument.endStructure();
    return argument;
}

QDBusArgument& operator<<(QDBusArgument& argument, const BusReading& reading) {
    argument.beginStructure();
    write(argument, reading.cookie);
    write(argument, reading.options);
    argument << QList<BusOwner>(reading.owners.begin(), reading.owners.end());
    write(argument, reading.error);
    argument.endStructure();
    return argument;
}

const QDBusArgument& operator>>(const QDBusArgument& argument, BusReading& reading) {
    argument.beginStructure();
    read(argument, reading.cookie);
    read(argument, reading.options);
    const auto owners = qdbus_cast<QList<BusOwner>>(argument);
    reading.owners.assign(owners.begin(), owners.end());
    read(argument, reading.error);
    argument.endStructure();
    return argument;
}

QDBusArgument& operator<<(QDBusArgument& argument, const BusSetResult& result) {
    argument.beginStructure();
    write(argument, result.cookie);
    write(argument, result.options);
    write(argument, result.error);
    argument.endStructure();
    return argument;
}

const QDBusArgument& operator>>(const QDBusArgument& argument, BusSetResult& result) {
    argument.beginStructure();
    read(argument, result.cookie);
    read(argument, result.options);
    read(argument, result.error);
    argument.endStructure();
    return argument;
}

QDBusArgument& operator<<(QDBusArgument& argument, const BusCloseResult& result) {
    argument.beginStructure();
    write(argument, result.cookie);
    write(argument, result.error);
    argument.endStructure();
    return argument;
}

const QDBusArgument& operator>>(const QDBusArgument& argument, BusCloseResult& result) {
    argument.beginStructure();
    read(argument, result.cookie);
    read(argument, result.error);
    argument.endStructure();
    return argument;
}

QDBusArgument& operator<<(QDBusArgument& argument, const BusGuard& guard) {
    argument.beginStructure();
    write(argument, guard.unit);
    argument << guard.idle << guard.interval << guard.probes << guard.userTimeout;
    for (const std::uint64_t count : {guard.active, guard.passive, guard.asked, guard.failed})
        write(argument, count);
    argument.endStructure();
    return argument;
}

const QDBusArgument& operator>>(const QDBusArgument& argument, BusGuard& guard) {
    argument.beginStructure();
    read(argument, guard.unit);
    argument >> guard.idle >> guard.interval >> guard.probes >> guard.userTimeout;
    for (std::uint64_t* count : {&guard.active, &guard.passive, &guard.asked, &guard.failed})
        read(argument, *count);
    argument.endStructure();
    return argument;
}

void registerBusTypes() {
    qDBusRegisterMetaType<KeepaliveTriple>();
    qDBusRegisterMetaType<BusOwner>();
    qDBusRegisterMetaType<QList<BusOwner>>();
    qDBusRegisterMetaType<BusReading>();
    qDBusRegisterMetaType<QList<BusReading>>();
    qDBusRegisterMetaType<BusSetResult>();
    qDBusRegisterMetaType<QList<BusSetResult>>();
    qDBusRegisterMetaType<BusCloseResult>();
    qDBusRegisterMetaType<QList<BusCloseResult>>();
    qDBusRegisterMetaType<BusGuard>();
    qDBusRegisterMetaType<QList<BusGuard>>();
}

QString fromStd(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace halfopen
