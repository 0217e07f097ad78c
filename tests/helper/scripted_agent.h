// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QMap>
#include <QObject>
#include <QString>
#include <QStringList>

#include <functional>
#include <vector>

namespace halfopen {

/// (sa{sv}): a user or group that may authenticate.
struct Identity {
    QString kind;
    QVariantMap details;
};

QDBusArgument& operator<<(QDBusArgument& argument, const Identity& identity);
const QDBusArgument& operator>>(const QDBusArgument& argument, Identity& identity);

/// A polkit authentication agent that shows no dialog but does what its script says, and tells what it was asked.
class ScriptedAgent : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.PolicyKit1.AuthenticationAgent")

public:
    using Tell = std::function<void(const QString& line)>;

    /// @param mode  "password WORD", "cancel", "fail", "empty", "die", or "hang" (until answer() is called)
    ScriptedAgent(QString mode, Tell tell);

    /// Registers for the process `pid`. Empty if that worked, else the error.
    /// @param locale  the language of the messages it wants
    QString registerFor(qint64 pid, const QString& locale);

    /// Answers everything that hangs as `mode` says.
    void answer(const QString& mode);

public Q_SLOTS:
    void BeginAuthentication(const QString& action, const QString& message, const QString& icon,
                             const QMap<QString, QString>& details, const QString& cookie,
                             const QList<halfopen::Identity>& identities, const QDBusMessage& call);
    void CancelAuthentication(const QString& cookie);

private:
    struct Dialog {
        QString cookie;
        quint32 uid = 0;
        QDBusMessage call;
    };

    void act(const Dialog& dialog, const QString& mode);
    void typePassword(const Dialog& dialog, const QString& password);
    void refuse(const Dialog& dialog, const QString& error);

    QDBusConnection m_bus;
    QString m_mode;
    Tell m_tell;
    std::vector<Dialog> m_hanging;
};

} // namespace halfopen

Q_DECLARE_METATYPE(halfopen::Identity)
