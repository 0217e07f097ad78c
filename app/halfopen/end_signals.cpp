// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopen/end_signals.h"

#include <unistd.h>

#include <sys/eventfd.h>

#include <cerrno>
#include <csignal>
#include <utility>

namespace halfopen {

namespace {

constexpr int kSignals[] = {SIGTERM, SIGINT, SIGHUP};

// A handler has nothing but what is global.
volatile std::sig_atomic_t told = -1; ///< eventfd(2)

/// Only what signal-safety(7) allows.
void tell(int) {
    const int error = errno;
    const eventfd_t one = 1;
    [[maybe_unused]] const ssize_t written = ::write(told, &one, sizeof one);
    errno = error;
}

void handle(void (*handler)(int)) {
    struct sigaction action {};
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    for (const int number : kSignals) {
        struct sigaction before {};
        sigaction(number, nullptr, &before);
        if (before.sa_handler != SIG_IGN) // nohup(1)
            sigaction(number, &action, nullptr);
    }
}

} // namespace

EndSignals::EndSignals() {
    told = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    if (told >= 0)
        handle(&tell);
}

EndSignals::~EndSignals() {
    handle(SIG_DFL);
    m_notifier.reset();
    if (told >= 0)
        ::close(told);
}

void EndSignals::listen(std::function<void()> end) {
    if (told < 0)
        return;
    m_notifier = std::make_unique<QSocketNotifier>(static_cast<int>(told), QSocketNotifier::Read);
    QObject::connect(m_notifier.get(), &QSocketNotifier::activated, m_notifier.get(), [end = std::move(end)] {
        eventfd_t signals = 0;
        eventfd_read(told, &signals);
        end();
    });
}

} // namespace halfopen
