// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/unique_fd.h"

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

} // namespace halfopen::ctl
