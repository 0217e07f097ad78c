// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/unique_fd.h"

#include <string>

namespace halfopen::exporter {

/// This process as a service of systemd (sd_notify(3), sd_watchdog_enabled(3)); where it is none, nobody is told
/// anything.
class Service {
public:
    /// Takes what systemd says in the environment. To be called before there is a second thread.
    Service();

    /// From now on requests are answered.
    void ready() const;
    void stopping() const;

    /// Readable for poll(2) when the watchdog wants to hear that all is well; -1 where there is none.
    int watchdogDescriptor() const { return m_watchdog.get(); }
    void feedWatchdog() const;

private:
    std::string m_socket;
    UniqueFd m_watchdog;
};

} // namespace halfopen::exporter
