// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/notice_bar.h"

#include "ui/look/announce.h"
#include "ui/look/text.h"
#include "ui/look/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace halfopen {

NoticeBar::NoticeBar(QWidget* parent)
    : QWidget(parent)
    , m_label(newText())
    , m_button(new QToolButton) {
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::ToolTipBase);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(10, 3, 6, 3);
    layout->addWidget(m_label, 1);
    layout->addWidget(m_button);
    setNewsRole(*m_label);
    m_label->setForegroundRole(QPalette::ToolTipText);
    m_button->setFocusPolicy(Qt::TabFocus);
    m_button->setMinimumHeight(kTarget);
    m_button->hide();
    connect(m_button, &QToolButton::clicked, this, &NoticeBar::triggered);
    hide();
}

void NoticeBar::say(const QString& text) {
    const bool first = m_label->text().isEmpty() && !text.isEmpty();
    if (m_label->text() != text)
        m_label->setText(text);
    if (first) // what changes in it later is no news
        announce(*m_label);
    setVisible(!text.isEmpty());
}

void NoticeBar::setAction(const QString& text) {
    if (m_button->text() != text)
        m_button->setText(text);
    m_button->setVisible(!text.isEmpty());
}

} // namespace halfopen
