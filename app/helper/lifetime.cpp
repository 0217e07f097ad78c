// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/lifetime.h"

#include "app/bus/bus_names.h"
#include "core/kernel/service_manager.h"

#include <QCoreApplication>
#include <QSocketNotifier>

#include <unistd.h>

#include <sys/signalfd.h>

#include <csignal>
#include <utility>

namespace halfopen {
namespace {

// What had reached the helper before its name was given back is in its socket by then; this is ample to read it.
constexpr std::chrono::milliseconds kDrainTime{100};
// While a person sits at a dialog.
constexpr std::chrono::milliseconds kLookAgain{1000};

sigset_t endingSignals() {
    sigset_t set;
    ::sigemptyset(&set);
    ::sigaddset(&set, SIGTERM);
    ::sigaddset(&set, SIGINT);
    return set;
}

} // namespace

bool Lifetime::holdSignals() {
    const sigset_t set = endingSignals();
    return ::sigprocmask(SIG_BLOCK, &set, nullptr) == 0;
}

Lifetime::Lifetime(const QDBusConnection& bus, HelperService& service, std::chrono::milliseconds idle,
                   std::string notifySocket)
    : m_bus(bus)
    , m_service(service)
    , m_idleTime(idle)
    , m_notifySocket(std::move(notifySocket)) {
    m_idle.setSingleShot(true);
    m_drain.setInterval(kDrainTime);
    connect(&m_idle, &QTimer::timeout, this, &Lifetime::onIdle);
    connect(&m_drain, &QTimer::timeout, this, &Lifetime::leaveWhenDone);
    connect(&m_service, &HelperService::needChanged, this, &Lifetime::onNeedChanged);
    m_bus.connect(QString(), QStringLiteral("/org/freedesktop/DBus/Local"),
                  QStringLiteral("org.freedesktop.DBus.Local"), QStringLiteral("Disconnected"), this,
                  SLOT(onDisconnected()));
    watchSignals();
    m_idle.start(m_idleTime);
}

Lifetime::~Lifetime() {
    m_signalWatch.reset();
    if (m_signals >= 0)
        ::close(m_signals);
}

void Lifetime::watchSignals() {
    const sigset_t set = endingSignals();
    m_signals = ::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    if (m_signals < 0)
        return; // still held: then only SIGKILL ends the helper before its time
    m_signalWatch = std::make_unique<QSocketNotifier>(m_signals, QSocketNotifier::Read);
    connect(m_signalWatch.get(), &QSocketNotifier::activated, this, &Lifetime::onSignal);
}

void Lifetime::onSignal() {
    signalfd_siginfo info{};
    if (::read(m_signals, &info, sizeof info) != sizeof info || m_draining)
        return; // systemd sends SIGTERM as soon as the name is gone, while the last calls are still being answered
    m_service.withdrawAll();
    QCoreApplication::quit();
}

void Lifetime::onDisconnected() {
    m_service.withdrawAll();
    QCoreApplication::quit();
}

/// A timer that runs goes on running: calls that are refused do not make it begin anew.
void Lifetime::onNeedChanged() {
    if (m_draining)
        return;
    if (m_service.isNeeded())
        m_idle.stop();
    else if (!m_idle.isActive())
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
    m_bus.unregisterService(kHelperService);
    m_drain.start();
}

void Lifetime::leaveWhenDone() {
    if (!m_service.hasRequests() && !m_service.isOnTrial())
        QCoreApplication::quit();
}

} // namespace halfopen
