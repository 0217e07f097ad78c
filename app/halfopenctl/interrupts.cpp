// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopenctl/interrupts.h"

#include <unistd.h>

#include <sys/signalfd.h>

#include <initializer_list>

namespace halfopen::ctl {

namespace {

sigset_t setOf(std::initializer_list<int> signals) {
    sigset_t set;
    sigemptyset(&set);
    for (const int number : signals)
        sigaddset(&set, number);
    return set;
}

} // namespace

InterruptsHeld::InterruptsHeld() {
    const sigset_t set = setOf({SIGINT, SIGTERM, SIGHUP});
    sigprocmask(SIG_BLOCK, &set, &m_before);
}

InterruptsHeld::~InterruptsHeld() {
    sigprocmask(SIG_SETMASK, &m_before, nullptr);
}

Interrupts::Interrupts() {
    const sigset_t set = setOf({SIGINT, SIGTERM, SIGHUP, SIGWINCH});
    sigprocmask(SIG_BLOCK, &set, nullptr);
    m_fd.reset(signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
}

bool Interrupts::take() const {
    signalfd_siginfo info{};
    return ::read(m_fd.get(), &info, sizeof info) == sizeof info && info.ssi_signo != SIGWINCH;
}

} // namespace halfopen::ctl
