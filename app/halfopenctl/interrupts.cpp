// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopenctl/interrupts.h"

#include <unistd.h>

#include <sys/signalfd.h>

#include <csignal>

namespace halfopen::ctl {

Interrupts::Interrupts() {
    sigset_t set;
    sigemptyset(&set);
    for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGWINCH})
        sigaddset(&set, number);
    sigprocmask(SIG_BLOCK, &set, nullptr);
    m_fd.reset(signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
}

bool Interrupts::take() const {
    signalfd_siginfo info{};
    return ::read(m_fd.get(), &info, sizeof info) == sizeof info && info.ssi_signo != SIGWINCH;
}

} // namespace halfopen::ctl
