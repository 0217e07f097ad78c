// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopen/desktop_notifier.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QStringList>
#include <QVariantMap>

#include <utility>

namespace halfopen {

namespace {

constexpr int kPatience = 5000; ///< ms; a server that has to be started first takes a while

/// Blocks till it is answered. @return whether it was taken
bool send(const WatchNotice& notice) {
    const auto service = QStringLiteral("org.freedesktop.Notifications");
    auto call = QDBusMessage::createMethodCall(service, QStringLiteral("/org/freedesktop/Notifications"), service,
                                               QStringLiteral("Notify"));
    const QVariantMap hints{{QStringLiteral("desktop-entry"), QStringLiteral("org.halfopen.Halfopen")},
                            {QStringLiteral("category"), QStringLiteral("network")}};
    // A server may take the body for markup, and names of programs come from outside.
    call << QStringLiteral("Halfopen") << 0U << QStringLiteral("org.halfopen.Halfopen") << notice.title
         << notice.text.toHtmlEscaped() << QStringList() << hints << -1;
    const auto answer = QDBusConnection::sessionBus().call(call, QDBus::Block, kPatience);
    return answer.type() == QDBusMessage::ReplyMessage;
}

} // namespace

void DesktopNotifier::show(const WatchNotice& notice, std::function<void(bool taken)> done) {
    m_background.run([notice, done = std::move(done)] {
        const bool taken = send(notice);
        return Background::Result([done, taken] { done(taken); });
    });
}

} // namespace halfopen
