// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/bus/background.h"
#include "app/helper/admission.h"
#include "app/helper/authority.h"
#include "app/helper/change_log.h"
#include "app/helper/loader.h"
#include "app/helper/netns_by_cookie.h"
#include "app/helper/trial_holder.h"
#include "core/actions/direct_operations.h"
#include "core/actions/direct_socket_operations.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QHash>
#include <QList>
#include <QMap>
#include <QObject>
#include <QSet>

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace halfopen {

/// Takes requests from the bus. In this order each one is counted, its caller known, nonsense refused at first sight,
/// the sockets it means looked up, polkit asked, and the work done: checked before the question, so that nobody is
/// asked about nonsense, and again after it, which may be minutes later. Whoever leaves the bus takes their requests
/// along. A call that was refused leaves nothing but a mark against the limits of its user: it does not keep the helper
/// alive. Lives in the main thread; what the kernel may
/// hold up is done on another, so that others are answered meanwhile.
class HelperService : public QObject {
    Q_OBJECT

public:
    /// @param operations  does the work; outlives the service
    /// @param sockets     likewise, and to the end of the process; so with the opener and the loader
    HelperService(const QDBusConnection& bus, const DirectOperations& operations, const DirectSocketOperations& sockets,
                  const Opener& opener, const Loader& loader, const AdmissionLimits& limits);

    /// The cookie of the network namespace that the helper lives in; 0: this kernel has none.
    std::uint64_t netnsCookie() const { return m_netns.own(); }

    /// The verbs of the bus. Each answers `message` later, once, by a reply or an error of the contract. A network
    /// namespace is named by its cookie.
    void listNamespaces(const QDBusMessage& message);
    void openNamespaces(const QList<qulonglong>& cookies, const QDBusMessage& message);
    void readSettings(const QList<qulonglong>& cookies, const QDBusMessage& message);
    void setKeepaliveDefaults(const KeepaliveChange& change, const QDBusMessage& message);
    void forgetKeepaliveDefaults(quint64 netns, const QDBusMessage& message);
    void tryKeepaliveDefaults(const KeepaliveChange& change, std::chrono::seconds length, const QDBusMessage& message);
    void keepTrial(quint64 trial, const QDBusMessage& message);
    void takeBackTrial(quint64 trial, const QDBusMessage& message);
    void inspectSockets(quint64 netns, const QList<qulonglong>& cookies, const QDBusMessage& message);
    void openExactSource(const QDBusMessage& message);
    /// @param change  nullopt: the caller gave a switch that is none
    void setSocketOptions(quint64 netns, const QList<qulonglong>& cookies, const std::optional<OptionsChange>& change,
                          const QDBusMessage& message);
    /// @param whole  of MPTCP connections the program's own, with all subflows
    void closeConnections(quint64 netns, const QList<qulonglong>& cookies, bool whole, const QDBusMessage& message);
    /// A rule is named by its unit; "*": that of every connection.
    /// @param userTimeout  in ms, as the caller gave it
    void setGuard(const QString& unit, const GuardRule& values, quint32 userTimeout, bool persist,
                  const QDBusMessage& message);
    void forgetGuard(const QString& unit, const QDBusMessage& message);
    void listGuards(const QDBusMessage& message);

    /// Somebody was served and is still on the bus, values are on trial, or the kernel holds something up.
    bool isNeeded() const { return !m_served.isEmpty() || m_trial.isOn() || m_background.open() > 0; }
    bool isOnTrial() const { return m_trial.isOn(); }
    bool hasRequests() const { return !m_requests.empty(); }
    /// A dialog is open: polkit has not answered for a while.
    bool waitsForAPerson() const;

    /// Withdraws the open questions, and takes back what is on trial; for the end of the helper.
    void withdrawAll();

Q_SIGNALS:
    void needChanged();
    void requestFinished();

private Q_SLOTS:
    void onNameOwnerChanged(const QString& name, const QString& oldOwner, const QString& newOwner);

private:
    using Details = QMap<QString, QString>;

    /// What was done, and the lines about it for the log.
    struct Deed {
        Outcome<QVariantList> answer;
        std::vector<std::string> lines = {};
    };

    /// What a call is about. Each step may refuse it.
    struct Verb {
        QString action;                              ///< of polkit; empty: nobody is asked
        std::function<Outcome<void>()> checkAtSight; ///< costs nothing
        std::function<Outcome<Details>()> check;     ///< looks; what polkit is told about the request
        std::function<Outcome<QVariantList>(const Caller&)> work;
        /// In the place of `work`, where the kernel may hold it up: on another thread, and touching nothing of the
        /// service.
        std::function<Deed(const Caller&)> slowWork = {};
        QList<qulonglong> opens = {}; ///< namespaces whose settings the user may read from then on
        QList<qulonglong> reads = {}; ///< nobody is asked where the user was let into all of these
    };

    /// A call that is not answered yet.
    struct Request {
        QDBusMessage message;
        Caller caller;
        Verb verb;
        MonotonicTime asked{};            ///< when polkit was asked
        quint64 piece = 0;                ///< of the work in the background
        std::chrono::nanoseconds cost{0}; ///< of the checks
    };

    void setIn(const KeepaliveChange& change, const QDBusMessage& message);
    Outcome<void> checkOwn(std::uint64_t netns) const;
    bool mayWithoutQuestion(const Request& request) const;
    void submit(const QDBusMessage& message, Verb verb);
    void askWhoCalls(quint64 id);
    void onUser(quint64 id, uint uid);
    void askPolkit(quint64 id);
    void finish(quint64 id, const Outcome<void>& permission);
    void work(quint64 id);
    void workInBackground(quint64 id);
    void onDeed(quint64 id, const Deed& deed);
    void onHeldUp(quint64 id);
    void answer(quint64 id, const Outcome<QVariantList>& result);
    void forget(quint64 id);
    void refuse(const QDBusMessage& message, const PrivilegeError& error);

    QDBusConnection m_bus;
    const DirectOperations& m_operations;
    const Loader& m_loader;
    NetnsByCookie m_netns;
    Authority m_authority;
    Admission m_admission;
    SystemLog m_log;
    TrialHolder m_trial;
    Background m_background;
    std::map<quint64, Request> m_requests;
    QHash<uint, QSet<qulonglong>> m_opened; ///< by uid: namespaces that they were let into
    QSet<QString> m_served;                 ///< unique names whose calls were done, and that are still on the bus
};

} // namespace halfopen
