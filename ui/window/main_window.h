// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history/history.h"
#include "core/model/frame.h"
#include "ui/connections/connection_actions.h"
#include "ui/watch/watch.h"
#include "ui/window/pause_gate.h"
#include "ui/window/window_actions.h"

#include <QMainWindow>

#include <functional>

class QMenu;
class QSettings;
class QTabBar;
class QStackedWidget;

namespace halfopen {

class ConnectionsPage;
class HistoryPage;
class PlainText;
class SamplingControls;
class StatusLine;
class TuningBackend;
class TuningPage;
class WatchMenu;

/// The window of Halfopen. It knows frames and queries and nothing of where they come from or go to. GUI thread only.
class MainWindow final : public QMainWindow {
    Q_OBJECT

public:
    using QuerySink = std::function<void(const Query&)>;
    using RecordingOpener = std::function<void(const QString& file)>;

    /// @param setQuery  told all that the person chooses, whenever it changes, and once at the start
    explicit MainWindow(QuerySink setQuery);

    /// The next frame. Delivered on the GUI thread.
    void showFrame(const FramePtr& frame);
    /// What "Open Recording" does with the file that was chosen, and what leads back to this machine. Without them the
    /// menu entries are disabled.
    void setSources(RecordingOpener openRecording, std::function<void()> openMachine);
    /// Adds the page "Tuning". To be called once, before the first frame.
    /// @param actions  outlives the window
    void setTuning(TuningBackend& actions);
    /// Lets a person act on connections: change, close, read exactly, re-arm. To be called once, after setTuning() and
    /// before the first frame.
    /// @param operations  outlives the window
    void setActions(SocketOperations& operations, const Closer& closer, ActionSinks sinks);
    /// Adds the page "History". To be called once, after setTuning().
    void setHistory(HistoryPtr history);
    /// Offers notifications. To be called once, after setActions() and setHistory().
    void setNotifier(std::function<void(const WatchNotice&)> notify);
    /// Names what is being shown from now on in the title; "" is this machine. Ends a pause.
    void setSourceName(const QString& file);
    /// Says a failure that has no place in a frame (a recording that cannot be opened).
    void sayFailure(const QString& sentence);
    /// Light, dark or as the system, as if chosen in the menu.
    void setAppearance(Appearance appearance);
    void select(std::uint64_t cookie);

    const Query& query() const { return m_query; }
    const FramePtr& shownFrame() const { return m_shown; } ///< null before the first
    ConnectionsPage& connections() { return *m_connections; }
    ConnectionActions* connectionActions() { return m_connectionActions; } ///< null without setActions()
    WatchMenu* watch() { return m_watch; }                                 ///< null without setNotifier()
    HistoryPage* history() { return m_history; }                           ///< null without setHistory()
    TuningPage* tuning() { return m_tuning; }                              ///< null without setTuning()
    /// Shows a page of the bar, 0 being the connections; a number that there is no page for does nothing.
    void setPage(int index);
    const WindowActions& actions() const { return m_actions; }

protected:
    void closeEvent(QCloseEvent* event) override;
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void setUpPages();
    void addPage(QWidget* page, const QString& title);
    void connectActions();
    void connectPage();
    void restore();
    void save();
    void choose();
    void showInTable(FramePtr frame);
    void setPaused(bool paused);
    void chooseRecording();
    bool isHistoryShown() const;
    void listDead();
    void showHowItEnded(std::uint64_t cookie);
    void showEndings(const FramePtr& newest);
    void listConnections(const QString& filter);

    PlainText* m_plainText; ///< the first: labels may be polished while they are made
    QuerySink m_setQuery;
    RecordingOpener m_openRecording;
    std::function<void()> m_openMachine;
    Query m_query;
    WindowActions m_actions;
    PauseGate m_gate;
    FramePtr m_shown;
    bool m_systemIsDark;
    QTabBar* m_pageBar;
    QStackedWidget* m_pages;
    ConnectionsPage* m_connections;
    TuningPage* m_tuning = nullptr;
    QMenu* m_connectionMenu = nullptr;
    WatchMenu* m_watch = nullptr;
    HistoryPage* m_history = nullptr;
    ConnectionActions* m_connectionActions = nullptr;
    SamplingControls* m_sampling;
    StatusLine* m_status;
};

} // namespace halfopen
