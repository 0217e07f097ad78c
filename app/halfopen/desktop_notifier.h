// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/bus/background.h"
#include "ui/watch/watch.h"

#include <functional>

namespace halfopen {

/// Shows notices on the desktop: org.freedesktop.Notifications on the session bus, which a thread of its own connects
/// to. Source: Desktop Notifications Specification 1.2, "Notify". GUI thread.
class DesktopNotifier {
public:
    /// Returns at once.
    /// @param done  called later, unless this is gone by then: whether a notification server took it
    void show(const WatchNotice& notice, std::function<void(bool taken)> done);

private:
    Background m_background;
};

} // namespace halfopen
