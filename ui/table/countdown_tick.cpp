// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/table/countdown_tick.h"

#include "ui/table/connection_model.h"

#include <QEvent>
#include <QHeaderView>
#include <QTableView>

namespace halfopen {

using namespace std::chrono_literals;

namespace {

constexpr auto kSecond = 1000ms;
constexpr auto kTenth = 100ms;

struct RowRange {
    int first;
    int last;
};

RowRange visibleRows(const QTableView& view) {
    const int first = view.rowAt(0);
    const int last = view.rowAt(view.viewport()->height() - 1);
    return {first, last < 0 ? view.model()->rowCount() - 1 : last};
}

} // namespace

CountdownTick::CountdownTick(QTableView& view, const ConnectionModel& model)
    : QObject(&view)
    , m_view(view)
    , m_model(model) {
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &CountdownTick::tick);
    view.installEventFilter(this);
}

void CountdownTick::restart() {
    m_tenths = 0;
    const bool fast = m_timer.interval() == static_cast<int>(kTenth.count());
    if (m_view.isVisible())
        m_timer.start(fast ? kTenth : kSecond);
}

bool CountdownTick::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Show)
        m_timer.start(kTenth);
    else if (event->type() == QEvent::Hide)
        m_timer.stop();
    return QObject::eventFilter(watched, event);
}

void CountdownTick::tick() {
    const bool fast = m_timer.interval() == static_cast<int>(kTenth.count());
    m_tenths = fast ? (m_tenths + 1) % 10 : 0;
    const bool fastNext = repaintCountdowns(m_tenths == 0);
    if (fastNext != fast)
        m_timer.start(fastNext ? kTenth : kSecond);
}

/// @return whether any visible countdown is in its last ten seconds (or enters them within the next second)
bool CountdownTick::repaintCountdowns(bool wholeSecond) {
    const auto [first, last] = visibleRows(m_view);
    const auto& header = *m_view.horizontalHeader();
    bool anyLast = false;
    for (int column = 0; column < m_model.columnCount(); ++column) {
        const auto motion = columns()[static_cast<std::size_t>(column)].motion;
        if (motion == Motion::Still || header.isSectionHidden(column) || first < 0)
            continue;
        for (int row = first; row <= last; ++row) {
            const bool lastSeconds = motion == Motion::CountsDown && inLastSeconds(row, column);
            anyLast |= lastSeconds;
            if (wholeSecond || lastSeconds)
                m_view.update(m_model.index(row, column));
        }
    }
    return anyLast;
}

bool CountdownTick::inLastSeconds(int row, int column) const {
    const auto deadline = m_model.deadline(m_model.index(row, column));
    if (!deadline)
        return false;
    const auto left = *deadline - m_model.now();
    return left > -1s && left <= 11s;
}

} // namespace halfopen
