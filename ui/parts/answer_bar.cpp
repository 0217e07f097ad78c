// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/answer_bar.h"

#include "ui/look/announce.h"
#include "ui/look/text.h"
#include "ui/look/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>
#include <QVBoxLayout>

namespace halfopen {

AnswerBar::AnswerBar(QWidget* parent)
    : QWidget(parent)
    , m_sentence(newText())
    , m_command(new QLineEdit)
    , m_copy(new QToolButton)
    , m_close(new QToolButton) {
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::ToolTipBase);
    m_sentence->setForegroundRole(QPalette::ToolTipText);
    setNewsRole(*m_sentence);
    m_sentence->setObjectName(QStringLiteral("answer"));
    m_command->setObjectName(QStringLiteral("answerCommand"));
    m_command->setReadOnly(true);
    m_command->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_command->setAccessibleName(tr("Command"));
    m_copy->setText(tr("Copy"));
    m_close->setText(QStringLiteral("\u00d7"));
    m_close->setAccessibleName(tr("Dismiss"));
    m_close->setToolTip(tr("Dismiss"));
    for (auto* button : {m_copy, m_close}) {
        button->setFocusPolicy(Qt::TabFocus);
        button->setMinimumSize(kTarget, kTarget);
    }
    auto* first = new QHBoxLayout;
    first->addWidget(m_sentence, 1);
    first->addWidget(m_close, 0, Qt::AlignTop);
    auto* second = new QHBoxLayout;
    second->addWidget(m_command, 1);
    second->addWidget(m_copy);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(10, 5, 8, 5);
    layout->addLayout(first);
    layout->addLayout(second);
    connect(m_copy, &QToolButton::clicked, this, &AnswerBar::copy);
    connect(m_close, &QToolButton::clicked, this, &AnswerBar::clear);
    hide();
}

void AnswerBar::say(const QString& sentence, const QString& command) {
    m_text = command;
    m_sentence->setText(sentence);
    m_command->setText(QString(command).replace(QLatin1Char('\n'), QStringLiteral("; ")));
    m_command->setCursorPosition(0);
    m_command->setVisible(!command.isEmpty());
    m_copy->setVisible(!command.isEmpty());
    if (!sentence.isEmpty())
        announce(*m_sentence);
    setVisible(!sentence.isEmpty());
}

void AnswerBar::copy() {
    QApplication::clipboard()->setText(m_text);
}

} // namespace halfopen
