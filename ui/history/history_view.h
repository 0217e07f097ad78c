// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/ended_connection.h"

#include <QPersistentModelIndex>
#include <QTableView>

class QMenu;
class QSettings;

namespace halfopen {

class HistoryModel;

/// The table of ended connections.
class HistoryView final : public QTableView {
    Q_OBJECT

public:
    explicit HistoryView(HistoryModel& model, QWidget* parent = nullptr);

    EndedConnectionPtr selected() const; ///< the current row, if it is selected; else null
    bool select(const SocketKey& key);   ///< false where it is not shown
    void copySelection() const;          ///< TSV with a header, and HTML
    void restore(const QSettings& settings);
    void save(QSettings& settings) const;

    int newAbove() const { return m_newAbove; } ///< rows that came above what is seen, since it was scrolled away
    QMenu* newHeaderMenu(int column);           ///< of its columns; owned by the caller, or by the view

Q_SIGNALS:
    void selectedChanged();
    void newAboveChanged();

protected:
    void selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) override;

private:
    void keepPlace();
    void findPlace();
    void forgetNew();

    HistoryModel& m_model;
    QPersistentModelIndex m_top; ///< of the first row that is seen, while others come
    int m_topAt = 0;             ///< where it is in the viewport
    int m_topRow = -1;
    int m_newAbove = 0;
};

} // namespace halfopen
