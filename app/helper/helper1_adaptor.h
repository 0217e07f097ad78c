// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/bus/bus_names.h"

#include <QDBusAbstractAdaptor>
#include <QDBusMessage>

namespace halfopen {

class HelperService;

/// The face of the service on the bus: exactly these two methods and two properties, with typed arguments, and nothing
/// else.
class Helper1Adaptor : public QDBusAbstractAdaptor {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.halfopen.Helper1")
    Q_CLASSINFO(
        "D-Bus Introspection",
        "  <interface name=\"org.halfopen.Helper1\">\n"
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
        "    <property name=\"Version\" type=\"s\" access=\"read\">\n"
        "      <annotation name=\"org.freedesktop.DBus.Property.EmitsChangedSignal\" value=\"const\"/>\n"
        "    </property>\n"
        "    <property name=\"NetnsInode\" type=\"t\" access=\"read\">\n"
        "      <annotation name=\"org.freedesktop.DBus.Property.EmitsChangedSignal\" value=\"const\"/>\n"
        "    </property>\n"
        "  </interface>\n")
    Q_PROPERTY(QString Version READ version CONSTANT)
    Q_PROPERTY(qulonglong NetnsInode READ netnsInode CONSTANT)

public:
    explicit Helper1Adaptor(HelperService& service);

    QString version() const;
    qulonglong netnsInode() const; ///< of the network namespace whose values the helper changes

public Q_SLOTS:
    // The replies are delayed, so the values returned here are never sent.
    halfopen::KeepaliveTriple SetKeepaliveDefaults(qulonglong netns, int time_s, int interval_s, int probes,
                                                   bool persist, const QDBusMessage& message);
    void ForgetKeepaliveDefaults(qulonglong netns, const QDBusMessage& message);

private:
    HelperService& m_service;
};

} // namespace halfopen
