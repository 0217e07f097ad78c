// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chart_panel.h"

#include "ui/charts/chart_table.h"
#include "ui/charts/stacked_chart.h"
#include "ui/look/text.h"
#include "ui/look/theme.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QShortcut>
#include <QStackedLayout>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

namespace halfopen {

ChartPanel::ChartPanel(const QString& title, const QString& pointName, StackedChart* chart)
    : m_title(new QLabel(title))
    , m_head(new QHBoxLayout)
    , m_toggle(new QToolButton)
    , m_chart(chart)
    , m_numbers(new ChartTable(pointName, chart->numbers(), this))
    , m_view(new QTableView)
    , m_instead(newText())
    , m_words(newText())
    , m_stack(new QStackedLayout) {
    auto strong = m_title->font();
    strong.setBold(true);
    m_title->setFont(strong);
    m_title->setTextFormat(Qt::PlainText);
    m_toggle->setText(tr("As Table"));
    m_toggle->setToolTip(tr("Show the same numbers as a table (T)"));
    m_toggle->setAccessibleName(tr("%1 as table", "the name of a chart").arg(title));
    m_toggle->setCheckable(true);
    m_toggle->setMinimumHeight(kTarget);
    m_view->setModel(m_numbers);
    m_view->setAccessibleName(title);
    m_view->verticalHeader()->hide();
    m_view->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setTabKeyNavigation(false);
    setFocusProxy(m_chart);
    m_instead->setObjectName(QStringLiteral("chartInstead"));
    m_words->setObjectName(QStringLiteral("chartWords"));
    m_instead->setAlignment(Qt::AlignCenter);
    m_words->setForegroundRole(QPalette::PlaceholderText);
    m_words->setMinimumHeight(fontMetrics().height());
    m_title->setWordWrap(true);
    m_head->addWidget(m_title, 1);
    m_head->addStretch(0);
    m_head->addWidget(m_toggle);
    for (QWidget* part :
         {static_cast<QWidget*>(m_chart), static_cast<QWidget*>(m_view), static_cast<QWidget*>(m_instead)})
        m_stack->addWidget(part);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addLayout(m_head);
    layout->addLayout(m_stack, 1);
    layout->addWidget(m_words);
    connect(m_toggle, &QToolButton::toggled, this, &ChartPanel::showPart);
    connect(m_chart, &StackedChart::spoken, m_words, &QLabel::setText);
    auto* key = new QShortcut(QKeySequence(Qt::Key_T), this);
    key->setContext(Qt::WidgetWithChildrenShortcut);
    connect(key, &QShortcut::activated, m_toggle, &QToolButton::toggle);
}

void ChartPanel::setTitle(const QString& title) {
    setTextIfNew(*m_title, title);
}

void ChartPanel::addToHead(QWidget* widget) {
    m_head->insertWidget(m_head->count() - 1, widget);
    setTabOrder(widget, m_chart); // it stands above
}

void ChartPanel::refresh(const QString& instead) {
    setTextIfNew(*m_instead, instead);
    showPart();
}

/// The keys stay with what takes the place of what had them.
void ChartPanel::showPart() {
    if (m_toggle->isChecked())
        m_numbers->show(m_chart->numbers().points);
    QWidget* part = m_toggle->isChecked()         ? static_cast<QWidget*>(m_view)
                    : m_instead->text().isEmpty() ? static_cast<QWidget*>(m_chart)
                                                  : m_instead;
    if (m_stack->currentWidget() == part)
        return;
    const bool hadFocus = m_stack->currentWidget()->hasFocus();
    m_stack->setCurrentWidget(part);
    if (hadFocus)
        (part == m_instead ? m_toggle : part)->setFocus();
}

} // namespace halfopen
