// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/actions/socket_operations.h"
#include "core/model/ended_connection.h"
#include "ui/actions/close_flow.h"
#include "ui/connections/connection_actions.h"
#include "ui/connections/pause_gate.h"
#include "ui/parts/page.h"

#include <functional>

class QStackedLayout;

namespace halfopen {

class AnswerBar;
class ConnectionView;
class CurvesPage;
class DesktopPrograms;
class DetailsPane;
class FilterBar;
class GroupBox;
class MessagePage;
class NoticeBar;

/// The page "Connections": filter, table, details, and sentences where there is no table to show.
class ConnectionsPage final : public Page {
    Q_OBJECT

public:
    /// @param operations  acts on sockets; outlives the page, as `programs` does
    /// @param send        takes what is done here
    /// @param openExact   see ExactReader
    /// @param programs    asked for the applications behind processes
    ConnectionsPage(SocketOperations& operations, const Closer& closer, OrderSink send,
                    ExactReader::OpenExact openExact, DesktopPrograms& programs);

    QString title() const override;
    /// While it is paused, the table keeps what it shows, and what changes is counted.
    void showFrame(const FramePtr& newest) override;
    void setPaused(bool paused) override;
    bool isPaused() const { return m_gate.isPaused(); }
    bool hasFrame() const { return m_gate.newest() != nullptr; }
    const FramePtr& newestFrame() const { return m_gate.newest(); } ///< likewise
    const FramePtr& shownFrame() const { return m_frame; }          ///< null before the first
    /// The details of a connection that is gone show how it ended.
    /// @param find  the ended connection of a socket; null where it is not known (yet)
    void showEnding(const std::function<EndedConnectionPtr(const SocketKey& key)>& find);
    /// Shows the same frame with another filter and order, so that a picture that stands still can be searched.
    void rearrange(const Query& query);
    /// Writes what the person has chosen here: filter, quick button, groups, sort order, selected row.
    void applyTo(Query& query) const override;

    ConnectionView& view() { return *m_view; }
    DetailsPane& details() { return *m_details; }
    FilterBar& filterBar() { return *m_filter; }
    GroupBox& groupBox() { return *m_groups; }
    QAction* namesAction() { return m_names; } ///< "Look Up Host Names"; off to begin with
    AnswerBar& answer() { return *m_answer; }  ///< what became of what was asked for
    ConnectionActions& connectionActions() { return *m_actions; }

    /// What is offered where this machine has no connection at all. They outlive the page.
    void setWhereToLook(const QList<QAction*>& actions) { m_elsewhereToLook = actions; }
    void showProgram(); ///< all connections of the program of the one chosen

    /// Shows the columns that say where each row lives, or hides those of them again that it has shown.
    void showNetnsColumns(bool shown);
    /// The connections that a filter lists, and nothing else chosen.
    /// @param name  what is seen of it, where it only names cookies; else the filter is
    void list(const QString& filter, const QString& name = {});

    QMenu* menu() override { return m_menu; }
    void addTableActions(const QList<QAction*>& actions) override;
    void addPauseAction(QAction* pause) override;
    Exportable exportable(Scope scope) const override;
    Abilities abilities() const override;
    void copySelection() override;
    void selectAll() override;
    void focusFilter() override;
    bool takeFocus() override;
    void setDetailsSide(DetailsSide side) override;
    void growDetails(int steps) override;
    void restore(const QSettings& settings) override;
    void save(QSettings& settings) const override;

Q_SIGNALS:
    void asked(halfopen::Verb verb); ///< what only the window can do
    void detailsWanted();            ///< where they are hidden
    void everyNetnsRequested();      ///< all namespaces are to be in view
    void resumeRequested();          ///< in the line that says that the table is paused

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void doIt(Verb verb);
    QWidget* newTable();
    void setUpLayout();
    void setUpNotices();
    void connectParts();
    void showChildren();
    void showDetails();
    void showPrograms();
    void showPaused();
    void showInTable(const FramePtr& frame);
    /// The line that says what guarded and unguarded mean, until a person dismisses it for good.
    void showHint(bool shown);
    void showState(const Frame& frame, std::size_t shown);
    void showInstead(QWidget* widget);
    void showMessage(const Frame& frame);
    void showElsewhere(const Frame& frame);
    void select(const SocketKey& key);

    DesktopPrograms& m_programs;
    PauseGate m_gate;
    FramePtr m_frame;
    FilterBar* m_filter;
    GroupBox* m_groups;
    QAction* m_names;
    NoticeBar* m_hint;
    NoticeBar* m_paused;
    NoticeBar* m_stale;
    NoticeBar* m_elsewhere;
    AnswerBar* m_answer;
    ConnectionView* m_view;
    MessagePage* m_message;
    QStackedLayout* m_stack = nullptr;
    DetailsPane* m_details;
    CurvesPage* m_curves;
    DetailsSplitter* m_splitter = nullptr;
    ConnectionActions* m_actions;
    QMenu* m_menu;
    bool m_knowsOthers = false;        ///< the person has chosen a namespace before
    QAction* m_showAll;                ///< clears the filter
    QAction* m_showEveryNetns;         ///< on the page that says that there is nothing
    QList<QAction*> m_elsewhereToLook; ///< setWhereToLook()
};

} // namespace halfopen
