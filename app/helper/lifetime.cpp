// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/lifetime.h"

#include "app/contract/helper_names.h"
#include "core/kernel/service_manager.h"

#include <csignal>
#include <utility>

namespace halfopen {
namespace {

// What had reached the helper before its name was given back is in its socket by then; this is ample to read it.
constexpr std::chrono::milliseconds kDrainTime{100};
// While a person sits at a dialog.
constexpr std::chrono::milliseconds kLookAgain{1000};

/// What sd-bus tells itself when the connection has ended.
constexpr BusMember kDisconnected{nullptr, "/org/freedesktop/DBus/Local", "org.freedesktop.DBus.Local", "Disconnected"};

} // namespace

bool Lifetime::holdSignals() {
    sigset_t set;
    ::sigemptyset(&set);
    ::sigaddset(&set, SIGTERM);
    ::sigaddset(&set, SIGINT);
    return ::sigprocmask(SIG_BLOCK, &set, nullptr) == 0;
}

Lifetime::Lifetime(EventLoop& loop, SystemBus& bus, HelperService& service, std::chrono::milliseconds idle,
                   std::string notifySocket)
    : m_loop(loop)
    , m_bus(bus)
    , m_service(service)
    , m_idleTime(idle)
    , m_notifySocket(std::move(notifySocket))
    , m_idle(loop, [this] { onIdle(); })
    , m_drain(loop, [this] { leaveWhenDone(); }) {
    m_service.onNeedChanged([this] { onNeedChanged(); });
    m_bus.watch(kDisconnected, [this](sd_bus_message*) { leaveNow(); });
    m_loop.watchSignals({SIGTERM, SIGINT}, [this] { onSignal(); });
    m_idle.start(m_idleTime);
}

Lifetime::~Lifetime() {
    m_service.onNeedChanged({});
}

void Lifetime::onSignal() {
    if (!m_draining) // systemd sends SIGTERM as soon as the name is gone, while the last calls are still being answered
        leaveNow();
}

void Lifetime::leaveNow() {
    m_service.withdrawAll();
    m_loop.quit();
}

/// A timer that runs goes on running: calls that are refused do not make it begin anew.
void Lifetime::onNeedChanged() {
    if (m_draining)
        return;
    if (m_service.isNeeded())
        m_idle.stop();
    else if (!m_idle.isRunning())
        m_idle.start(m_idleTime);
}

void Lifetime::onIdle() {
    if (m_service.waitsForAPerson())
        m_idle.start(kLookAgain);
    else
        drain();
}

void Lifetime::drain() {
    m_draining = true;
    tellServiceManager(m_notifySocket, "STOPPING=1");
    m_bus.giveNameBack(kHelperName);
    m_drain.start(kDrainTime);
}

void Lifetime::leaveWhenDone() {
    if (m_service.hasRequests() || m_service.isOnTrial())
        m_drain.start(kDrainTime);
    else
        m_loop.quit();
}

} // namespace halfopen
