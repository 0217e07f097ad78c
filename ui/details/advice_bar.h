// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/details/advice.h"

#include <QWidget>

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

Q_SIGNALS:
    void asked(halfopen::Verb verb);

private:
    void press(const Advice& advice);

    Advice m_firstAdvice;
    Advice m_secondAdvice;
    QLabel* m_text;
    QToolButton* m_first;
    QToolButton* m_second;
};

} // namespace halfopen
