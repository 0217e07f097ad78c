// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSocketNotifier>

#include <functional>
#include <memory>

namespace halfopen {

/// SIGTERM, SIGINT and SIGHUP as something the event loop hears, so that a session that ends, and Ctrl+C, end the
/// window as its close button does. Only one at a time. What comes before listen() is told then.
class EndSignals {
public:
    /// Takes the signals from now on.
    EndSignals();
    ~EndSignals();
    EndSignals(const EndSignals&) = delete;
    EndSignals& operator=(const EndSignals&) = delete;

    /// @param end  called on the thread of the event loop, which must be the caller's, for each signal
    void listen(std::function<void()> end);

private:
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace halfopen
