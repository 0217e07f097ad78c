// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/unique_fd.h"

#include <csignal>

namespace halfopen::ctl {

/// Ctrl+C and its like as something to poll for, so that a command ends as it likes and the terminal is always given
/// back. One object for the life of the program: the signals stay blocked.
class Interrupts {
public:
    Interrupts();

    /// Readable for poll(2) when a signal has come; -1 where that cannot be had.
    int descriptor() const { return m_fd.get(); }
    /// Takes one signal. @return true when it is time to end, false for a changed window size or none
    bool take() const;

private:
    UniqueFd m_fd;
};

/// While it lives, Ctrl+C and its like wait: for the moments in which there is something to clean up.
class InterruptsHeld {
public:
    InterruptsHeld();
    ~InterruptsHeld();
    InterruptsHeld(const InterruptsHeld&) = delete;
    InterruptsHeld& operator=(const InterruptsHeld&) = delete;

private:
    sigset_t m_before;
};

} // namespace halfopen::ctl
