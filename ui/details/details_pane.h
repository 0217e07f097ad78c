// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/query/summary.h"
#include "ui/details/subject.h"
#include "ui/parts/verb.h"

#include <QTimer>
#include <QWidget>

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

class QAction;

namespace halfopen {

class AdviceBar;
class DetailsHead;
class FactPages;
class RecordView;
class ReportBar;
class SummaryPanel;
class TimelineView;

/// What there is to say about what is chosen. One connection: who and what in one line, what can be done, its three
/// clocks on a time line, and pages with the sentences, the options, the counters and the owners. One that has ended:
/// its record. Several: all of them together. None: what is wrong on the machine.
class DetailsPane final : public QWidget {
    Q_OBJECT

public:
    explicit DetailsPane(QWidget* parent = nullptr);

    /// @param key  none: nothing is selected. One that the frame no longer has keeps showing its last frame, marked as
    /// closed. Laid out some 10 ms later.
    /// @param shown  of the rows that the table shows; null: of the same frame what was told last, else the frame's own
    void show(const FramePtr& frame, const SocketKey& key, ShownSummaryPtr shown = nullptr);
    /// All that are chosen; more than one are told together, whatever show() was told.
    /// @param rows  into frame
    void showChosen(const FramePtr& frame, std::vector<const Row*> rows);
    /// How the connection shown has ended. Null: not known (yet).
    void showEnding(const EndedConnectionPtr& ending);
    /// @param programs  asked for the applications behind processes; outlives the pane. May be null
    void setPrograms(const DesktopPrograms* programs);
    /// Connections may be guarded (Verb::Guard). @param guardedBy  not empty; what it refers to outlives the pane
    void offerGuard(GuardedBy guardedBy);
    void refreshFacts(); ///< the page shown, of what is known by now
    /// Of the connection shown; 0: none.
    SocketKey key() const { return m_subject ? m_subject.frame->keyOf(*m_subject.row) : SocketKey{}; }
    /// Of the connection shown, once that is known; null before, and where it lives.
    EndedConnectionPtr ending() const { return m_subject.ending; }
    /// There is room for the headline and the time line alone, until a person wants the rest.
    void setLow(bool low);
    void unfold(); ///< a person wants the rest
    bool unfolds() const { return m_unfolds; }
    /// Stops the clocks at a moment (pause), or lets them run (nullopt).
    void freeze(std::optional<MonotonicTime> at);

    int page() const;
    void setPage(int page);

    /// Puts buttons for verbs at the end of the headline.
    void addVerbs(const QList<QAction*>& verbs);
    /// The advice's button for this verb is enabled while the action is. @param action  outlives the pane
    void followVerb(Verb verb, QAction* action);
    /// Adds a page that somebody else fills in. @param ofOne  not to be seen while several are chosen
    void addPage(QWidget* page, const QString& title, bool ofOne = false);
    void showPage(QWidget* page);
    void takeFocus(); ///< where the facts are; does nothing where there is none

Q_SIGNALS:
    void asked(halfopen::Verb verb); ///< what a button here offers
    void ticked(MonotonicTime now);  ///< all times were written anew, as of this moment
    void lostKeys();                 ///< what had the keyboard's focus is no longer there
    void foldedChanged(bool folded); ///< before the room for it changes

protected:
    bool event(QEvent* event) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    enum class Mode : std::uint8_t { Nothing, Alive, Ended, Several };

    void setUpLayout();
    void connectVerbs();
    Mode mode() const;
    void goTo(Mode mode);
    void showParts();
    void fold();
    void keepHeight();
    void showBroken();
    void refresh();
    void refreshClocks();
    void refreshNothing();
    void refreshAlive();
    void refreshEnded();
    void refreshSeveral();
    void sumUp();
    void takeSummary(std::uint64_t choice, const FramePtr& frame, const ChosenSummary& summary);
    void refreshPage();
    void scheduleTick();
    bool isInLastSeconds() const;
    bool isLive() const;
    MonotonicTime now() const;

    Subject m_subject;
    FramePtr m_frame;        ///< the last one shown
    ShownSummaryPtr m_shown; ///< null: nothing has been summed up
    FramePtr m_chosenFrame;
    std::vector<const Row*> m_chosen; ///< into m_chosenFrame
    std::uint64_t m_choice = 0;       ///< counts what was chosen
    std::uint64_t m_choiceSummed = 0; ///< that m_chosenSummary is of
    FramePtr m_summaryFrame;
    std::optional<ChosenSummary> m_chosenSummary; ///< into m_summaryFrame
    bool m_isSumming = false;
    const DesktopPrograms* m_programs = nullptr;
    GuardedBy m_guardedBy; ///< empty: they may not
    std::optional<MonotonicTime> m_frozen;
    std::vector<TimelineEvent> m_events;
    std::optional<Mode> m_mode; ///< that is laid out
    bool m_low = false;
    bool m_folded = false;
    bool m_unfolds = false; ///< a person wants the rest, however low it is
    DetailsHead* m_head;
    AdviceBar* m_advice;
    TimelineView* m_timeline;
    ReportBar* m_report;
    SummaryPanel* m_summary; ///< where nothing is chosen
    RecordView* m_record;
    FactPages* m_pages;
    QTimer m_tick;
    QTimer m_due; ///< a new subject is laid out once the table has been painted: neither keeps keys waiting for both
};

} // namespace halfopen
