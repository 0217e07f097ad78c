// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/pages.h"

#include "ui/connections/connections_page.h"
#include "ui/history/history_page.h"
#include "ui/overview/overview_page.h"
#include "ui/tuning/preset_list.h"
#include "ui/tuning/tuning_page.h"
#include "ui/window/services.h"

namespace halfopen {

Pages::Pages(const WindowServices& services)
    : overview(*new OverviewPage(shippedMiddleboxes()))
    , connections(
          *new ConnectionsPage(services.sockets, services.closer, services.send, services.openExact, services.programs))
    , tuning(*new TuningPage(services.tuning, services.sockets, TuningPage::kTrial, services.guards))
    , history(*new HistoryPage(services.history, services.keepHistoryFor))
    , inBar{
          &overview,
          &connections,
          &tuning,
          &history,
      } {}

} // namespace halfopen
