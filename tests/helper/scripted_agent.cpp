// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/helper/scripted_agent.h"

#include <QDBusMetaType>
#include <QFile>
#include <QProcess>

#include <pwd.h>
#include <unistd.h>

#include <memory>
#include <utility>

namespace halfopen {

QDBusArgument& operator<<(QDBusArgument& argument, const Identity& identity) {
    argument.beginStructure();
    argument << identity.kind << identity.details;
    argument.endStructure();
    return argument;
}

const QDBusArgument& operator>>(const QDBusArgument& argument, Identity& identity) {
    argument.beginStructure();
    argument >> identity.kind >> identity.details;
    argument.endStructure();
    return argument;
}

namespace {

constexpr const char* kPath = "/org/halfopen/Test/Agent";

/// Field 22 of /proc/PID/stat, proc(5): in clock ticks since boot.
quint64 startTime(qint64 pid) {
    QFile file(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray line = file.readAll();
    return line.mid(line.lastIndexOf(')') + 2).split(' ').value(19).toULongLong();
}

QString userName(quint32 uid) {
    const passwd* entry = ::getpwuid(uid);
    return entry == nullptr ? QString() : QString::fromLocal8Bit(entry->pw_name);
}

} // namespace

ScriptedAgent::ScriptedAgent(QString mode, Tell tell)
    : m_bus(QDBusConnection::connectToBus(QDBusConnection::SystemBus, QStringLiteral("agent")))
    , m_mode(std::move(mode))
    , m_tell(std::move(tell)) {
    qDBusRegisterMetaType<QMap<QString, QString>>();
    qDBusRegisterMetaType<Identity>();
    qDBusRegisterMetaType<QList<Identity>>();
}

QString ScriptedAgent::registerFor(qint64 pid, const QString& locale) {
    m_bus.registerObject(QString::fromLatin1(kPath), this, QDBusConnection::ExportAllSlots);
    const Identity subject{
        QStringLiteral("unix-process"),
        {{QStringLiteral("pid"), static_cast<quint32>(pid)}, {QStringLiteral("start-time"), startTime(pid)}}};
    QDBusMessage call = QDBusMessage::createMethodCall(
        QStringLiteral("org.freedesktop.PolicyKit1"), QStringLiteral("/org/freedesktop/PolicyKit1/Authority"),
        QStringLiteral("org.freedesktop.PolicyKit1.Authority"), QStringLiteral("RegisterAuthenticationAgent"));
    call << QVariant::fromValue(subject) << locale << QString::fromLatin1(kPath);
    return m_bus.call(call).errorMessage();
}

void ScriptedAgent::BeginAuthentication(const QString& action, const QString& message, const QString&,
                                        const QMap<QString, QString>& details, const QString& cookie,
                                        const QList<Identity>& identities, const QDBusMessage& call) {
    call.setDelayedReply(true);
    QStringList words;
    for (auto detail = details.begin(); detail != details.end(); ++detail)
        words << detail.key() + QStringLiteral("=") + detail.value();
    m_tell(QStringLiteral("BEGIN %1 | %2 | %3").arg(action, message, words.join(QStringLiteral("; "))));
    Dialog dialog{cookie, 0, call};
    for (const Identity& identity : identities)
        if (identity.kind == QLatin1String("unix-user"))
            dialog.uid = identity.details.value(QStringLiteral("uid")).toUInt();
    act(dialog, m_mode);
}

void ScriptedAgent::CancelAuthentication(const QString& cookie) {
    m_tell(QStringLiteral("CANCEL"));
    std::erase_if(m_hanging, [&](const Dialog& dialog) { return dialog.cookie == cookie; });
}

void ScriptedAgent::answer(const QString& mode) {
    for (const Dialog& dialog : std::exchange(m_hanging, {}))
        act(dialog, mode);
}

void ScriptedAgent::act(const Dialog& dialog, const QString& mode) {
    if (mode.startsWith(QLatin1String("password ")))
        typePassword(dialog, mode.mid(9));
    else if (mode == QLatin1String("cancel"))
        refuse(dialog, QStringLiteral("org.freedesktop.PolicyKit1.Error.Cancelled"));
    else if (mode == QLatin1String("fail"))
        refuse(dialog, QStringLiteral("org.freedesktop.PolicyKit1.Error.Failed"));
    else if (mode == QLatin1String("empty"))
        m_bus.send(dialog.call.createReply());
    else if (mode == QLatin1String("die"))
        ::_exit(0);
    else
        m_hanging.push_back(dialog);
}

void ScriptedAgent::typePassword(const Dialog& dialog, const QString& password) {
    auto* helper = new QProcess(this);
    connect(helper, &QProcess::readyReadStandardOutput, this, [helper, password] {
        while (helper->canReadLine())
            if (helper->readLine().startsWith("PAM_PROMPT_ECHO_OFF"))
                helper->write(password.toUtf8() + '\n');
    });
    connect(helper, &QProcess::finished, this, [this, helper, dialog](int status) {
        m_tell(QStringLiteral("END %1").arg(status));
        m_bus.send(dialog.call.createReply());
        helper->deleteLater();
    });
    helper->start(QStringLiteral("/usr/lib/polkit-1/polkit-agent-helper-1"), {userName(dialog.uid)});
    helper->write(dialog.cookie.toUtf8() + '\n');
}

void ScriptedAgent::refuse(const Dialog& dialog, const QString& error) {
    m_bus.send(dialog.call.createErrorReply(error, QStringLiteral("as the script says")));
}

} // namespace halfopen
