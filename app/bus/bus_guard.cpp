// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bus/bus_guard.h"

#include "app/bus/bus_sockets.h"

#include <algorithm>
#include <cstdint>

namespace halfopen {

QDBusArgument& operator<<(QDBusArgument& argument, const BusGuard& guard) {
    argument.beginStructure();
    argument << guard.unit << guard.idle << guard.interval << guard.probes << guard.userTimeout << guard.active
             << guard.passive << guard.asked << guard.failed;
    argument.endStructure();
    return argument;
}

const QDBusArgument& operator>>(const QDBusArgument& argument, BusGuard& guard) {
    argument.beginStructure();
    argument >> guard.unit >> guard.idle >> guard.interval >> guard.probes >> guard.userTimeout >> guard.active >>
        guard.passive >> guard.asked >> guard.failed;
    argument.endStructure();
    return argument;
}

void registerBusGuardTypes() {
    qDBusRegisterMetaType<BusGuard>();
    qDBusRegisterMetaType<QList<BusGuard>>();
}

BusGuard toBus(const GuardState& state) {
    const GuardRule& rule = state.rule;
    const GuardCounts& counts = state.counts;
    return {fromStd(guardedName(rule.unit)),
            rule.idle,
            rule.interval,
            rule.probes,
            static_cast<uint>(rule.userTimeout),
            counts.active,
            counts.passive,
            counts.asked,
            counts.failed};
}

GuardState fromBus(const BusGuard& guard) {
    const auto userTimeout = static_cast<std::int32_t>(std::min<uint>(guard.userTimeout, INT32_MAX));
    return {{unitCalled(guard.unit.toStdString()).value_or(""), guard.idle, guard.interval, guard.probes, userTimeout},
            {guard.active, guard.passive, guard.asked, guard.failed}};
}

} // namespace halfopen
