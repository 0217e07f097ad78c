// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tuning/drift_panel.h"

#include "ui/look/sentence.h"
#include "ui/look/text.h"
#include "ui/look/text_size.h"
#include "ui/parts/table_copy.h"
#include "ui/parts/table_look.h"
#include "ui/tuning/drift_model.h"

#include <QHeaderView>
#include <QLabel>
#include <QScrollBar>
#include <QTableView>
#include <QVBoxLayout>

namespace halfopen {

namespace {

constexpr int kWidest = 40; // characters of a column that nobody has widened

} // namespace

DriftPanel::DriftPanel(QWidget* parent)
    : QWidget(parent)
    , m_model(new DriftModel(this))
    , m_sentence(newText())
    , m_view(new QTableView) {
    m_sentence->setObjectName(QStringLiteral("driftSentence"));
    m_view->setObjectName(QStringLiteral("drift"));
    m_view->setAccessibleName(tr("Settings by network namespace"));
    setUpTableLook(*m_view);
    m_view->setModel(m_model);
    m_view->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    addCopyAction(*m_view);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(newHeading(tr("By Network Namespace")));
    layout->addWidget(m_sentence);
    layout->addWidget(m_view);
    hide();
    connect(m_view, &QAbstractItemView::activated, this, [this](const QModelIndex& index) {
        if (const auto number = m_model->netnsAt(index.column()))
            Q_EMIT netnsRequested(*number);
    });
    connect(m_model, &QAbstractItemModel::columnsInserted, this, &DriftPanel::fit);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &DriftPanel::fit);
}

/// As high as its rows: the page scrolls, not the table.
void DriftPanel::fit() {
    m_view->resizeColumnsToContents();
    const int widest = kWidest * fontMetrics().averageCharWidth();
    auto* header = m_view->horizontalHeader();
    for (int column = 0; column < header->count(); ++column)
        if (header->sectionSize(column) > widest)
            header->resizeSection(column, widest);
    m_view->setFixedHeight(header->sizeHint().height() +
                           m_model->rowCount() * m_view->verticalHeader()->defaultSectionSize() +
                           m_view->horizontalScrollBar()->sizeHint().height());
}

QString DriftPanel::sentence() const {
    const auto counts = m_model->counts();
    QString text = counts.drifted == 0
                       ? tr("No namespace is known to have another setting than the host.")
                       : tr("%n namespace(s) have another setting than the host.", nullptr, counts.drifted);
    if (counts.unknown > 0)
        text = inOneLine(text, tr("Of %n namespace(s) the settings are not known.", nullptr, counts.unknown));
    return inOneLine(
        text, tr("The host passes none of its own on: a namespace starts from the kernel's defaults, whatever is set "
                 "here."));
}

void DriftPanel::showFrame(const FramePtr& frame) {
    if (!frame->isHere() || frame->error)
        return setVisible(false);
    m_log.look(*frame, std::chrono::system_clock::now());
    m_model->show(*frame, m_log);
    setVisible(m_model->namespaces() > 1);
    setTextIfNew(*m_sentence, sentence());
}

} // namespace halfopen
