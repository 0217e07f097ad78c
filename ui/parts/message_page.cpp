// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/message_page.h"

#include "ui/look/text.h"
#include "ui/look/text_size.h"

#include <QAction>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace halfopen {

MessagePage::MessagePage(QWidget* parent)
    : QWidget(parent)
    , m_headline(newText())
    , m_sentence(newText())
    , m_line(new QHBoxLayout) {
    m_headline->setObjectName(QStringLiteral("messageHeadline"));
    m_sentence->setObjectName(QStringLiteral("messageSentence"));
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(10);
    layout->addStretch(2);
    for (auto* label : {m_headline, m_sentence}) {
        label->setAlignment(Qt::AlignHCenter);
        layout->addWidget(label);
    }
    m_line->addStretch();
    m_line->addStretch();
    layout->addLayout(m_line);
    layout->addStretch(3);
    makeHeading(*m_headline, 1.25);
}

void MessagePage::say(const QString& headline, const QString& sentence, const QList<QAction*>& ways) {
    m_headline->setText(headline);
    m_sentence->setText(sentence);
    if (ways != m_ways)
        offer(ways);
}

void MessagePage::offer(const QList<QAction*>& ways) {
    m_ways = ways;
    for (std::size_t place = 0; place < m_buttons.size(); ++place)
        m_buttons[place]->setVisible(place < static_cast<std::size_t>(ways.size()));
    for (qsizetype place = 0; place < ways.size(); ++place) {
        QPushButton* const one = button(static_cast<std::size_t>(place));
        one->setText(ways[place]->text());
        one->setEnabled(ways[place]->isEnabled());
    }
}

QPushButton* MessagePage::button(std::size_t place) {
    while (m_buttons.size() <= place) {
        auto* button = new QPushButton;
        connect(button, &QPushButton::clicked, this,
                [this, at = static_cast<qsizetype>(m_buttons.size())] { m_ways[at]->trigger(); });
        m_line->insertWidget(m_line->count() - 1, button);
        m_buttons.push_back(button);
    }
    return m_buttons[place];
}

} // namespace halfopen
