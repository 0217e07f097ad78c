// SPDX-License-Identifier: GPL-3.0-or-later
// The verbs on the rules of the guard of BusOperations.
#include "app/bus/bus_operations.h"
#include "app/bus/bus_types.h"
#include "core/actions/guard_file.h"

#include <QList>

#include <utility>
#include <vector>

namespace halfopen {
namespace {

Outcome<std::vector<GuardState>> statesOf(const QDBusMessage& reply) {
    if (reply.signature() != QLatin1String("a(siiiutttt)"))
        return otherVersion();
    std::vector<GuardState> states;
    for (const BusGuard& one : qdbus_cast<QList<BusGuard>>(reply.arguments().constFirst()))
        states.push_back(fromBus(one));
    return states;
}

} // namespace

RequestToken BusOperations::setGuard(const GuardRule& rule, bool persist, GuardOperations::Done<void> done) {
    BusCall call;
    call.method = QStringLiteral("SetGuard");
    call.arguments = {fromStd(guardedName(rule.unit)),
                      rule.idle,
                      rule.interval,
                      rule.probes,
                      QVariant::fromValue<uint>(static_cast<uint>(rule.userTimeout)),
                      persist};
    call.command = commandToGuard(rule, persist);
    call.interactive = m_interactive;
    if (auto checked = checkRule(rule); !checked)
        call.refused = toPrivilegeError(checked.error());
    call.answered = [done = std::move(done)](const Outcome<QDBusMessage>& reply) {
        done(reply.map([](const QDBusMessage&) {}));
    };
    return enqueue(std::move(call));
}

RequestToken BusOperations::forgetGuard(const std::string& unit, GuardOperations::Done<void> done) {
    BusCall call;
    call.method = QStringLiteral("ForgetGuard");
    call.arguments = {fromStd(guardedName(unit))};
    call.command = commandToForgetGuard(unit);
    call.interactive = m_interactive;
    call.answered = [done = std::move(done)](const Outcome<QDBusMessage>& reply) {
        done(reply.map([](const QDBusMessage&) {}));
    };
    return enqueue(std::move(call));
}

RequestToken BusOperations::listGuards(GuardOperations::Done<GuardList> done) {
    BusCall call;
    call.method = QStringLiteral("ListGuards");
    call.answered = [done = std::move(done)](const Outcome<QDBusMessage>& reply) {
        auto kept = readGuardFile().map_error(toPrivilegeError);
        if (!kept)
            return done(tl::unexpected(kept.error()));
        done(listedGuards(std::move(*kept), reply.and_then(statesOf).map_error(toError)));
    };
    return enqueue(std::move(call));
}

} // namespace halfopen
