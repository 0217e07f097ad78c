// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/tuning/apply_flow.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QMenu;
class QPushButton;
class QStackedLayout;
class QToolButton;

namespace halfopen {

/// The line at the foot: what to do with the values, and while something is under way, what that is.
class ApplyBar final : public QWidget {
    Q_OBJECT

public:
    explicit ApplyBar(QWidget* parent = nullptr);

    /// What can be done with the values now.
    struct Choices {
        bool canApply = false;
        bool canRevert = false;
        QString whyNoPersist; ///< "": it can be kept
        QString whyNoTrial;   ///< "": it can be tried
        bool hasDropIn = false;
    };
    void showChoices(const Choices& choices);
    /// @param before  what a trial goes back to: "7200 / 75 / 9"
    void showStep(const ApplyFlow& flow, const QString& before);
    void setExportMenu(QMenu* menu);

    bool persist() const;
    bool onTrial() const;
    QString stepText() const; ///< what is under way, as a person reads it

    QCheckBox* persistBox;
    QCheckBox* trialBox;
    QPushButton* revert;
    QPushButton* apply;
    QPushButton* forget; ///< the drop-in
    QPushButton* keep;
    QPushButton* takeBack;
    QPushButton* cancel;

private:
    QWidget* newChoices();
    QWidget* newStep();
    void keepKeys(bool decides);

    QToolButton* m_export;
    QLabel* m_step;
    QStackedLayout* m_stack;
    ApplyFlow::Step m_shownStep = ApplyFlow::Step::Ready;
    bool m_warned = false; ///< that a trial is about to end
};

} // namespace halfopen
