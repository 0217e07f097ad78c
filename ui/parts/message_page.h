// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

#include <vector>

class QAction;
class QHBoxLayout;
class QLabel;
class QPushButton;

namespace halfopen {

/// Sentences where the table would be: why there is nothing to see, and what to do about it.
class MessagePage final : public QWidget {
    Q_OBJECT

public:
    explicit MessagePage(QWidget* parent = nullptr);

    /// @param ways  a button for each, the first one in front; they outlive the page, or what it says
    void say(const QString& headline, const QString& sentence, const QList<QAction*>& ways = {});

private:
    void offer(const QList<QAction*>& ways);
    QPushButton* button(std::size_t place);

    QLabel* m_headline;
    QLabel* m_sentence;
    QHBoxLayout* m_line;
    std::vector<QPushButton*> m_buttons; ///< of all the ways that there have been: one that has the focus stays
    QList<QAction*> m_ways;
};

} // namespace halfopen
