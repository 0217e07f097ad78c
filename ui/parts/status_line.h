// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QToolButton;

namespace halfopen {

/// "212 connections, 37 guarded, 96 unguarded, 2 suspect", "1 dead but held", how forecasts have held, what the frame
/// notes, and "sampled 0.2 s ago in 1.4 ms".
class StatusLine final : public QWidget {
    Q_OBJECT

public:
    explicit StatusLine(QWidget* parent = nullptr);

    void showFrame(const FramePtr& frame);
    QString countsText() const;
    QString forecastsText() const;
    QString sampledText() const;
    QToolButton& dead() { return *m_dead; }

Q_SIGNALS:
    void deadRequested(); ///< the dead sockets are to be shown

private:
    void showAge();

    QLabel* m_counts;
    QToolButton* m_dead; ///< only there where a dead connection is held
    QLabel* m_forecasts; ///< only there where one was graded
    QLabel* m_notes;
    QLabel* m_sampled;
    QTimer m_timer;
    FramePtr m_frame;
};

} // namespace halfopen
