// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/ended_connection.h"

#include <QTableView>

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

Q_SIGNALS:
    void selectedChanged();

protected:
    void selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) override;

private:
    HistoryModel& m_model;
};

} // namespace halfopen
