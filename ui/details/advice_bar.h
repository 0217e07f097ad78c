// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/details/advice.h"

#include <QWidget>

#include <map>

class QAction;
class QLabel;
class QToolButton;

namespace halfopen {

/// "What you can do", with its buttons.
class AdviceBar final : public QWidget {
    Q_OBJECT

public:
    explicit AdviceBar(QWidget* parent = nullptr);

    /// @param second  one more thing that can be done; its text stands nowhere
    void show(const Advice& advice, const Advice& second = {});
    void clear(); ///< hides it
    /// What does the same elsewhere: a button is enabled while that is. @param action  outlives this
    void follow(Verb verb, QAction* action);

Q_SIGNALS:
    void asked(halfopen::Verb verb);

private:
    void press(const Advice& advice);
    void enable();

    Advice m_firstAdvice;
    Advice m_secondAdvice;
    std::map<Verb, QAction*> m_actions; ///< that their buttons follow
    QLabel* m_text;
    QToolButton* m_first;
    QToolButton* m_second;
};

} // namespace halfopen
