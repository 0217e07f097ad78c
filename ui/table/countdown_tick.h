// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>

class QRect;
class QTableView;

namespace halfopen {

class ConnectionModel;

/// Repaints the visible cells that count, and nothing else: once a second all of them, and ten times a second those in
/// their last ten seconds. No signal of the model is sent, nothing is computed for rows nobody sees. Rests while the
/// view is hidden.
class CountdownTick final : public QObject {
    Q_OBJECT

public:
    /// @param view   parent and target; shows `model`
    CountdownTick(QTableView& view, const ConnectionModel& model);

    /// To be called with a new frame, whose countdowns may be in their last seconds.
    void restart();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void tick();
    void schedule();
    bool repaintCountdowns(bool wholeSecond);
    bool inLastSeconds(int row, int column) const;

    QTableView& m_view;
    const ConnectionModel& m_model;
    QTimer m_timer;
    bool m_fast = true;        ///< something is in its last seconds
    std::int64_t m_second = 0; ///< of the monotonic clock, that all cells were painted in
};

} // namespace halfopen
