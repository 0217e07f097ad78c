// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"

#include <QWidget>

#include <optional>

class QSettings;
class QSplitter;
class QStackedLayout;

namespace halfopen {

class AnswerBar;
class ConnectionView;
class DesktopPrograms;
class DetailsPane;
class FilterBar;
class MessagePage;
class NoticeBar;

/// The page "Connections": filter, table, details, and sentences where there is no table to show.
class ConnectionsPage final : public QWidget {
    Q_OBJECT

public:
    explicit ConnectionsPage(QWidget* parent = nullptr);

    void showFrame(const FramePtr& frame);
    /// Shows the same frame with another filter and order, so that a picture that stands still can be searched.
    void rearrange(const Query& query);
    /// Writes what the person has chosen here: filter, quick button, sort order, selected row.
    void applyTo(Query& query) const;
    /// Stops all countdowns at a moment (pause), or lets them run (nullopt).
    void freeze(std::optional<MonotonicTime> at);
    /// The line above the table; "" removes it.
    void sayPaused(const QString& text);

    /// @param programs  asked for the applications behind processes; outlives the page. May be null
    void setPrograms(const DesktopPrograms* programs);

    ConnectionView& view() { return *m_view; }
    DetailsPane& details() { return *m_details; }
    MessagePage& message() { return *m_message; }
    FilterBar& filterBar() { return *m_filter; }
    AnswerBar& answer() { return *m_answer; } ///< what became of what was asked for

    /// Gives the keys to the table, or to the sentences in its place.
    void focusTable();
    void restore(const QSettings& settings);
    void save(QSettings& settings) const;
    /// The line that says what guarded and unguarded mean, until a person dismisses it for good.
    void showHint(bool shown);

Q_SIGNALS:
    void chosen();          ///< applyTo() would write something else now
    void hintDismissed();   ///< the line of showHint() was dismissed
    void resumeRequested(); ///< in the line of sayPaused()

private:
    QWidget* newTable();
    void setUpNotices();
    void showState(const Frame& frame, std::size_t shown);
    QString staleText(const Frame& frame);
    void showInstead(QWidget* widget);
    void showMessage(const Frame& frame);
    void select(std::uint64_t cookie);

    FilterBar* m_filter;
    NoticeBar* m_hint;
    NoticeBar* m_paused;
    NoticeBar* m_stale;
    AnswerBar* m_answer;
    ConnectionView* m_view;
    MessagePage* m_message;
    QStackedLayout* m_stack = nullptr;
    DetailsPane* m_details;
    QSplitter* m_splitter;
    FramePtr m_frame;
};

} // namespace halfopen
