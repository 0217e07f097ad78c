// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/table/edge_marker.h"

#include "core/model/diagnosis.h"
#include "core/model/row.h"
#include "ui/table/connection_model.h"

#include <QScrollBar>
#include <QTableView>

#include <algorithm>
#include <utility>

namespace halfopen {

namespace {

bool isSuspect(const ConnectionModel& connections, int row) {
    const Row* shown = connections.rowAt(row);
    return shown && shown->diagnosis == Diagnosis::Suspect && connections.changeAt(row) != Change::Closed;
}

} // namespace

EdgeMarker::EdgeMarker(QTableView& view, const ConnectionModel& connections)
    : QToolButton(view.viewport())
    , m_view(view)
    , m_connections(connections) {
    setObjectName(QStringLiteral("suspectAbove"));
    setFocusPolicy(Qt::NoFocus); // Home leads there, too
    setArrowType(Qt::UpArrow);
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setAutoFillBackground(true);
    hide();
    connect(view.verticalScrollBar(), &QScrollBar::valueChanged, this, &EdgeMarker::count);
    connect(this, &QToolButton::clicked, this, [this] {
        if (const int row = lastAbove(); row >= 0)
            m_view.scrollTo(m_connections.index(row, 0), QAbstractItemView::PositionAtCenter);
    });
}

int EdgeMarker::lastAbove() const {
    int row = m_view.rowAt(0) - 1;
    while (row >= 0 && !isSuspect(m_connections, row))
        --row;
    return row;
}

void EdgeMarker::count() {
    int count = 0;
    const FramePtr& frame = m_connections.frame();
    const bool any = frame && frame->diagnoses[static_cast<std::size_t>(Diagnosis::Suspect)] > 0;
    for (int row = any ? m_view.rowAt(0) - 1 : -1; row >= 0; --row)
        count += isSuspect(m_connections, row);
    tell(count);
}

void EdgeMarker::tell(int count) {
    if (std::exchange(m_count, count) != count) {
        setText(tr("%n suspect above", nullptr, count));
        setAccessibleName(text());
    }
    setVisible(count > 0);
    if (count == 0)
        return;
    resize(sizeHint());
    move(std::max(0, (m_view.viewport()->width() - width()) / 2), 0);
}

} // namespace halfopen
