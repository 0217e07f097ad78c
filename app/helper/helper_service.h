// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/helper/admission.h"
#include "app/helper/authority.h"
#include "app/helper/bus_values.h"
#include "app/helper/call.h"
#include "app/helper/change_log.h"
#include "app/helper/event_loop.h"
#include "app/helper/loader.h"
#include "app/helper/netns_by_cookie.h"
#include "app/helper/system_bus.h"
#include "app/helper/trial_holder.h"
#include "core/actions/background_threads.h"
#include "core/actions/direct_operations.h"
#include "core/actions/direct_socket_operations.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace halfopen {

/// Takes requests from the bus. In this order each one is counted, its caller known, nonsense refused at first sight,
/// the sockets it means looked up, polkit asked, and the work done: checked before the question, so that nobody is
/// asked about nonsense, and again after it, which may be minutes later. Whoever leaves the bus takes their requests
/// along. A call that was refused leaves nothing but a mark against the limits of its user: it does not keep the helper
/// alive. Lives in the main thread; what the kernel may
/// hold up is done on another, so that others are answered meanwhile.
class HelperService {
public:
    using Cookies = std::vector<std::uint64_t>;

    /// @param loop        outlives the service, as the bus
    /// @param operations  does the work; outlives the service
    /// @param sockets     likewise, and to the end of the process; so with the opener and the loader
    HelperService(EventLoop& loop, SystemBus& bus, const DirectOperations& operations,
                  const DirectSocketOperations& sockets, const Opener& opener, const Loader& loader,
                  const AdmissionLimits& limits);
    HelperService(const HelperService&) = delete;
    HelperService& operator=(const HelperService&) = delete;

    /// From now on whoever leaves the bus takes their requests along. @return false: the bus does not tell
    bool watchCallers();

    /// The cookie of the network namespace that the helper lives in; 0: this kernel has none.
    std::uint64_t netnsCookie() const { return m_netns.own(); }

    /// The verbs of the bus. Each answers its call later, once, by a reply or an error of the contract. A network
    /// namespace is named by its cookie.
    void listNamespaces(Call call);
    void openNamespaces(Call call, const Cookies& cookies);
    void readSettings(Call call, const Cookies& cookies);
    void setKeepaliveDefaults(Call call, const KeepaliveChange& change);
    void forgetKeepaliveDefaults(Call call, std::uint64_t netns);
    void tryKeepaliveDefaults(Call call, const KeepaliveChange& change, std::chrono::seconds length);
    void keepTrial(Call call, std::uint64_t trial);
    void takeBackTrial(Call call, std::uint64_t trial);
    void inspectSockets(Call call, std::uint64_t netns, const Cookies& cookies);
    void openExactSource(Call call);
    /// @param change  nullopt: the caller gave a switch that is none
    void setSocketOptions(Call call, std::uint64_t netns, const Cookies& cookies,
                          const std::optional<OptionsChange>& change);
    /// @param whole  of MPTCP connections the program's own, with all subflows
    void closeConnections(Call call, std::uint64_t netns, const Cookies& cookies, bool whole);
    /// A rule is named by its unit; "*": that of every connection.
    /// @param userTimeout  in ms, as the caller gave it
    void setGuard(Call call, const std::string& unit, const GuardRule& values, std::uint32_t userTimeout, bool persist);
    void forgetGuard(Call call, const std::string& unit);
    void listGuards(Call call);

    /// Somebody was served and is still on the bus, values are on trial, or the kernel holds something up.
    bool isNeeded() const { return !m_served.empty() || m_trial.isOn() || m_background.open() > 0; }
    bool isOnTrial() const { return m_trial.isOn(); }
    bool hasRequests() const { return !m_requests.empty(); }
    /// A dialog is open: polkit has not answered for a while.
    bool waitsForAPerson() const;

    /// Withdraws the open questions, and takes back what is on trial; for the end of the helper.
    void withdrawAll();

    /// Is called whenever isNeeded() may have changed.
    void onNeedChanged(std::function<void()> changed) { m_needChanged = std::move(changed); }

private:
    /// What was done, and the lines about it for the log.
    struct Deed {
        Outcome<Answer> answer;
        std::vector<std::string> lines = {};
    };

    /// What a call is about. Each step may refuse it.
    struct Verb {
        std::string action;                          ///< of polkit; empty: nobody is asked
        std::function<Outcome<void>()> checkAtSight; ///< costs nothing
        std::function<Outcome<Details>()> check;     ///< looks; what polkit is told about the request
        std::function<Outcome<Answer>(const Caller&)> work;
        /// In the place of `work`, where the kernel may hold it up: on another thread, and touching nothing of the
        /// service.
        std::function<Deed(const Caller&)> slowWork = {};
        Cookies opens = {}; ///< namespaces whose settings the user may read from then on
        Cookies reads = {}; ///< nobody is asked where the user was let into all of these
    };

    /// A call that is not answered yet.
    struct Request {
        Call call;
        Caller caller;
        Verb verb;
        MonotonicTime asked{};               ///< when polkit was asked
        std::uint64_t piece = 0;             ///< of the work in the background
        std::unique_ptr<LoopTimer> heldUp{}; ///< likewise
        std::chrono::nanoseconds cost{0};    ///< of the checks
    };

    void setIn(Call call, const KeepaliveChange& change);
    Outcome<void> checkOwn(std::uint64_t netns) const;
    bool mayWithoutQuestion(const Request& request) const;
    void submit(Call call, Verb verb);
    void askWhoCalls(std::uint64_t id);
    void onWhoCalls(std::uint64_t id, sd_bus_message* answer);
    void onUser(std::uint64_t id, std::uint32_t uid);
    void askPolkit(std::uint64_t id);
    void finish(std::uint64_t id, const Outcome<void>& permission);
    void work(std::uint64_t id);
    void workInBackground(std::uint64_t id);
    void onDeed(std::uint64_t id, const Deed& deed);
    void onHeldUp(std::uint64_t id);
    void answer(std::uint64_t id, const Outcome<Answer>& result);
    Request take(std::uint64_t id);
    void onNameOwnerChanged(sd_bus_message* signal);
    void callerLeft(const std::string& name);
    void needChanged() const;

    EventLoop& m_loop;
    SystemBus& m_bus;
    const DirectOperations& m_operations;
    const Loader& m_loader;
    std::function<void()> m_needChanged;
    NetnsByCookie m_netns;
    Authority m_authority;
    Admission m_admission;
    SystemLog m_log;
    TrialHolder m_trial;
    BackgroundThreads m_background;
    std::map<std::uint64_t, Request> m_requests;
    std::map<std::uint32_t, std::set<std::uint64_t>> m_opened; ///< by uid: namespaces that they were let into
    std::set<std::string> m_served; ///< unique names whose calls were done, and that are still on the bus
};

} // namespace halfopen
