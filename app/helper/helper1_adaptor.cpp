// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/helper1_adaptor.h"

#include "app/helper/helper_service.h"
#include "core/privilege/direct_operations.h"

#include "halfopen_version.h"

namespace halfopen {

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

} // namespace halfopen
