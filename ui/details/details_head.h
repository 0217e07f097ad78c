// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/diagnosis.h"

#include <QWidget>

class QAction;
class QColor;
class QGridLayout;
class QHBoxLayout;
class QLabel;
class QToolButton;

namespace halfopen {

/// The first line of the details: an icon, who is told of, what is to be said in one sentence, and buttons for verbs.
class DetailsHead final : public QWidget {
    Q_OBJECT

public:
    explicit DetailsHead(QWidget* parent = nullptr);

    /// Which of its parts are there.
    void setParts(bool icon, bool who, bool verbs);
    void setIcon(Diagnosis diagnosis, const QColor& accent);
    void setWho(const QString& who);
    /// Cut where it does not fit; all of it is in the tool tip.
    void say(const QString& sentence, const QColor& color);
    void addVerb(QAction* verb);
    /// A button with which a person unfolds what stands below.
    /// @param unfolded  it is there already
    void showMore(bool shown, bool unfolded);

Q_SIGNALS:
    void moreWanted(bool wanted); ///< by the button

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void placeSentence();
    void nameMore(bool unfolded);

    QGridLayout* m_grid;
    QLabel* m_icon;
    QLabel* m_who;
    QLabel* m_sentence;
    QHBoxLayout* m_verbs;
    QWidget* m_verbBox;
    QWidget* m_lastVerb = nullptr;
    QToolButton* m_more;
    bool m_narrow = false; ///< the sentence has a line of its own
};

} // namespace halfopen
