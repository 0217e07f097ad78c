// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace halfopen {

/// Sentences where the table would be: why there is nothing to see, and what to do about it.
class MessagePage final : public QWidget {
    Q_OBJECT

public:
    explicit MessagePage(QWidget* parent = nullptr);

    /// @param action  what the button says; "": no button
    void say(const QString& headline, const QString& sentence, const QString& action = {});

Q_SIGNALS:
    void triggered();

private:
    QLabel* m_headline;
    QLabel* m_sentence;
    QPushButton* m_button;
};

} // namespace halfopen
