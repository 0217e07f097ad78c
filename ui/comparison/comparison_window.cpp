// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/comparison/comparison_window.h"

#include "ui/look/text.h"
#include "ui/parts/chip_row.h"
#include "ui/parts/table_copy.h"
#include "ui/parts/table_look.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QTableView>
#include <QVBoxLayout>

#include <utility>

namespace halfopen {

namespace {

std::vector<ChipRow::Chip> chips() {
    return {{static_cast<unsigned>(DifferenceKind::New), QStringLiteral("difference_new")},
            {static_cast<unsigned>(DifferenceKind::Gone), QStringLiteral("difference_gone")},
            {static_cast<unsigned>(DifferenceKind::Changed), QStringLiteral("difference_changed")}};
}

QTableView* newTable(ComparisonModel& model) {
    auto* table = new QTableView;
    setUpTableLook(*table);
    table->setModel(&model);
    table->setObjectName(QStringLiteral("differences"));
    table->setAccessibleName(ComparisonWindow::tr("Differences"));
    table->horizontalHeader()->setStretchLastSection(true);
    table->resizeColumnsToContents();
    addCopyAction(*table);
    return table;
}

} // namespace

ComparisonWindow::ComparisonWindow(const Sides& sides, ComparedFrames frames, QWidget* parent)
    : QDialog(parent)
    , m_model(new ComparisonModel(std::move(frames), this))
    , m_kinds(new ChipRow(QStringLiteral("difference_all"), chips())) {
    setObjectName(QStringLiteral("comparison"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("From %1 to %2").arg(sides.before, sides.now));
    resize(960, 480);
    auto* layout = new QVBoxLayout(this);
    auto* count = newText();
    count->setObjectName(QStringLiteral("alike"));
    count->setText(countText());
    layout->addWidget(count);
    layout->addWidget(m_kinds);
    layout->addWidget(newTable(*m_model), 1);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    layout->addWidget(buttons);
    std::size_t all = 0;
    for (const DifferenceKind difference : kDifferenceKinds) {
        all += m_model->countOf(difference);
        m_kinds->name(static_cast<unsigned>(difference), differenceLabel(difference), m_model->countOf(difference));
    }
    m_kinds->nameAll(tr("all"), all);
    connect(m_kinds, &ChipRow::changed, this, [this] { m_model->setKinds(m_kinds->chosen()); });
}

QString ComparisonWindow::countText() const {
    const bool same = m_model->rowCount() == 0;
    const auto alike = static_cast<int>(m_model->alike());
    return same ? tr("Nothing has changed: %n connection(s) are as they were.", nullptr, alike)
                : tr("%n connection(s) are as they were.", nullptr, alike);
}

} // namespace halfopen
