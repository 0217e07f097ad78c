// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bus/bus_sockets.h"

#include "app/bus/bus_sentence.h"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

namespace halfopen {
namespace {

template <class T>
QString errorOf(const Outcome<T>& outcome) {
    return outcome ? QString() : toBusError(outcome.error());
}

template <class To, class From>
To clamped(From value) {
    using Limits = std::numeric_limits<To>;
    return static_cast<To>(std::clamp<qint64>(value, Limits::min(), Limits::max()));
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

QString toBusError(const PrivilegeError& error) {
    std::string_view name = busName(error.kind);
    if (name.empty())
        name = busName(PrivilegeErrorKind::WriteFailed);
    const QString text = fromStd(name) + QLatin1Char(' ') + fromStd(inEnglish(error));
    const QString parts = partsOf(error.sentence);
    return parts.isEmpty() ? text : text + QLatin1Char('\n') + parts;
}

PrivilegeError errorFrom(const QString& text) {
    const qsizetype blank = text.indexOf(QLatin1Char(' '));
    const auto kind = blank < 0 ? std::nullopt : kindOfBusName(text.left(blank).toStdString());
    const QString said = kind ? text.mid(blank + 1) : text;
    const qsizetype end = said.lastIndexOf(QLatin1Char('\n'));
    const QString parts = end < 0 ? QString() : said.mid(end + 1);
    return {kind.value_or(PrivilegeErrorKind::WriteFailed), sentenceFrom(said.left(end), parts), {}};
}

QString fromStd(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QDBusArgument& operator<<(QDBusArgument& argument, const BusOwner& owner) {
    argument.beginStructure();
    argument << owner.pid << owner.name;
    argument.endStructure();
    return argument;
}

const QDBusArgument& operator>>(const QDBusArgument& argument, BusOwner& owner) {
    argument.beginStructure();
    argument >> owner.pid >> owner.name;
    argument.endStructure();
    return argument;
}

QDBusArgument& operator<<(QDBusArgument& argument, const BusReading& reading) {
    argument.beginStructure();
    argument << reading.cookie;
    write(argument, reading.options);
    argument << reading.owners << reading.error;
    argument.endStructure();
    return argument;
}

const QDBusArgument& operator>>(const QDBusArgument& argument, BusReading& reading) {
    argument.beginStructure();
    argument >> reading.cookie;
    read(argument, reading.options);
    argument >> reading.owners >> reading.error;
    argument.endStructure();
    return argument;
}

QDBusArgument& operator<<(QDBusArgument& argument, const BusSetResult& result) {
    argument.beginStructure();
    argument << result.cookie;
    write(argument, result.options);
    argument << result.error;
    argument.endStructure();
    return argument;
}

const QDBusArgument& operator>>(const QDBusArgument& argument, BusSetResult& result) {
    argument.beginStructure();
    argument >> result.cookie;
    read(argument, result.options);
    argument >> result.error;
    argument.endStructure();
    return argument;
}

QDBusArgument& operator<<(QDBusArgument& argument, const BusCloseResult& result) {
    argument.beginStructure();
    argument << result.cookie << result.error;
    argument.endStructure();
    return argument;
}

const QDBusArgument& operator>>(const QDBusArgument& argument, BusCloseResult& result) {
    argument.beginStructure();
    argument >> result.cookie >> result.error;
    argument.endStructure();
    return argument;
}

void registerBusSocketTypes() {
    qDBusRegisterMetaType<BusOwner>();
    qDBusRegisterMetaType<QList<BusOwner>>();
    qDBusRegisterMetaType<BusReading>();
    qDBusRegisterMetaType<QList<BusReading>>();
    qDBusRegisterMetaType<BusSetResult>();
    qDBusRegisterMetaType<QList<BusSetResult>>();
    qDBusRegisterMetaType<BusCloseResult>();
    qDBusRegisterMetaType<QList<BusCloseResult>>();
}

BusOptions toBus(const KeepaliveOptions& options) {
    return {
        options.enabled == Switch::On ? 1 : 0, options.idleSeconds, options.intervalSeconds, options.probes,
        options.userTimeout.count(),           options.synCount,    options.lingerSeconds,   options.rtoMax.count()};
}

BusReading toBus(const SocketReading& reading) {
    BusReading received;
    received.cookie = reading.cookie;
    if (reading.options)
        received.options = toBus(*reading.options);
    for (const Owner& owner : reading.owners) { // ordered by pid
        const uint pid = clamped<uint>(owner.pid);
        if (received.owners.isEmpty() || received.owners.constLast().pid != pid)
            received.owners.append({pid, fromStd(owner.name)});
    }
    received.error = errorOf(reading.options);
    return received;
}

BusSetResult toBus(const SetResult& result) {
    return {result.cookie, result.outcome ? toBus(*result.outcome) : BusOptions(), errorOf(result.outcome)};
}

BusCloseResult toBus(const CloseResult& result) {
    return {result.cookie, errorOf(result.outcome)};
}

KeepaliveOptions fromBus(const BusOptions& received) {
    KeepaliveOptions options;
    options.enabled = received.keepalive != 0 ? Switch::On : Switch::Off;
    options.idleSeconds = received.idle;
    options.intervalSeconds = received.interval;
    options.probes = clamped<std::int16_t>(received.probes);
    options.userTimeout = Millis(received.userTimeout);
    options.synCount = clamped<std::uint8_t>(received.synCount);
    options.lingerSeconds = static_cast<std::int16_t>(std::clamp(received.linger2, -1, kMostLingerSeconds));
    options.rtoMax = Millis(received.rtoMax);
    options.enabledFrom = options.idleFrom = options.intervalFrom = Provenance::Exact;
    options.probesFrom = options.userTimeoutFrom = Provenance::Exact;
    return options;
}

SocketReading fromBus(const BusReading& received) {
    constexpr std::int32_t kNotTold = -1;
    SocketReading reading{received.cookie, fromBus(received.options), {}};
    for (const BusOwner& owner : received.owners)
        reading.owners.push_back({clamped<std::int32_t>(owner.pid), kNotTold, owner.name.toStdString()});
    if (!received.error.isEmpty())
        reading.options = tl::unexpected(errorFrom(received.error));
    return reading;
}

SetResult fromBus(const BusSetResult& received) {
    SetResult result{received.cookie, fromBus(received.options)};
    if (!received.error.isEmpty())
        result.outcome = tl::unexpected(errorFrom(received.error));
    return result;
}

CloseResult fromBus(const BusCloseResult& received) {
    CloseResult result{received.cookie, {}};
    if (!received.error.isEmpty())
        result.outcome = tl::unexpected(errorFrom(received.error));
    return result;
}

} // namespace halfopen
