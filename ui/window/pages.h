// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <vector>

namespace halfopen {

class ConnectionsPage;
class HistoryPage;
class OverviewPage;
class Page;
class TuningPage;
struct WindowServices;

/// What a command line calls the pages, in the order of Pages::inBar.
inline constexpr std::array kPageNames{"overview", "connections", "tuning", "history"};

/// The pages of the window. One more is a folder of its own with a Page, and its line in `inBar`; those that others
/// have to do with have a name as well; and a word in kPageNames.
struct Pages {
    /// The window becomes the parent of what is in `inBar`.
    explicit Pages(const WindowServices& services);

    OverviewPage& overview;
    ConnectionsPage& connections;
    TuningPage& tuning;
    HistoryPage& history;
    std::vector<Page*> inBar; ///< in its order
};

} // namespace halfopen
