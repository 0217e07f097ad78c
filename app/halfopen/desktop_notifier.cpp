// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopen/desktop_notifier.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QStringList>
#include <QVariantMap>

namespace halfopen {

namespace {

void send(const WatchNotice& notice) {
    const auto service = QStringLiteral("org.freedesktop.Notifications");
    auto call = QDBusMessage::createMethodCall(service, QStringLiteral("/org/freedesktop/Notifications"), service,
                                               QStringLiteral("Notify"));
    const QVariantMap hints{{QStringLiteral("desktop-entry"), QStringLiteral("org.halfopen.Halfopen")},
                            {QStringLiteral("category"), QStringLiteral("network")}};
    // A server may take the body for markup, and names of programs come from outside.
    call << QStringLiteral("Halfopen") << 0U << QStringLiteral("org.halfopen.Halfopen") << notice.title
         << notice.text.toHtmlEscaped() << QStringList() << hints << -1;
    QDBusConnection::sessionBus().send(call);
}

} // namespace

void DesktopNotifier::show(const WatchNotice& notice) {
    m_background.run([notice] {
        send(notice);
        return Background::Result([] {});
    });
}

} // namespace halfopen
