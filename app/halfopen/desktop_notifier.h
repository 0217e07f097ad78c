// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/bus/background.h"
#include "ui/watch/watch.h"

namespace halfopen {

/// Shows notices on the desktop: org.freedesktop.Notifications on the session bus, which a thread of its own connects
/// to. Source: Desktop Notifications Specification 1.2, "Notify". GUI thread.
class DesktopNotifier {
public:
    /// Returns at once; where nobody listens, nothing is shown.
    void show(const WatchNotice& notice);

private:
    Background m_background;
};

} // namespace halfopen
