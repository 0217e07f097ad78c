// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;
class QToolButton;

namespace halfopen {

/// What became of a request: a sentence and, where it helps, a command to copy. Hidden while it has nothing to say.
class AnswerBar final : public QWidget {
    Q_OBJECT

public:
    explicit AnswerBar(QWidget* parent = nullptr);

    /// @param command  "": none; several lines are shown as one, and copied as they are
    void say(const QString& sentence, const QString& command = {});
    void clear() { say({}); }

private:
    void copy();

    QLabel* m_sentence;
    QLineEdit* m_command;
    QToolButton* m_copy;
    QToolButton* m_close;
    QString m_text; ///< the command as it was given
};

} // namespace halfopen
