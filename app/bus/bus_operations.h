// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/bus/bus_errors.h"
#include "core/privilege/operations.h"
#include "core/privilege/socket_operations.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QObject>
#include <QString>
#include <QVariantList>

#include <deque>
#include <functional>
#include <memory>
#include <optional>

class QDBusPendingCallWatcher;

namespace halfopen {

/// Asks the helper on the system bus. One call at a time, because two calls would open two dialogs at once; the next
/// one starts when the one before is answered. Waits without a timeout, since a dialog may stay open; cancel() leaves
/// the bus, which closes the dialog (a call that merely times out would leave it open, and its "OK" would still count).
/// Needs a QCoreApplication and its event loop; lives in one thread.
class BusOperations final : public QObject, public Operations, public SocketOperations {
    Q_OBJECT

public:
    /// @param interactive  allow a dialog; without, a needed one is answered with InteractionRequired
    explicit BusOperations(bool interactive = true, QObject* parent = nullptr);
    ~BusOperations() override; ///< leaves the bus; what is unanswered stays so

    void setKeepaliveDefaults(const KeepaliveChange& change, Operations::Done<KeepaliveDefaults> done) override;
    void forgetKeepaliveDefaults(std::uint64_t netns, Operations::Done<void> done) override;

    /// Holders come without their descriptors (-1). A dialog is opened only where both this call and the constructor
    /// allow it.
    void inspect(std::uint64_t netns, std::vector<std::uint64_t> cookies, bool interactive,
                 SocketOperations::Done<std::vector<SocketReading>> done) override;
    void setOptions(std::uint64_t netns, std::uint64_t cookie, const OptionsChange& change,
                    SocketOperations::Done<KeepaliveOptions> done) override;
    void close(std::uint64_t netns, std::vector<std::uint64_t> cookies,
               SocketOperations::Done<std::vector<CloseResult>> done) override;

    void cancel() override;

    /// Finds out what is there without starting the helper; answers from the event loop.
    void probe(std::function<void(HelperPresence)> done);

private:
    using Answered = std::function<void(const Outcome<QDBusMessage>&)>;

    struct Call {
        QString method;
        QVariantList arguments;
        std::string command;
        Answered answered;
        bool interactive = false;
        bool retried = false;
        std::optional<PrivilegeError> refused; ///< known before the helper is asked
    };

    void enqueue(Call call);
    void refuseLater(Call call, PrivilegeError error);
    void startNext();
    void onFinished(QDBusPendingCallWatcher* watcher);
    void answerFirst(const Outcome<QDBusMessage>& outcome);
    bool connectBus();
    void leaveBus();
    ClientSituation situation(const Call& call) const;

    bool m_interactive;
    QString m_connectionName; ///< empty while not on the bus
    unsigned m_connections = 0;
    std::deque<Call> m_calls; ///< the first one is under way if m_watcher is set
    QDBusPendingCallWatcher* m_watcher = nullptr;
};

/// BusOperations, or DirectOperations where this process is root already (sudo, a container, the laboratory): then
/// neither a bus nor polkit is needed.
std::unique_ptr<Operations> chooseOperations();

/// For root DirectSocketOperations; for anybody else what may be done in this process, and the bus for the rest.
std::unique_ptr<SocketOperations> chooseSocketOperations();

} // namespace halfopen
