// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/helper/box_words.h"

#include "app/bus/bus_netns.h"
#include "app/bus/bus_types.h"
#include "core/kernel/diag/netlink_source.h"

#include <algorithm>
#include <string>

namespace halfopen {
namespace {

QString describe(const KeepaliveOptions& options) {
    return QStringLiteral("%1 %2/%3/%4 ut%5 syn%6 l%7 rto%8")
        .arg(options.enabled == Switch::On ? QStringLiteral("on") : QStringLiteral("off"))
        .arg(options.idleSeconds)
        .arg(options.intervalSeconds)
        .arg(options.probes)
        .arg(options.userTimeout.count())
        .arg(options.synCount)
        .arg(options.lingerSeconds)
        .arg(options.rtoMax.count());
}

QString firstLine(const std::string& text) {
    return fromStd(text.substr(0, text.find('\n')));
}

} // namespace

QString describe(const KeepaliveDefaults& values) {
    return QStringLiteral("%1 %2 %3").arg(values.time).arg(values.interval).arg(values.probes);
}

QString describe(const SocketReading& reading) {
    QString text = QStringLiteral("[%1 ").arg(reading.cookie);
    text += reading.options ? describe(*reading.options)
                            : QStringLiteral("KIND %1").arg(static_cast<int>(reading.options.error().kind));
    for (const Owner& owner : reading.owners)
        text += QStringLiteral(" %1:%2").arg(QString::fromStdString(owner.name)).arg(owner.pid);
    return text + QLatin1Char(']');
}

QString describe(const SetResult& result) {
    return QStringLiteral("[%1 %2]")
        .arg(result.cookie)
        .arg(result.outcome ? describe(*result.outcome)
                            : QStringLiteral("KIND %1").arg(static_cast<int>(result.outcome.error().kind)));
}

QString describe(const CloseResult& result) {
    return QStringLiteral("[%1 %2]")
        .arg(result.cookie)
        .arg(result.outcome ? QStringLiteral("closed")
                            : QStringLiteral("KIND %1").arg(static_cast<int>(result.outcome.error().kind)));
}

QString describe(const GuardList& list) {
    QString text;
    for (const ListedGuard& one : list.rules)
        text += QStringLiteral("[%1 %2 %3%4]")
                    .arg(fromStd(guardedName(one.rule.unit)))
                    .arg(one.rule.idle)
                    .arg(one.kept ? QStringLiteral("kept") : QStringLiteral("until-reboot"),
                         one.counts ? QStringLiteral(" %1").arg(one.counts->active + one.counts->passive) : QString());
    return list.notInEffect ? text + fromStd(inEnglish(list.notInEffect->sentence)) : text;
}

QString describe(const NetnsOpened& opened) {
    struct Sink : ConnectionSink {
        void restart() override { cookies.clear(); }
        void add(const Connection& connection) override { cookies.push_back(connection.cookie); }
        std::vector<std::uint64_t> cookies;
    } sink;
    const auto source = NetlinkSource::open(opened.access);
    if (!source || !(*source)->sample({}, sink))
        return QStringLiteral("no sample");
    std::ranges::sort(sink.cookies); // the listener's is the first, as it asked for it first
    QString text = QStringLiteral("OK %1 %2 %3 %4")
                       .arg(opened.cookie)
                       .arg(opened.settings.keepaliveTime)
                       .arg(fromStd(toString(opened.access->tier())))
                       .arg(sink.cookies.size());
    for (const std::uint64_t cookie : sink.cookies)
        text += QStringLiteral(" %1").arg(cookie);
    return text;
}

QString textOf(const QVariant& value) {
    if (value.canConvert<QDBusVariant>())
        return value.value<QDBusVariant>().variant().toString();
    if (!value.canConvert<QDBusArgument>())
        return value.toString();
    const auto argument = value.value<QDBusArgument>();
    if (argument.currentSignature() == QLatin1String("a(tiiiiuiiua(us)s)")) {
        QString text;
        for (const BusReading& reading : qdbus_cast<QList<BusReading>>(argument))
            text += describe(fromBus(reading));
        return text;
    }
    if (argument.currentSignature() == QLatin1String("a(ts)")) {
        QString text;
        for (const BusCloseResult& result : qdbus_cast<QList<BusCloseResult>>(argument))
            text += QStringLiteral("[%1 %2]").arg(result.cookie).arg(firstLine(result.error));
        return text;
    }
    if (argument.currentSignature() == QLatin1String("a(tiiiiuiius)")) {
        QString text;
        for (const BusSetResult& result : qdbus_cast<QList<BusSetResult>>(argument))
            text += QStringLiteral("[%1 %2]")
                        .arg(result.cookie)
                        .arg(result.error.empty() ? describe(*fromBus(result).outcome) : firstLine(result.error));
        return text;
    }
    if (argument.currentSignature() == QLatin1String("a(tahs)")) {
        QString text;
        for (const BusOpenedNetns& opened : qdbus_cast<QList<BusOpenedNetns>>(argument))
            text += QStringLiteral("[%1 %2%3]").arg(opened.cookie).arg(opened.sockets.size()).arg(opened.error);
        return text;
    }
    if (argument.currentSignature() == QLatin1String("a(ta{si}s)")) {
        QString text;
        for (const BusSettings& settings : qdbus_cast<QList<BusSettings>>(argument)) {
            text += QStringLiteral("[%1 %2").arg(settings.cookie).arg(fromStd(settings.error));
            for (const auto& [name, number] : settings.values)
                text += QStringLiteral(" %1=%2").arg(fromStd(name)).arg(number);
            text += QLatin1Char(']');
        }
        return text;
    }
    if (argument.currentSignature() == QLatin1String("a(siiiutttt)")) {
        QString text;
        for (const BusGuard& guard : qdbus_cast<QList<BusGuard>>(argument))
            text += QStringLiteral("[%1 %2/%3/%4 ut%5 %6 %7 %8 %9]")
                        .arg(fromStd(guard.unit))
                        .arg(guard.idle)
                        .arg(guard.interval)
                        .arg(guard.probes)
                        .arg(guard.userTimeout)
                        .arg(guard.active)
                        .arg(guard.passive)
                        .arg(guard.asked)
                        .arg(guard.failed);
        return text;
    }
    const auto triple = qdbus_cast<KeepaliveTriple>(value);
    return QStringLiteral("%1 %2 %3").arg(triple.time).arg(triple.interval).arg(triple.probes);
}

} // namespace halfopen
