// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/table/filter_bar.h"

#include "ui/look/strings.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QToolButton>
#include <QVBoxLayout>

namespace halfopen {

using namespace std::chrono_literals;

FilterBar::FilterBar(QWidget* parent)
    : QWidget(parent) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 6, 8, 6);
    layout->setSpacing(5);
    m_top = new QHBoxLayout;
    layout->addLayout(m_top);
    setUpField();
    layout->addWidget(newButtons());
    m_typing.setSingleShot(true);
    m_typing.setInterval(120ms);
    connect(&m_typing, &QTimer::timeout, this, &FilterBar::changed);
}

void FilterBar::setUpField() {
    m_field = new QLineEdit;
    m_field->setObjectName(QStringLiteral("filter"));
    m_field->setAccessibleName(tr("Filter"));
    m_field->setPlaceholderText(tr("Filter by address, port, process, user, state or diagnosis (Ctrl+F)"));
    m_field->setToolTip(tr("Words separated by spaces; a connection is shown when all of them match."));
    m_field->setClearButtonEnabled(true);
    m_field->installEventFilter(this);
    connect(m_field, &QLineEdit::textChanged, this, [this] { m_typing.start(); });
    m_top->addWidget(m_field, 1);
}

void FilterBar::setCorner(QWidget* corner) {
    m_top->addWidget(corner);
}

QWidget* FilterBar::newButtons() {
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(3);
    auto* group = new QButtonGroup(this);
    for (std::size_t i = 0; i < kQuickFilterCount; ++i) {
        m_buttons[i] = newButton(static_cast<QuickFilter>(i));
        group->addButton(m_buttons[i], static_cast<int>(i));
        layout->addWidget(m_buttons[i]);
    }
    layout->addStretch();
    m_buttons[0]->setChecked(true);
    connect(group, &QButtonGroup::idClicked, this, [this](int id) { setQuick(static_cast<QuickFilter>(id)); });
    return row;
}

QToolButton* FilterBar::newButton(QuickFilter quick) {
    auto* button = new QToolButton;
    button->setCheckable(true);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    button->setObjectName(QStringLiteral("quick%1").arg(static_cast<int>(quick)));
    button->setText(quickFilterLabel(quick));
    return button;
}

QString FilterBar::filter() const {
    return m_field->text();
}

void FilterBar::setFilter(const QString& words) {
    m_field->setText(words);
}

void FilterBar::setQuick(QuickFilter quick) {
    m_buttons[static_cast<std::size_t>(quick)]->setChecked(true);
    if (quick == m_quick)
        return;
    m_quick = quick;
    Q_EMIT changed();
}

void FilterBar::clear() {
    m_field->clear();
    setQuick(QuickFilter::All);
}

void FilterBar::focusFilter() {
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
}

void FilterBar::showCounts(const std::array<std::uint32_t, kQuickFilterCount>& counts) {
    for (std::size_t i = 0; i < kQuickFilterCount; ++i) {
        const auto text = tr("%1  %2", "a quick button: word, count")
                              .arg(quickFilterLabel(static_cast<QuickFilter>(i)), locale().toString(counts[i]));
        if (m_buttons[i]->text() != text)
            m_buttons[i]->setText(text);
    }
}

bool FilterBar::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_field && event->type() == QEvent::KeyPress &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        m_field->clear();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace halfopen
