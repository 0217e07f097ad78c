// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/details/advice_bar.h"

#include "ui/look/text.h"
#include "ui/look/theme.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

#include <utility>

namespace halfopen {

namespace {

void offer(QToolButton& button, const Advice& advice) {
    button.setVisible(advice.verb != Verb::None);
    if (button.text() != advice.verbText)
        button.setText(advice.verbText);
    button.setToolTip(advice.command);
}

} // namespace

AdviceBar::AdviceBar(QWidget* parent)
    : QWidget(parent)
    , m_text(newText())
    , m_first(new QToolButton)
    , m_second(new QToolButton) {
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 0, 12, 4);
    layout->setSpacing(8);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_first);
    layout->addWidget(m_second);
    m_first->setObjectName(QStringLiteral("advice"));
    for (auto* button : {m_first, m_second}) {
        button->setFocusPolicy(Qt::TabFocus);
        button->setMinimumHeight(kTarget);
    }
    connect(m_first, &QToolButton::clicked, this, [this] { press(m_firstAdvice); });
    connect(m_second, &QToolButton::clicked, this, [this] { press(m_secondAdvice); });
    hide();
}

void AdviceBar::show(const Advice& advice, const Advice& second) {
    m_firstAdvice = advice;
    m_secondAdvice = second;
    setRunningText(*m_text, advice.text);
    offer(*m_first, advice);
    offer(*m_second, second);
    enable();
    setVisible(true);
}

void AdviceBar::follow(Verb verb, QAction* action) {
    m_actions[verb] = action;
    connect(action, &QAction::changed, this, &AdviceBar::enable);
}

void AdviceBar::enable() {
    for (const auto& [button, advice] : {std::pair(m_first, &m_firstAdvice), std::pair(m_second, &m_secondAdvice)}) {
        const auto action = m_actions.find(advice->verb);
        button->setEnabled(action == m_actions.end() || action->second->isEnabled());
    }
}

void AdviceBar::clear() {
    m_firstAdvice = m_secondAdvice = {};
    hide();
}

void AdviceBar::press(const Advice& advice) {
    if (advice.verb == Verb::CopyCommand)
        QGuiApplication::clipboard()->setText(advice.command);
    else
        Q_EMIT asked(advice.verb);
}

} // namespace halfopen
