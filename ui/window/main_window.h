// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"
#include "ui/look/text_size.h"
#include "ui/window/pages.h"
#include "ui/window/services.h"
#include "ui/window/shown_source.h"
#include "ui/window/window_actions.h"

#include <QMainWindow>

class QMenu;
class QSettings;

namespace halfopen {

class AnswerBar;
class ChangesFlow;
class CompareFlow;
class ExportFlow;
class GuardFlow;
class HostSelector;
class NetnsSelector;
class OpenNetns;
class PageStack;
class RecentRecordings;
class PlainText;
class SamplingControls;
class SourceBanner;
class StatusLine;
class WatchMenu;

/// The window of Halfopen: a bar of pages, menus, the status line. It knows frames and queries and nothing of where
/// they come from or go to. GUI thread only.
class MainWindow final : public QMainWindow {
    Q_OBJECT

public:
    explicit MainWindow(WindowServices services);

    /// The next frame. Delivered on the GUI thread.
    void showFrame(const FramePtr& frame);
    /// What is being shown from now on, which the title names. Ends a pause.
    void setSource(const ShownSource& source);
    /// A recording is being opened, which takes its time and can be called off.
    /// @param of  bytes of the file; 0: nobody knows
    void showOpening(const QString& file, quint64 read, quint64 of);
    void hideOpening();
    /// Says a failure that has no place in a frame (a recording that cannot be opened).
    void sayFailure(const QString& sentence);
    /// As if chosen in the menu.
    void setAppearance(Appearance appearance);
    Appearance appearance() const;
    /// What was chosen in an earlier run. Applied before there is a window, it costs less than afterwards.
    static Appearance savedAppearance();
    void setTextSize(int percent); ///< one of kTextSizes
    int textSize() const { return m_textSize; }
    void select(const SocketKey& key);
    /// Shows a page of the bar, 0 being the connections; a number that there is no page for does nothing.
    void setPage(int index);
    void showPage(Page& page); ///< and gives it the keys

    const Query& query() const { return m_query; }
    const FramePtr& shownFrame() const; ///< in the table of connections; null before the first
    ConnectionsPage& connections() { return m_pages.connections; }
    HistoryPage& history() { return m_pages.history; }
    NetnsSelector& netns() { return *m_netns; }

Q_SIGNALS:
    void openingCancelled();

protected:
    bool event(QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void setUpPages();
    void addUndo();
    void addPagesToView();
    void connectActions();
    void connectHosts();
    void connectAppearance();
    void connectPages();
    void connectOverview();
    void connectWatch();
    void connectGuards();
    void showAbilities();
    void restore();
    void followMotion();
    void save();
    void choose();
    void chooseNetns();
    void chooseRecording();
    void readExactly();
    void listDead();
    void showHowItEnded(const SocketKey& key);
    void listConnections(const QString& filter);
    void listNamed(const QString& filter, const QString& name); ///< as ConnectionsPage::list()

    PlainText* m_plainText; ///< the first: labels may be polished while they are made
    WindowServices m_services;
    Query m_query;
    WindowActions m_actions;
    int m_textSize = kUsualTextSize;
    bool m_live = true;          ///< of the last frame: no recording
    QList<QMenu*> m_columnMenus; ///< of the table of connections, and its groups'
    SourceBanner* m_banner;
    HostSelector* m_host;
    NetnsSelector* m_netns;
    OpenNetns* m_openNetns;
    Pages m_pages;
    PageStack* m_stack;
    RecentRecordings* m_recent;
    ExportFlow* m_export;
    CompareFlow* m_compare;
    ChangesFlow* m_changes;
    GuardFlow* m_guards;
    AnswerBar* m_answer; ///< what became of an export or a comparison
    WatchMenu* m_watch;
    SamplingControls* m_sampling;
    StatusLine* m_status;
};

} // namespace halfopen
