// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/table/countdown_tick.h"

#include "ui/look/duration_text.h"
#include "ui/table/connection_model.h"

#include <QEvent>
#include <QHeaderView>
#include <QTableView>

#include <chrono>
#include <utility>

namespace halfopen {

using namespace std::chrono_literals;

namespace {

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
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &CountdownTick::tick);
    view.installEventFilter(this);
}

namespace {

std::int64_t secondNow() {
    return std::chrono::floor<std::chrono::seconds>(MonotonicClock::now().time_since_epoch()).count();
}

} // namespace

void CountdownTick::restart() {
    m_fast = true;
    m_second = secondNow(); // all has just been painted
    schedule();
}

/// Together with all other texts that count, see duration_text.h.
void CountdownTick::schedule() {
    if (m_view.isVisible())
        m_timer.start(untilNextTick(MonotonicClock::now(), m_fast));
}

bool CountdownTick::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Show)
        restart();
    else if (event->type() == QEvent::Hide)
        m_timer.stop();
    return QObject::eventFilter(watched, event);
}

void CountdownTick::tick() {
    const auto second = secondNow();
    m_fast = repaintCountdowns(second != std::exchange(m_second, second));
    schedule();
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
    const auto left = m_model.left(m_model.index(row, column));
    return left && *left > -1s && *left <= 11s;
}

} // namespace halfopen
