// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/message_page.h"

#include "ui/look/text.h"
#include "ui/look/text_size.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace halfopen {

MessagePage::MessagePage(QWidget* parent)
    : QWidget(parent)
    , m_headline(newText())
    , m_sentence(newText())
    , m_button(new QPushButton) {
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
    layout->addWidget(m_button, 0, Qt::AlignHCenter);
    layout->addStretch(3);
    makeHeading(*m_headline, 1.25);
    connect(m_button, &QPushButton::clicked, this, &MessagePage::triggered);
}

void MessagePage::say(const QString& headline, const QString& sentence, const QString& action) {
    m_headline->setText(headline);
    m_sentence->setText(sentence);
    m_button->setText(action);
    m_button->setVisible(!action.isEmpty());
}

} // namespace halfopen
