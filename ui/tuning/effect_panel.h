// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tuning/change_progress.h"
#include "core/tuning/effect.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace halfopen {

class CountedLines;
class WhenChart;

/// What a change would do to the open connections; after it was made, what it has done.
class EffectPanel final : public QWidget {
    Q_OBJECT

public:
    explicit EffectPanel(QWidget* parent = nullptr);

    /// @param edited  the draft differs from what is in effect
    void showEffect(const Effect& effect, bool edited);
    void showProgress(const ChangeProgress& progress, MonotonicTime now);
    /// Without a frame there is nothing to count.
    void showNothing(const QString& why);

    /// Those that wait can be armed anew at once. @param why  ""; else why they cannot
    void offerRearm(const QString& why);

Q_SIGNALS:
    void rearmRequested();
    void listRequested(); ///< the connections that are still armed with the old value

private:
    QLabel* m_title;
    QLabel* m_note;
    CountedLines* m_lines;
    QPushButton* m_list;
    QPushButton* m_rearm;
    bool m_canRearm = false;
    QLabel* m_chartTitle;
    WhenChart* m_chart;
};

} // namespace halfopen
