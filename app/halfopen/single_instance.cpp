// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopen/single_instance.h"

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusMessage>

namespace halfopen {

namespace {

constexpr int kAnswerMs = 2000; ///< a window that hangs is not waited for

QString serviceName() {
    return QStringLiteral("org.halfopen.Halfopen");
}

QString objectPath() {
    return QStringLiteral("/org/halfopen/Halfopen");
}

} // namespace

bool SingleInstance::raiseOther() {
    auto bus = QDBusConnection::sessionBus();
    if (!bus.isConnected() || !bus.interface()->isServiceRegistered(serviceName()))
        return false;
    auto call = QDBusMessage::createMethodCall(
        serviceName(), objectPath(), QStringLiteral("org.freedesktop.Application"), QStringLiteral("Activate"));
    QVariantMap data;
    const auto token = qEnvironmentVariable("XDG_ACTIVATION_TOKEN");
    if (!token.isEmpty())
        data.insert(QStringLiteral("activation-token"), token);
    call << data;
    return bus.call(call, QDBus::Block, kAnswerMs).type() == QDBusMessage::ReplyMessage;
}

SingleInstance::SingleInstance(QWidget& window)
    : m_window(window) {
    auto bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.registerObject(objectPath(), this, QDBusConnection::ExportScriptableSlots);
    m_named = bus.registerService(serviceName());
}

SingleInstance::~SingleInstance() {
    if (m_named)
        QDBusConnection::sessionBus().unregisterService(serviceName());
}

void SingleInstance::Activate(const QVariantMap& platformData) {
    if (const auto token = platformData.value(QStringLiteral("activation-token")).toString(); !token.isEmpty())
        qputenv("XDG_ACTIVATION_TOKEN", token.toUtf8()); // what Qt hands on when it asks for the keys
    m_window.setWindowState(m_window.windowState() & ~Qt::WindowMinimized);
    m_window.show();
    m_window.raise();
    m_window.activateWindow();
}

} // namespace halfopen
