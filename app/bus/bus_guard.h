// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/bpf/guard_program.h"

#include <QDBusArgument>
#include <QDBusMetaType>
#include <QList>
#include <QString>

namespace halfopen {

/// (siiiutttt): unit ("*": every connection), idle_s, interval_s, probes, user_timeout_ms (of the last three 0: as the
/// system has it), and what the rule has done: guarded_active, guarded_passive, asked_themselves, failed.
struct BusGuard {
    QString unit;
    int idle = 0;
    int interval = 0;
    int probes = 0;
    uint userTimeout = 0;
    qulonglong active = 0;
    qulonglong passive = 0;
    qulonglong asked = 0;
    qulonglong failed = 0;
};

QDBusArgument& operator<<(QDBusArgument& argument, const BusGuard& guard);
const QDBusArgument& operator>>(const QDBusArgument& argument, BusGuard& guard);

/// Makes the types above known to QtDBus; cheap when repeated.
void registerBusGuardTypes();

BusGuard toBus(const GuardState& state);
GuardState fromBus(const BusGuard& guard);

} // namespace halfopen

Q_DECLARE_METATYPE(halfopen::BusGuard)
