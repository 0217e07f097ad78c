// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history/history.h"
#include "core/model/contexts.h"
#include "core/model/error.h"
#include "core/model/privilege_error.h"
#include "core/model/recorded_view.h"
#include "ui/actions/guard_backend.h"
#include "ui/connections/connection_actions.h"
#include "ui/programs/desktop_programs.h"
#include "ui/tuning/tuning_backend.h"
#include "ui/watch/watch_menu.h"

#include <QString>
#include <QStringList>

#include <chrono>
#include <functional>
#include <utility>
#include <vector>

namespace halfopen {

/// Work on a thread of its own; what it returns is called on the GUI thread afterwards.
using BackgroundWork = std::function<std::function<void()>()>;

/// All that the window and its pages work with. Made by the program; what is referred to outlives the window.
struct WindowServices {
    /// Takes all that the person chooses, whenever it changes, and once at the start; and what is done to connections.
    OrderSink send;
    /// What "Open Recording" does with the file that was chosen, and what leads back to this machine. Empty: the menu
    /// entries are disabled.
    std::function<void(const QString& file)> openRecording;
    std::function<void()> openMachine;
    /// Opens another window, on the laboratory. @param failed  told why, where it does not come. Empty: it cannot be
    /// had.
    std::function<void(std::function<void(const QString& why)> failed)> openLaboratory{};
    /// Shows another machine, as ssh(1) takes its name. Empty: it cannot be had.
    std::function<void(const QString& host)> openHost{};
    /// The machines that a person may mean, for the completion of a name. Blocks; any thread. Empty: none are known.
    std::function<QStringList()> knownHosts{};

    TuningBackend& tuning;
    SocketOperations& sockets; ///< answers on the GUI thread and does not block it
    Closer closer;             ///< who closes connections
    HistoryPtr history;        ///< not null
    /// Takes how long ended connections are kept over restarts. Empty: they are not.
    std::function<void(std::chrono::hours)> keepHistoryFor{};
    WatchMenu::Notify notify;
    DesktopPrograms& programs;
    /// Runs work that takes long. Empty: it is done at once.
    std::function<void(BackgroundWork work)> inBackground{};
    /// What writes a recording of the namespaces in view of the machine whose last frame it is. That blocks, on any
    /// thread. Empty: it cannot be had.
    std::function<std::function<Result<RecordedView>()>(const QString& file, const FramePtr& frame)> record{};
    /// What a recording holds, by the filter of the query. Blocks; any thread. Empty: it cannot be had.
    std::function<Result<FramePtr>(const QString& file, const Query& query)> readRecording{};
    /// Has network namespaces opened that are seen from outside alone (NetnsInside::procInode): somebody is asked for a
    /// password, and frames show all of them from then on. Answered once, on the GUI thread. Empty: it cannot be had.
    std::function<void(std::vector<NetnsId> procInodes, std::function<void(Outcome<void>)> done)> openNetns{};
    /// See ExactReader. Empty: it cannot be had.
    ExactReader::OpenExact openExact{};
    /// Does work that takes long, by inBackground where there is one.
    void run(BackgroundWork work) const {
        if (inBackground)
            inBackground(std::move(work));
        else
            work()();
    }
    GuardBackend* guards = nullptr; ///< outlives the window; null: what is shown cannot be guarded
    bool laboratory = false;        ///< what is shown is a network of its own, and the window says so everywhere
};

} // namespace halfopen
