// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/bus/bus_netns.h"
#include "app/bus/bus_types.h"

#include <QDBusAbstractAdaptor>
#include <QDBusMessage>
#include <QDBusUnixFileDescriptor>

namespace halfopen {

class HelperService;

/// The face of the service on the bus: exactly these fifteen methods and two properties, with typed arguments, and
/// nothing else.
class Helper1Adaptor : public QDBusAbstractAdaptor {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.halfopen.Helper1")
    Q_CLASSINFO(
        "D-Bus Introspection",
        "  <interface name=\"org.halfopen.Helper1\">\n"
        "    <method name=\"ListNamespaces\">\n"
        "      <arg name=\"namespaces\" type=\"a(ttt)\" direction=\"out\"/>\n"
        "      <annotation name=\"org.qtproject.QtDBus.QtTypeName.Out0\" "
        "value=\"QList&lt;halfopen::BusNetns&gt;\"/>\n"
        "    </method>\n"
        "    <method name=\"OpenNamespaces\">\n"
        "      <arg name=\"cookies\" type=\"at\" direction=\"in\"/>\n"
        "      <arg name=\"opened\" type=\"a(tahs)\" direction=\"out\"/>\n"
        "      <annotation name=\"org.qtproject.QtDBus.QtTypeName.Out0\" "
        "value=\"QList&lt;halfopen::BusOpenedNetns&gt;\"/>\n"
        "    </method>\n"
        "    <method name=\"ReadSettings\">\n"
        "      <arg name=\"cookies\" type=\"at\" direction=\"in\"/>\n"
        "      <arg name=\"settings\" type=\"a(ta{si}s)\" direction=\"out\"/>\n"
        "      <annotation name=\"org.qtproject.QtDBus.QtTypeName.Out0\" "
        "value=\"QList&lt;halfopen::BusSettings&gt;\"/>\n"
        "    </method>\n"
        "    <method name=\"SetKeepaliveDefaults\">\n"
        "      <arg name=\"netns\" type=\"t\" direction=\"in\"/>\n"
        "      <arg name=\"time_s\" type=\"i\" direction=\"in\"/>\n"
        "      <arg name=\"interval_s\" type=\"i\" direction=\"in\"/>\n"
        "      <arg name=\"probes\" type=\"i\" direction=\"in\"/>\n"
        "      <arg name=\"persist\" type=\"b\" direction=\"in\"/>\n"
        "      <arg name=\"in_effect\" type=\"(iii)\" direction=\"out\"/>\n"
        "      <annotation name=\"org.qtproject.QtDBus.QtTypeName.Out0\" value=\"halfopen::KeepaliveTriple\"/>\n"
        "    </method>\n"
        "    <method name=\"ForgetKeepaliveDefaults\">\n"
        "      <arg name=\"netns\" type=\"t\" direction=\"in\"/>\n"
        "    </method>\n"
        "    <method name=\"TryKeepaliveDefaults\">\n"
        "      <arg name=\"netns\" type=\"t\" direction=\"in\"/>\n"
        "      <arg name=\"time_s\" type=\"i\" direction=\"in\"/>\n"
        "      <arg name=\"interval_s\" type=\"i\" direction=\"in\"/>\n"
        "      <arg name=\"probes\" type=\"i\" direction=\"in\"/>\n"
        "      <arg name=\"trial_s\" type=\"u\" direction=\"in\"/>\n"
        "      <arg name=\"in_effect\" type=\"(iii)\" direction=\"out\"/>\n"
        "      <arg name=\"before\" type=\"(iii)\" direction=\"out\"/>\n"
        "      <arg name=\"trial\" type=\"t\" direction=\"out\"/>\n"
        "      <annotation name=\"org.qtproject.QtDBus.QtTypeName.Out0\" value=\"halfopen::KeepaliveTriple\"/>\n"
        "      <annotation name=\"org.qtproject.QtDBus.QtTypeName.Out1\" value=\"halfopen::KeepaliveTriple\"/>\n"
        "    </method>\n"
        "    <method name=\"KeepTrial\">\n"
        "      <arg name=\"trial\" type=\"t\" direction=\"in\"/>\n"
        "      <arg name=\"in_effect\" type=\"(iii)\" direction=\"out\"/>\n"
        "      <annotation name=\"org.qtproject.QtDBus.QtTypeName.Out0\" value=\"halfopen::KeepaliveTriple\"/>\n"
        "    </method>\n"
        "    <method name=\"TakeBackTrial\">\n"
        "      <arg name=\"trial\" type=\"t\" direction=\"in\"/>\n"
        "      <arg name=\"in_effect\" type=\"(iii)\" direction=\"out\"/>\n"
        "      <annotation name=\"org.qtproject.QtDBus.QtTypeName.Out0\" value=\"halfopen::KeepaliveTriple\"/>\n"
        "    </method>\n"
        "    <method name=\"InspectSockets\">\n"
        "      <arg name=\"netns\" type=\"t\" direction=\"in\"/>\n"
        "      <arg name=\"cookies\" type=\"at\" direction=\"in\"/>\n"
        "      <arg name=\"readings\" type=\"a(tiiiiuiiua(us)s)\" direction=\"out\"/>\n"
        "      <annotation name=\"org.qtproject.QtDBus.QtTypeName.Out0\" "
        "value=\"QList&lt;halfopen::BusReading&gt;\"/>\n"
        "    </method>\n"
        "    <method name=\"OpenExactSource\">\n"
        "      <arg name=\"sockets\" type=\"h\" direction=\"out\"/>\n"
        "      <arg name=\"owners\" type=\"h\" direction=\"out\"/>\n"
        "      <arg name=\"record_version\" type=\"u\" direction=\"out\"/>\n"
        "      <arg name=\"record_size\" type=\"u\" direction=\"out\"/>\n"
        "    </method>\n"
        "    <method name=\"SetSocketOptions\">\n"
        "      <arg name=\"netns\" type=\"t\" direction=\"in\"/>\n"
        "      <arg name=\"cookies\" type=\"at\" direction=\"in\"/>\n"
        "      <arg name=\"keepalive\" type=\"i\" direction=\"in\"/>\n"
        "      <arg name=\"idle_s\" type=\"i\" direction=\"in\"/>\n"
        "      <arg name=\"interval_s\" type=\"i\" direction=\"in\"/>\n"
        "      <arg name=\"probes\" type=\"i\" direction=\"in\"/>\n"
        "      <arg name=\"user_timeout_ms\" type=\"i\" direction=\"in\"/>\n"
        "      <arg name=\"results\" type=\"a(tiiiiuiius)\" direction=\"out\"/>\n"
        "      <annotation name=\"org.qtproject.QtDBus.QtTypeName.Out0\" "
        "value=\"QList&lt;halfopen::BusSetResult&gt;\"/>\n"
        "    </method>\n"
        "    <method name=\"CloseConnections\">\n"
        "      <arg name=\"netns\" type=\"t\" direction=\"in\"/>\n"
        "      <arg name=\"cookies\" type=\"at\" direction=\"in\"/>\n"
        "      <arg name=\"whole\" type=\"b\" direction=\"in\"/>\n"
        "      <arg name=\"results\" type=\"a(ts)\" direction=\"out\"/>\n"
        "      <annotation name=\"org.qtproject.QtDBus.QtTypeName.Out0\" "
        "value=\"QList&lt;halfopen::BusCloseResult&gt;\"/>\n"
        "    </method>\n"
        "    <method name=\"SetGuard\">\n"
        "      <arg name=\"unit\" type=\"s\" direction=\"in\"/>\n"
        "      <arg name=\"idle_s\" type=\"i\" direction=\"in\"/>\n"
        "      <arg name=\"interval_s\" type=\"i\" direction=\"in\"/>\n"
        "      <arg name=\"probes\" type=\"i\" direction=\"in\"/>\n"
        "      <arg name=\"user_timeout_ms\" type=\"u\" direction=\"in\"/>\n"
        "      <arg name=\"persist\" type=\"b\" direction=\"in\"/>\n"
        "    </method>\n"
        "    <method name=\"ForgetGuard\">\n"
        "      <arg name=\"unit\" type=\"s\" direction=\"in\"/>\n"
        "    </method>\n"
        "    <method name=\"ListGuards\">\n"
        "      <arg name=\"rules\" type=\"a(siiiutttt)\" direction=\"out\"/>\n"
        "      <annotation name=\"org.qtproject.QtDBus.QtTypeName.Out0\" "
        "value=\"QList&lt;halfopen::BusGuard&gt;\"/>\n"
        "    </method>\n"
        "    <property name=\"Version\" type=\"s\" access=\"read\">\n"
        "      <annotation name=\"org.freedesktop.DBus.Property.EmitsChangedSignal\" value=\"const\"/>\n"
        "    </property>\n"
        "    <property name=\"NetnsCookie\" type=\"t\" access=\"read\">\n"
        "      <annotation name=\"org.freedesktop.DBus.Property.EmitsChangedSignal\" value=\"const\"/>\n"
        "    </property>\n"
        "  </interface>\n")
    Q_PROPERTY(QString Version READ version CONSTANT)
    Q_PROPERTY(qulonglong NetnsCookie READ netnsCookie CONSTANT)

public:
    explicit Helper1Adaptor(HelperService& service);

    QString version() const;
    qulonglong netnsCookie() const; ///< of the network namespace that the helper lives in; 0: this kernel has none

public Q_SLOTS:
    // The replies are delayed, so the values returned here are never sent.
    QList<halfopen::BusNetns> ListNamespaces(const QDBusMessage& message);
    QList<halfopen::BusOpenedNetns> OpenNamespaces(const QList<qulonglong>& cookies, const QDBusMessage& message);
    QList<halfopen::BusSettings> ReadSettings(const QList<qulonglong>& cookies, const QDBusMessage& message);
    halfopen::KeepaliveTriple SetKeepaliveDefaults(qulonglong netns, int time_s, int interval_s, int probes,
                                                   bool persist, const QDBusMessage& message);
    void ForgetKeepaliveDefaults(qulonglong netns, const QDBusMessage& message);
    halfopen::KeepaliveTriple TryKeepaliveDefaults(qulonglong netns, int time_s, int interval_s, int probes,
                                                   uint trial_s, const QDBusMessage& message,
                                                   halfopen::KeepaliveTriple& before, qulonglong& trial);
    halfopen::KeepaliveTriple KeepTrial(qulonglong trial, const QDBusMessage& message);
    halfopen::KeepaliveTriple TakeBackTrial(qulonglong trial, const QDBusMessage& message);
    QList<halfopen::BusReading> InspectSockets(qulonglong netns, const QList<qulonglong>& cookies,
                                               const QDBusMessage& message);
    QDBusUnixFileDescriptor OpenExactSource(const QDBusMessage& message, QDBusUnixFileDescriptor& owners,
                                            uint& record_version, uint& record_size);
    QList<halfopen::BusSetResult> SetSocketOptions(qulonglong netns, const QList<qulonglong>& cookies, int keepalive,
                                                   int idle_s, int interval_s, int probes, int user_timeout_ms,
                                                   const QDBusMessage& message);
    QList<halfopen::BusCloseResult> CloseConnections(qulonglong netns, const QList<qulonglong>& cookies, bool whole,
                                                     const QDBusMessage& message);
    void SetGuard(const QString& unit, int idle_s, int interval_s, int probes, uint user_timeout_ms, bool persist,
                  const QDBusMessage& message);
    void ForgetGuard(const QString& unit, const QDBusMessage& message);
    QList<halfopen::BusGuard> ListGuards(const QDBusMessage& message);

private:
    HelperService& m_service;
};

} // namespace halfopen
