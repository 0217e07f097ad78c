// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/helper/admission.h"
#include "app/helper/authority.h"
#include "app/helper/change_log.h"
#include "core/privilege/direct_operations.h"
#include "core/privilege/direct_socket_operations.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QList>
#include <QMap>
#include <QObject>
#include <QSet>

#include <functional>
#include <map>

namespace halfopen {

/// Takes requests from the bus, and has each one counted, its caller known, polkit asked and the work done, in this
/// order: checked before the question, so that nobody is asked about nonsense, and again after it, which may be minutes
/// later. Whoever leaves the bus takes their requests along. Lives in the main thread; blocks only for the work itself.
class HelperService : public QObject {
    Q_OBJECT

public:
    /// @param operations  does the work, as `sockets` does; both must outlive the service
    HelperService(const QDBusConnection& bus, const DirectOperations& operations, const DirectSocketOperations& sockets,
                  QObject* parent = nullptr);

    /// The verbs of the bus. Each answers `message` later, once, by a reply or an error of the contract.
    void setKeepaliveDefaults(const KeepaliveChange& change, const QDBusMessage& message);
    void forgetKeepaliveDefaults(quint64 netns, const QDBusMessage& message);
    void inspectSockets(quint64 netns, const QList<qulonglong>& cookies, const QDBusMessage& message);
    void setSocketOptions(quint64 netns, quint64 cookie, const OptionsChange& change, const QDBusMessage& message);
    void closeConnections(quint64 netns, const QList<qulonglong>& cookies, const QDBusMessage& message);

    /// Answers a call with an error of the contract, for what is nonsense at first sight.
    void refuse(const QDBusMessage& message, const PrivilegeError& error);

    bool hasCallers() const { return !m_callers.isEmpty(); }
    bool hasRequests() const { return !m_requests.empty(); }

    /// Withdraws the open questions; for the end of the helper.
    void withdrawAll();

Q_SIGNALS:
    void callersChanged(); ///< one came or left the bus
    void requestFinished();

private Q_SLOTS:
    void onNameOwnerChanged(const QString& name, const QString& oldOwner, const QString& newOwner);

private:
    using Details = QMap<QString, QString>;
    /// What can be refused before anybody is asked, and else what polkit is told about the request.
    using Check = std::function<Outcome<Details>()>;
    using Work = std::function<Outcome<QVariantList>(const Caller&)>;

    /// A call that is not answered yet.
    struct Request {
        QDBusMessage message;
        Question question;
        Caller caller;
        Work work;
    };

    void submit(const QDBusMessage& message, const QString& action, const Check& check, Work work);
    void askWhoCalls(quint64 id);
    void askPolkit(quint64 id);
    void finish(quint64 id, const Outcome<void>& permission);
    void answer(const Request& request);
    void forget(quint64 id);

    QDBusConnection m_bus;
    const DirectOperations& m_operations;
    const DirectSocketOperations& m_sockets;
    Authority m_authority;
    Admission m_admission;
    SystemLog m_log;
    std::map<quint64, Request> m_requests;
    QSet<QString> m_callers; ///< unique names that called and are still on the bus
};

} // namespace halfopen
