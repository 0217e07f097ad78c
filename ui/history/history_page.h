// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history/history.h"
#include "ui/parts/page.h"

#include <QTimer>

#include <chrono>
#include <functional>
#include <optional>
#include <vector>

class QHBoxLayout;
class QLabel;
class QLineEdit;
class QSettings;
class QStackedLayout;
class QToolButton;

namespace halfopen {

class ChipRow;
class FieldMessage;
class HistoryMenu;
class HistoryModel;
class HistoryView;
class MessagePage;
class NoticeBar;
class RecordHead;
class RecordView;

/// The page "History": the connections that have ended, each with how, why that is known, and when its peer was last
/// heard.
class HistoryPage final : public Page {
    Q_OBJECT

public:
    /// @param history  not null
    /// @param keepFor  takes how long records are kept over restarts; empty: they are not
    explicit HistoryPage(HistoryPtr history, std::function<void(std::chrono::hours)> keepFor = {});

    QString title() const override;
    void showFrame(const FramePtr& newest) override;

    /// Shows another one instead. @param kept  it outlives the window
    void setHistory(HistoryPtr history, bool kept);
    /// Takes what has been recorded since.
    /// @return what is new and of this run, oldest first
    std::vector<EndedConnectionPtr> update();
    void setPaused(bool paused) override; ///< what ends meanwhile is counted, and shown afterwards
    /// Connections whose programs still hold them (Frame::dead).
    void showDead(const std::vector<EndedConnectionPtr>& dead, MonotonicTime now);
    /// Shows them alone.
    void listDead();
    void list(const QString& filter); ///< what it lets through, and nothing else chosen
    /// What happened to the file of earlier runs, e.g. that it was damaged and set aside; "" says nothing. The same
    /// sentence is said once.
    void sayArchive(const QString& sentence);
    /// The newest record of a socket; null where there is none (yet).
    EndedConnectionPtr find(const SocketKey& key) const;
    /// Shows one among all; false where there is none.
    bool select(const SocketKey& key);

    void addTableActions(const QList<QAction*>& actions) override;
    Exportable exportable(Scope scope) const override;
    void addPauseAction(QAction* pause) override;
    QMenu* menu() override;
    Abilities abilities() const override { return {.table = true, .filter = true, .pause = true}; }
    void copySelection() override;
    void selectAll() override;
    void focusFilter() override;
    bool takeFocus() override;
    HistoryMenu& historyMenu() { return *m_menu; }

    void setDetailsSide(DetailsSide side) override;
    void growDetails(int steps) override;
    void restore(const QSettings& settings) override;
    void save(QSettings& settings) const override;

Q_SIGNALS:
    void resumeRequested();
    /// The open connections that this filter lists are wanted.
    void connectionsRequested(const QString& filter);
    /// A frame was taken.
    /// @param ended  as update() has them
    void updated(const halfopen::FramePtr& newest, const std::vector<halfopen::EndedConnectionPtr>& ended);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void showDetails();
    void setUpTop();
    void setUpLayout();
    void connectParts();
    void connectMenu();
    QWidget* newTable();
    QWidget* newRecord();
    void showRowMenu(QPoint at);
    void showAll();
    void listAlike();
    void showSameRemote();
    void showPaused();
    void clear();
    void readFilter();
    void showCounts();
    std::size_t totalSeen() const;
    void showMessage();

    HistoryPtr m_history;
    std::uint64_t m_last = 0;  ///< number of the newest record here
    std::uint64_t m_first = 0; ///< number of the oldest that is kept, as last told
    std::uint64_t m_lost = 0;
    HistoryModel* m_model;
    HistoryView* m_view;
    QLineEdit* m_filter;
    QToolButton* m_onlyDead;
    QToolButton* m_onlyTimeWait; ///< unfolds those of which only their TIME-WAIT was seen
    QToolButton* m_above;        ///< what came above while something else is read
    QHBoxLayout* m_top;
    ChipRow* m_kinds;
    HistoryMenu* m_menu;
    NoticeBar* m_paused;
    bool m_held = false;
    MonotonicTime m_now{}; ///< of the frame shown last
    QLabel* m_count;
    QString m_archiveSaid;
    NoticeBar* m_archive;
    NoticeBar* m_lostBar;
    FieldMessage* m_wrong; ///< with the filter
    MessagePage* m_message;
    QAction* m_showAll; ///< of those that have ended, whatever the filter
    QStackedLayout* m_stack = nullptr;
    DetailsSplitter* m_splitter = nullptr;
    QWidget* m_details = nullptr; ///< the record with its head
    RecordHead* m_head;
    RecordView* m_record; ///< of the ended connection that is selected
    QTimer m_typing{this};
};

} // namespace halfopen
