// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/bus/background.h"
#include "app/bus/bus_operations.h"
#include "app/halfopen/background_sockets.h"
#include "app/halfopen/desktop_notifier.h"
#include "app/halfopen/end_signals.h"
#include "app/halfopen/netns_opener.h"
#include "app/halfopen/options.h"
#include "app/halfopen/screenshot.h"
#include "app/halfopen/session.h"
#include "app/halfopen/single_instance.h"
#include "app/halfopen/system_guards.h"
#include "app/halfopen/system_tuning.h"
#include "core/archive/archive.h"
#include "core/monitor/netns_lookup.h"
#include "ui/programs/desktop_programs.h"
#include "ui/window/main_window.h"

#include <memory>
#include <optional>

namespace halfopen {

/// The window, what it shows, and what it acts through, put together. GUI thread.
class MainProgram {
public:
    /// @param laboratory  this process is in it: a network of its own, which shows nothing of the machine around it
    /// @param netns       what --netns names, chosen as soon as it is found; nullopt: no single one
    MainProgram(const Options& options, bool laboratory, std::optional<NamedNetns> netns);

    /// Shows the window until it is closed, or a signal comes. @return the program's exit code
    int run(EndSignals& signals);

private:
    WindowServices services();
    void setUpWindow();
    void connectFrames();
    void connectSources();
    void openFirstSource();
    void chooseNetns(const Frame& frame);
    void endWhereAsked(const Frame& frame);
    void closeOnSignals(EndSignals& signals);
    bool yieldsToOther() const;

    const Options& m_options;
    bool m_laboratory;
    std::optional<NamedNetns> m_netns; ///< nullopt: nothing is to be chosen (any more)
    /// One for the whole window, so that it never has two dialogs open at once; null where it needs none.
    std::shared_ptr<BusOperations> m_helper;
    SystemTuning m_tuning;
    std::unique_ptr<SocketOperations> m_sockets;
    SystemGuards m_guards;
    HistoryPtr m_history = std::make_shared<History>();
    DesktopPrograms m_programs;
    std::unique_ptr<Archive> m_archive; ///< null: nothing is kept. Before the session, whose last ends it still writes
    DesktopNotifier m_notifier;
    Session m_session;
    Background m_background;
    std::optional<NetnsOpener> m_opener;
    MainWindow m_window;
    std::optional<SingleInstance> m_instance;
    std::optional<Screenshot> m_screenshot;
};

} // namespace halfopen
