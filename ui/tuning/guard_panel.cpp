// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tuning/guard_panel.h"

#include "ui/actions/action_strings.h"
#include "ui/look/sentence.h"
#include "ui/look/text.h"
#include "ui/look/text_size.h"
#include "ui/look/translated.h"
#include "ui/parts/table_copy.h"
#include "ui/parts/table_look.h"
#include "ui/tuning/guard_model.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QScrollBar>
#include <QTableView>
#include <QVBoxLayout>

#include <utility>

namespace halfopen {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds kAgainAfter = 5s; // the helper stays a minute, and what it does is little

} // namespace

GuardPanel::GuardPanel(GuardOperations* operations, QWidget* parent)
    : QWidget(parent)
    , m_operations(operations)
    , m_model(new GuardModel(this))
    , m_sentence(newText())
    , m_view(new QTableView)
    , m_forget(new QPushButton(tr("&Forget Rule"))) {
    setUpLayout();
    m_again.setSingleShot(true);
    m_again.setInterval(kAgainAfter);
    connect(&m_again, &QTimer::timeout, this, [this] {
        if (isVisible())
            look();
    });
    connect(m_forget, &QPushButton::clicked, this, &GuardPanel::forget);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &GuardPanel::refreshButton);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &GuardPanel::fit);
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, &GuardPanel::fit);
    hide();
}

void GuardPanel::setUpLayout() {
    m_sentence->setObjectName(QStringLiteral("guardSentence"));
    m_view->setObjectName(QStringLiteral("guards"));
    m_view->setAccessibleName(tr("Rules of the guard"));
    m_forget->setObjectName(QStringLiteral("forgetGuard"));
    m_forget->setEnabled(false);
    setUpTableLook(*m_view);
    m_view->setModel(m_model);
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    addCopyAction(*m_view);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_forget);
    buttons->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(newHeading(tr("Keepalive for Programs That Never Ask")));
    layout->addWidget(m_sentence);
    layout->addWidget(m_view);
    layout->addLayout(buttons);
}

void GuardPanel::setHere(bool here) {
    if (std::exchange(m_here, here) == here)
        return;
    setVisible(false);
    look();
}

void GuardPanel::look() {
    if (!m_operations || !m_here || std::exchange(m_asking, true))
        return;
    m_operations->listGuards([self = QPointer(this)](const Outcome<GuardList>& list) {
        if (!self)
            return;
        self->m_asking = false;
        if (!list)
            return;
        self->show(*list);
        Q_EMIT self->listed(*list);
    });
}

void GuardPanel::show(const GuardList& list) {
    m_model->show(list);
    QString text = tr("Each new connection of these gets keepalive where its program does not ask for it; what a "
                      "program sets itself stays.");
    if (list.notInEffect)
        text =
            inOneLine(text, inOneLine(tr("What is in effect is not known."), translated(list.notInEffect->sentence)));
    setTextIfNew(*m_sentence, text);
    m_view->resizeColumnsToContents();
    setVisible(m_here && !list.rules.empty());
    refreshButton();
    if (!list.rules.empty())
        m_again.start();
}

/// As high as its rows: the page scrolls, not the table.
void GuardPanel::fit() {
    auto* header = m_view->horizontalHeader();
    m_view->setFixedHeight(header->sizeHint().height() +
                           m_model->rowCount() * m_view->verticalHeader()->defaultSectionSize() +
                           m_view->horizontalScrollBar()->sizeHint().height());
}

void GuardPanel::refreshButton() {
    m_forget->setEnabled(!m_forgetting && m_view->selectionModel()->hasSelection());
}

void GuardPanel::forget() {
    const auto chosen = m_view->selectionModel()->selectedRows();
    if (chosen.isEmpty() || std::exchange(m_forgetting, true))
        return;
    refreshButton();
    const std::string unit = m_model->ruleAt(chosen.constFirst().row()).rule.unit;
    m_operations->forgetGuard(unit, [self = QPointer(this)](const Outcome<void>& done) {
        if (!self)
            return;
        self->m_forgetting = false;
        self->refreshButton();
        if (done)
            Q_EMIT self->answered(tr("New connections are guarded no more. Those that are keep their keepalive."), {});
        else
            Q_EMIT self->answered(refusalSentence(done.error()), fromCore(done.error().command));
        self->look();
    });
}

void GuardPanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    m_again.start();
}

} // namespace halfopen
