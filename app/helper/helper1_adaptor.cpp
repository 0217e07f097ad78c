// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/helper1_adaptor.h"

#include "app/helper/helper_service.h"
#include "core/privilege/direct_operations.h"

#include "halfopen_version.h"

#include <optional>

namespace halfopen {
namespace {

constexpr int kLeave = -1; ///< an option is not to be changed

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

qulonglong Helper1Adaptor::netnsInode() const {
    return ownNetnsInode();
}

KeepaliveTriple Helper1Adaptor::SetKeepaliveDefaults(qulonglong netns, int time_s, int interval_s, int probes,
                                                     bool persist, const QDBusMessage& message) {
    m_service.setKeepaliveDefaults({netns, {time_s, interval_s, probes}, persist}, message);
    return {};
}

void Helper1Adaptor::ForgetKeepaliveDefaults(qulonglong netns, const QDBusMessage& message) {
    m_service.forgetKeepaliveDefaults(netns, message);
}

QList<BusReading> Helper1Adaptor::InspectSockets(qulonglong netns, const QList<qulonglong>& cookies,
                                                 const QDBusMessage& message) {
    m_service.inspectSockets(netns, cookies, message);
    return {};
}

BusOptions Helper1Adaptor::SetSocketOptions(qulonglong netns, qulonglong cookie, int keepalive, int idle_s,
                                            int interval_s, int probes, int user_timeout_ms,
                                            const QDBusMessage& message) {
    OptionsChange change;
    if (keepalive != kLeave && keepalive != 0 && keepalive != 1) {
        message.setDelayedReply(true);
        m_service.refuse(message, {PrivilegeErrorKind::OutOfRange, "keepalive takes 0, 1, or -1 to leave it.", {}});
        return {};
    }
    if (keepalive != kLeave)
        change.enabled = keepalive == 1;
    change.idleSeconds = given(idle_s);
    change.intervalSeconds = given(interval_s);
    change.probes = given(probes);
    change.userTimeoutMs = given(user_timeout_ms);
    m_service.setSocketOptions(netns, cookie, change, message);
    return {};
}

QList<BusCloseResult> Helper1Adaptor::CloseConnections(qulonglong netns, const QList<qulonglong>& cookies,
                                                       const QDBusMessage& message) {
    m_service.closeConnections(netns, cookies, message);
    return {};
}

} // namespace halfopen
