// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/details/subject.h"

#include <QTimer>
#include <QWidget>

#include <functional>
#include <optional>

class QAction;
class QHBoxLayout;
class QLabel;
class QTabWidget;

namespace halfopen {

class FactPanel;
class ReportBar;
class TimelineView;

/// Everything about one connection: who and what in one line, its three clocks on a time line, and pages with the
/// sentences, the options, the counters and the owners.
class DetailsPane final : public QWidget {
    Q_OBJECT

public:
    explicit DetailsPane(QWidget* parent = nullptr);

    /// @param key  none: nothing is selected. One that the frame no longer has keeps showing its last frame, marked as
    /// closed. Laid out some 10 ms later.
    void show(const FramePtr& frame, const SocketKey& key);
    /// How the connection shown has ended. Null: not known (yet).
    void showEnding(const EndedConnectionPtr& ending);
    /// @param programs  asked for the applications behind processes; outlives the pane. May be null
    void setPrograms(const DesktopPrograms* programs);
    /// Of the connection shown; 0: none.
    SocketKey key() const { return m_subject ? m_subject.frame->keyOf(*m_subject.row) : SocketKey{}; }
    /// Stops the clocks at a moment (pause), or lets them run (nullopt).
    void freeze(std::optional<MonotonicTime> at);

    int page() const;
    void setPage(int page);

    /// Puts buttons for verbs at the end of the headline.
    void addVerbs(const QList<QAction*>& verbs);
    /// Adds a page that somebody else fills in.
    void addPage(QWidget* page, const QString& title);
    void showPage(QWidget* page);

    ReportBar& report() { return *m_report; }

    QString headline() const; ///< both parts, as a person reads them

protected:
    void changeEvent(QEvent* event) override;

private:
    void setUpPages();
    void showBroken();
    void refresh();
    void refreshClocks();
    void refreshLine();
    void tick();
    void refreshPage();
    void scheduleTick();
    MonotonicTime now() const;

    Subject m_subject;
    const DesktopPrograms* m_programs = nullptr;
    std::optional<MonotonicTime> m_frozen;
    std::vector<TimelineEvent> m_events;
    QLabel* m_icon;
    QLabel* m_who;
    QLabel* m_diagnosis;
    QHBoxLayout* m_verbs;
    TimelineView* m_timeline;
    ReportBar* m_report;
    QTabWidget* m_pages;
    std::vector<FactPanel*> m_panels; ///< of the first pages, in their order
    QTimer m_tick;
    QTimer m_due; ///< a new subject is laid out once the table has been painted: neither keeps keys waiting for both
    int m_tenths = 0; ///< since the sentences were written
};

} // namespace halfopen
