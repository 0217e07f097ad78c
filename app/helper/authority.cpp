// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/authority.h"

#include "app/bus/bus_names.h"

#include <QDBusArgument>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QVariantMap>

#include <limits>
#include <utility>

namespace halfopen {
namespace {

/// (sa{sv})
struct Subject {
    QString kind;
    QVariantMap details;
};

/// (bba{ss})
struct Decision {
    bool authorized = false;
    bool challenge = false;
    QMap<QString, QString> details;
};

QDBusArgument& operator<<(QDBusArgument& argument, const Subject& subject) {
    argument.beginStructure();
    argument << subject.kind << subject.details;
    argument.endStructure();
    return argument;
}

const QDBusArgument& operator>>(const QDBusArgument& argument, Subject& subject) {
    argument.beginStructure();
    argument >> subject.kind >> subject.details;
    argument.endStructure();
    return argument;
}

QDBusArgument& operator<<(QDBusArgument& argument, const Decision& decision) {
    argument.beginStructure();
    argument << decision.authorized << decision.challenge << decision.details;
    argument.endStructure();
    return argument;
}

const QDBusArgument& operator>>(const QDBusArgument& argument, Decision& decision) {
    argument.beginStructure();
    argument >> decision.authorized >> decision.challenge >> decision.details;
    argument.endStructure();
    return argument;
}

QString cancellationId(quint64 id) {
    return QStringLiteral("halfopen-%1").arg(id);
}

QDBusMessage authorityCall(const QString& method) {
    return QDBusMessage::createMethodCall(kPolkitService, QStringLiteral("/org/freedesktop/PolicyKit1/Authority"),
                                          QStringLiteral("org.freedesktop.PolicyKit1.Authority"), method);
}

Outcome<void> outcomeOf(const Decision& decision) {
    if (decision.authorized)
        return {};
    if (decision.challenge)
        return refusal(PrivilegeErrorKind::InteractionRequired,
                       Sentence::tr("This needs an administrator's authentication."));
    if (decision.details.contains(QStringLiteral("polkit.dismissed")))
        return refusal(PrivilegeErrorKind::Dismissed, Sentence::tr("The authentication dialog was dismissed."));
    return refusal(PrivilegeErrorKind::NotAuthorized,
                   Sentence::tr("The policy of this machine does not allow it, or the authentication failed."));
}

} // namespace
} // namespace halfopen

Q_DECLARE_METATYPE(halfopen::Subject)
Q_DECLARE_METATYPE(halfopen::Decision)

namespace halfopen {

Authority::Authority(const QDBusConnection& bus, QObject* parent)
    : QObject(parent)
    , m_bus(bus) {
    qDBusRegisterMetaType<QMap<QString, QString>>();
    qDBusRegisterMetaType<Subject>();
    qDBusRegisterMetaType<Decision>();
}

void Authority::ask(quint64 id, const Question& question, Answer answer) {
    const Subject subject{QStringLiteral("system-bus-name"), {{QStringLiteral("name"), question.caller}}};
    const quint32 allowInteraction = question.interactive ? 1 : 0;
    QDBusMessage call = authorityCall(QStringLiteral("CheckAuthorization"));
    call << QVariant::fromValue(subject) << question.action << QVariant::fromValue(question.details) << allowInteraction
         << cancellationId(id);
    // A dialog may stay open for as long as its person wants.
    auto* watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(call, std::numeric_limits<int>::max()), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this,
            [answer = std::move(answer)](QDBusPendingCallWatcher* done) {
                done->deleteLater();
                const QDBusPendingReply<Decision> reply = *done;
                if (reply.isError())
                    answer(refusal(PrivilegeErrorKind::NoAuthority,
                                   Sentence::tr("polkit did not answer: it is not installed, not running, or does not "
                                                "know Halfopen's actions.")));
                else
                    answer(outcomeOf(reply.value()));
            });
}

void Authority::withdraw(quint64 id) {
    QDBusMessage call = authorityCall(QStringLiteral("CancelCheckAuthorization"));
    call << cancellationId(id);
    m_bus.send(call);
}

} // namespace halfopen
