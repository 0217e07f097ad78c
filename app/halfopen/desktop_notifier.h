// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/watch/watch.h"

namespace halfopen {

/// Shows a notice on the desktop: org.freedesktop.Notifications on the session bus. Returns at once; where nobody
/// listens, nothing is shown. Source: Desktop Notifications Specification 1.2, "Notify".
void notifyDesktop(const WatchNotice& notice);

} // namespace halfopen
