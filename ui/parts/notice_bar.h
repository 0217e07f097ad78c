// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QToolButton;

namespace halfopen {

/// One line above the table that says something and may offer one thing to do. Hidden while it has nothing to say.
class NoticeBar final : public QWidget {
    Q_OBJECT

public:
    explicit NoticeBar(QWidget* parent = nullptr);

    void say(const QString& text);       ///< "" hides it
    void setAction(const QString& text); ///< what the button at the right says

Q_SIGNALS:
    void triggered();

private:
    QLabel* m_label;
    QToolButton* m_button;
};

} // namespace halfopen
