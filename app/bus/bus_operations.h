// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/bus/bus_lane.h"
#include "core/actions/guard_operations.h"
#include "core/actions/keepalive_trial.h"
#include "core/actions/operations.h"
#include "core/actions/socket_operations.h"
#include "core/model/order.h"
#include "core/model/socket_results.h"

#include <QObject>
#include <QString>

#include <chrono>
#include <functional>
#include <memory>
#include <unordered_map>
#include <vector>

namespace halfopen {

class ExactPrograms;

/// Asks the helper on the system bus. Of the calls that may open a dialog one is under way at a time, and the next one
/// starts when the one before is answered: so whoever shares one of these never has two dialogs open at once. Calls
/// that ask nobody do not wait for a dialog. cancel() withdraws one call and no other. Needs a QCoreApplication and its
/// event loop; lives in one thread.
class BusOperations final : public QObject, public Operations, public SocketOperations, public GuardOperations {
    Q_OBJECT

public:
    /// @param interactive  allow a dialog; without, a needed one is answered with InteractionRequired
    explicit BusOperations(bool interactive = true, QObject* parent = nullptr);
    ~BusOperations() override; ///< leaves the bus; what is unanswered stays so, and a trial is taken back

    RequestToken setKeepaliveDefaults(const KeepaliveChange& change, Operations::Done<KeepaliveDefaults> done) override;
    RequestToken forgetKeepaliveDefaults(std::uint64_t netns, Operations::Done<void> done) override;

    /// Sets them for a while. The helper holds the trial: it takes the values back when the time is over, and when this
    /// object or its process is gone, unless they were kept, or are others by then.
    /// @param change  without persist
    /// @param length  1 s to kLongestTrial
    RequestToken tryKeepaliveDefaults(const KeepaliveChange& change, std::chrono::seconds length,
                                      Operations::Done<KeepaliveTrial> done);
    /// Ends a trial; nobody is asked. Answered with what is in effect then, or TrialOver. A trial that was taken back
    /// already counts as taken back.
    RequestToken keepTrial(std::uint64_t trial, Operations::Done<KeepaliveDefaults> done);
    RequestToken takeBackTrial(std::uint64_t trial, Operations::Done<KeepaliveDefaults> done);

    /// Owners come without their descriptors (-1). A dialog is opened only where both this call and the constructor
    /// allow it.
    RequestToken inspect(std::uint64_t netns, std::vector<std::uint64_t> cookies, bool interactive,
                         SocketOperations::Done<std::vector<SocketReading>> done) override;
    RequestToken setOptions(std::uint64_t netns, std::vector<std::uint64_t> cookies, const OptionsChange& change,
                            SocketOperations::Done<std::vector<SetResult>> done) override;
    RequestToken close(std::uint64_t netns, std::vector<std::uint64_t> cookies,
                       SocketOperations::Done<std::vector<CloseResult>> done) override;
    RequestToken closeWhole(std::uint64_t netns, std::vector<std::uint64_t> cookies,
                            SocketOperations::Done<std::vector<CloseResult>> done) override;

    /// What was opened of the namespaces asked for, and why the others were not.
    struct Opened {
        std::vector<NetnsOpened> opened;
        std::vector<PrivilegeError> refused;
    };
    /// Opens network namespaces that are seen from outside alone (NetnsInside::procInode), with their settings. From
    /// then on the verbs above may be asked about them by their inodes. One question at most, where all fit into one
    /// call.
    /// @return of the first step; cancel() of it withdraws the whole as long as it is on its way
    RequestToken openNetns(std::vector<NetnsId> procInodes, Operations::Done<Opened> done);
    bool hasOpened(NetnsId netns) const { return m_cookies.contains(netns); }
    /// The settings of namespaces that were opened, read again; nobody is asked.
    RequestToken readSettings(const std::vector<std::uint64_t>& cookies,
                              Operations::Done<std::vector<NetnsSettings>> done);

    /// The programs that read every socket of the machine, loaded by the helper: from then on this process reads them
    /// itself, for as long as it likes and whatever becomes of the permission.
    /// @return NotSupported where the helper's kernel or this program cannot have them
    RequestToken openExactSource(Operations::Done<std::shared_ptr<const ExactPrograms>> done);

    RequestToken setGuard(const GuardRule& rule, bool persist, GuardOperations::Done<void> done) override;
    RequestToken forgetGuard(const std::string& unit, GuardOperations::Done<void> done) override;
    /// What is kept is read from its file here. Where the helper does not say what is in effect, the list says why.
    RequestToken listGuards(GuardOperations::Done<GuardList> done) override;

    void cancel(RequestToken request) override;

private:
    struct Opening;
    struct Reading;
    RequestToken enqueue(BusCall call);
    RequestToken enqueueIn(NetnsId netns, BusCall call);
    void openNext(const std::shared_ptr<Opening>& opening);
    RequestToken readNext(const std::shared_ptr<Reading>& reading);
    RequestToken close(std::uint64_t netns, std::vector<std::uint64_t> cookies, bool whole,
                       SocketOperations::Done<std::vector<CloseResult>> done);
    RequestToken endTrial(const QString& method, std::uint64_t trial, Operations::Done<KeepaliveDefaults> done);
    void leaveTrial();

    bool m_interactive;
    RequestToken m_last = 0;
    std::unordered_map<NetnsId, std::uint64_t> m_cookies; ///< of the namespaces that were opened, by their inodes
    BusLane m_asking;                                     ///< calls that may open a dialog
    BusLane m_quiet;                                      ///< the others
    QString m_trial; ///< the connection that the helper knows as the owner of the trial; empty: none
};

} // namespace halfopen
