// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/changes/changes_window.h"

#include "ui/look/text.h"
#include "ui/parts/table_copy.h"
#include "ui/parts/table_look.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

#include <utility>

namespace halfopen {

namespace {

constexpr std::size_t kListed = 1000; ///< connections; more are no filter

} // namespace

ChangesWindow::ChangesWindow(ChangeLog& log, std::function<bool(const LoggedChange& change)> canUndo, QWidget* parent)
    : QDialog(parent)
    , m_log(log)
    , m_canUndo(std::move(canUndo))
    , m_none(newText())
    , m_table(newTable(log))
    , m_undo(new QPushButton(tr("&Undo")))
    , m_show(new QPushButton(tr("&Show Connections"))) {
    setObjectName(QStringLiteral("changesWindow"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Changes Made"));
    resize(960, 420);
    auto* layout = new QVBoxLayout(this);
    auto* what = newText();
    what->setText(tr("What Halfopen has changed since it was started, and settings that something else has changed "
                     "meanwhile."));
    layout->addWidget(what);
    m_none->setText(tr("Nothing has been changed so far."));
    m_none->setObjectName(QStringLiteral("noChanges"));
    m_none->setForegroundRole(QPalette::PlaceholderText);
    layout->addWidget(m_none);
    layout->addWidget(m_table, 1);
    layout->addWidget(newButtons());
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ChangesWindow::refresh);
    connect(&log, &QAbstractItemModel::dataChanged, this, &ChangesWindow::refresh);
    connect(&log, &QAbstractItemModel::rowsInserted, this, [this] {
        m_table->resizeColumnsToContents();
        refresh();
    });
    if (log.rowCount() > 0)
        m_table->selectRow(0);
    m_table->setFocus();
    refresh();
}

QDialogButtonBox* ChangesWindow::newButtons() {
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    m_undo->setObjectName(QStringLiteral("undoLogged"));
    m_show->setObjectName(QStringLiteral("showLogged"));
    for (auto* button : {m_undo, m_show}) {
        button->setAutoDefault(false);
        buttons->addButton(button, QDialogButtonBox::ActionRole);
    }
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    connect(m_undo, &QPushButton::clicked, this, [this] {
        if (const auto* change = chosen())
            Q_EMIT undoRequested(*change);
    });
    connect(m_show, &QPushButton::clicked, this, [this] {
        if (const auto* change = chosen())
            Q_EMIT connectionsRequested(*change);
    });
    return buttons;
}

QTableView* ChangesWindow::newTable(ChangeLog& log) {
    auto* table = new QTableView;
    setUpTableLook(*table);
    table->setModel(&log);
    table->setObjectName(QStringLiteral("changes"));
    table->setAccessibleName(tr("Changes"));
    table->horizontalHeader()->setStretchLastSection(true);
    table->resizeColumnsToContents();
    addCopyAction(*table);
    return table;
}

const LoggedChange* ChangesWindow::chosen() const {
    const auto rows = m_table->selectionModel()->selectedRows();
    return rows.size() == 1 ? &m_log.at(rows.front().row()) : nullptr;
}

void ChangesWindow::refresh() {
    const auto* change = chosen();
    m_none->setVisible(m_log.rowCount() == 0);
    const bool hadKeys = m_undo->hasFocus();
    m_undo->setEnabled(change && m_canUndo(*change));
    m_show->setEnabled(change && !change->sockets.empty() && change->sockets.size() <= kListed);
    if (hadKeys && !m_undo->isEnabled())
        m_table->setFocus();
}

} // namespace halfopen
