// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QToolButton;

namespace halfopen {

/// "212 connections, 37 guarded, 96 unguarded, 2 suspect", "1 dead, still open", how forecasts were graded, what the
/// frame notes, and "sampled 0.2 s ago in 1.4 ms". A tool tip has what was counted since the start.
class StatusLine final : public QWidget {
    Q_OBJECT

public:
    explicit StatusLine(QWidget* parent = nullptr);

    void showFrame(const FramePtr& frame);
    /// A change is on trial, wherever one is in the window; "" says nothing.
    void sayTrial(const QString& sentence);

Q_SIGNALS:
    void deadRequested();  ///< the dead sockets are to be shown
    void readRequested();  ///< what this user may not read is to be read
    void trialRequested(); ///< the page of the trial is to be shown

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    static QString sinceTheStart(const Activity& activity);
    void showAge();
    void showForecasts();
    void showNotes();

    QLabel* m_counts;
    QToolButton* m_dead;  ///< only there where a dead connection is held
    QLabel* m_forecasts;  ///< only there where one was graded
    QToolButton* m_trial; ///< only there while one goes on
    QToolButton* m_read;  ///< only there where a right is missing
    QLabel* m_notes;
    QLabel* m_sampled;
    QTimer m_timer;
    FramePtr m_frame;
};

} // namespace halfopen
