// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/helper1_adaptor.h"

#include "app/helper/helper_service.h"
#include "core/actions/direct_operations.h"

#include "halfopen_version.h"

#include <optional>

namespace halfopen {
namespace {

std::optional<std::int32_t> given(int value) {
    return value == kLeave ? std::nullopt : std::optional<std::int32_t>(value);
}

} // namespace

Helper1Adaptor::Helper1Adaptor(HelperService& service)
    : QDBusAbstractAdaptor(&service)
    , m_service(service) {}

QString Helper1Adaptor::version() const {
    return QString::fromLatin1(kVersion);
}

qulonglong Helper1Adaptor::netnsCookie() const {
    return m_service.netnsCookie();
}

QList<BusNetns> Helper1Adaptor::ListNamespaces(const QDBusMessage& message) {
    m_service.listNamespaces(message);
    return {};
}

QList<BusOpenedNetns> Helper1Adaptor::OpenNamespaces(const QList<qulonglong>& cookies, const QDBusMessage& message) {
    m_service.openNamespaces(cookies, message);
    return {};
}

QList<BusSettings> Helper1Adaptor::ReadSettings(const QList<qulonglong>& cookies, const QDBusMessage& message) {
    m_service.readSettings(cookies, message);
    return {};
}

KeepaliveTriple Helper1Adaptor::SetKeepaliveDefaults(qulonglong netns, int time_s, int interval_s, int probes,
                                                     bool persist, const QDBusMessage& message) {
    m_service.setKeepaliveDefaults({netns, {time_s, interval_s, probes}, persist}, message);
    return {};
}

void Helper1Adaptor::ForgetKeepaliveDefaults(qulonglong netns, const QDBusMessage& message) {
    m_service.forgetKeepaliveDefaults(netns, message);
}

KeepaliveTriple Helper1Adaptor::TryKeepaliveDefaults(qulonglong netns, int time_s, int interval_s, int probes,
                                                     uint trial_s, const QDBusMessage& message, KeepaliveTriple&,
                                                     qulonglong&) {
    m_service.tryKeepaliveDefaults({netns, {time_s, interval_s, probes}, false}, std::chrono::seconds(trial_s),
                                   message);
    return {};
}

KeepaliveTriple Helper1Adaptor::KeepTrial(qulonglong trial, const QDBusMessage& message) {
    m_service.keepTrial(trial, message);
    return {};
}

KeepaliveTriple Helper1Adaptor::TakeBackTrial(qulonglong trial, const QDBusMessage& message) {
    m_service.takeBackTrial(trial, message);
    return {};
}

QList<BusReading> Helper1Adaptor::InspectSockets(qulonglong netns, const QList<qulonglong>& cookies,
                                                 const QDBusMessage& message) {
    m_service.inspectSockets(netns, cookies, message);
    return {};
}

QDBusUnixFileDescriptor Helper1Adaptor::OpenExactSource(const QDBusMessage& message, QDBusUnixFileDescriptor&, uint&,
                                                        uint&) {
    m_service.openExactSource(message);
    return {};
}

QList<BusSetResult> Helper1Adaptor::SetSocketOptions(qulonglong netns, const QList<qulonglong>& cookies, int keepalive,
                                                     int idle_s, int interval_s, int probes, int user_timeout_ms,
                                                     const QDBusMessage& message) {
    OptionsChange change{
        .idleSeconds = given(idle_s),
        .intervalSeconds = given(interval_s),
        .probes = given(probes),
        .userTimeoutMs = given(user_timeout_ms),
    };
    const bool isSwitch = keepalive == kLeave || keepalive == 0 || keepalive == 1;
    if (isSwitch && keepalive != kLeave)
        change.enabled = keepalive == 1;
    m_service.setSocketOptions(netns, cookies, isSwitch ? std::optional(change) : std::nullopt, message);
    return {};
}

QList<BusCloseResult> Helper1Adaptor::CloseConnections(qulonglong netns, const QList<qulonglong>& cookies, bool whole,
                                                       const QDBusMessage& message) {
    m_service.closeConnections(netns, cookies, whole, message);
    return {};
}

void Helper1Adaptor::SetGuard(const QString& unit, int idle_s, int interval_s, int probes, uint user_timeout_ms,
                              bool persist, const QDBusMessage& message) {
    m_service.setGuard(unit, {{}, idle_s, interval_s, probes, 0}, user_timeout_ms, persist, message);
}

void Helper1Adaptor::ForgetGuard(const QString& unit, const QDBusMessage& message) {
    m_service.forgetGuard(unit, message);
}

QList<BusGuard> Helper1Adaptor::ListGuards(const QDBusMessage& message) {
    m_service.listGuards(message);
    return {};
}

} // namespace halfopen
