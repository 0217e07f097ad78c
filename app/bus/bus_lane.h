// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/bus/background.h"
#include "core/actions/request.h"
#include "core/model/privilege_error.h"

#include <QDBusMessage>
#include <QObject>
#include <QString>
#include <QVariantList>

#include <deque>
#include <functional>
#include <optional>

class QDBusPendingCallWatcher;

namespace halfopen {

/// A call to the helper.
struct BusCall {
    using Answered = std::function<void(const Outcome<QDBusMessage>&)>;

    RequestToken token = 0;
    QString method;
    QVariantList arguments;
    std::string command; ///< does the same with sudo; empty where there is none
    Answered answered;
    bool interactive = false;              ///< a dialog may be opened
    std::optional<PrivilegeError> refused; ///< known before the helper is asked
    bool retried = false;
};

/// One call to the helper after the other, over a connection to the bus of its own: leaving it is how a call is
/// withdrawn, since the helper then closes its dialog, and must not take anything else along. Waits without a timeout,
/// since a dialog may stay open (a call that merely times out would leave it open, and its "OK" would still count).
/// Needs a QCoreApplication and its event loop; lives in one thread.
class BusLane : public QObject {
    Q_OBJECT

public:
    explicit BusLane(QObject* parent = nullptr)
        : QObject(parent) {}
    ~BusLane() override; ///< leaves the bus; what is unanswered stays so

    /// Answered from the event loop, also where it fails at once: never before this has returned.
    void enqueue(BusCall call);
    /// Answers this call with Dismissed, unless it is not here (any more).
    void cancel(RequestToken token);

    /// Gives the connection away by its name for QDBusConnection: somebody else must leave it then. The next call makes
    /// a new one.
    QString takeConnection();

private:
    void startNext();
    void onFinished(QDBusPendingCallWatcher* watcher);
    void answerFirst(const Outcome<QDBusMessage>& outcome);
    void connectInBackground();
    void onConnected(const QString& name, bool connected);
    QString newName();
    void leaveBus();

    QString m_connectionName;  ///< empty while not on the bus
    bool m_connecting = false; ///< on another thread: a bus may be slow to answer, or silent
    unsigned m_connections = 0;
    std::deque<BusCall> m_calls; ///< the first one is under way if m_watcher is set
    QDBusPendingCallWatcher* m_watcher = nullptr;
    Background m_background;
};

} // namespace halfopen
