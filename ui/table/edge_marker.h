// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QToolButton>

class QTableView;

namespace halfopen {

class ConnectionModel;

/// Says how many suspect connections stand above what is seen of a table, where its upper edge is, and leads there: the
/// rows of a person's choice keep their place, so what becomes suspect may come to stand out of sight.
class EdgeMarker final : public QToolButton {
    Q_OBJECT

public:
    /// A child of the view's viewport.
    EdgeMarker(QTableView& view, const ConnectionModel& connections);

    /// To be called when rows have changed; it notices by itself that they are scrolled.
    void count();

private:
    int lastAbove() const;
    void tell(int count);

    QTableView& m_view;
    const ConnectionModel& m_connections;
    int m_count = 0;
};

} // namespace halfopen
