// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/actions/guard_operations.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QPushButton;
class QTableView;

namespace halfopen {

class GuardModel;

/// The rules of the guard, with what they have done, and the way back. Hidden while there are none.
class GuardPanel final : public QWidget {
    Q_OBJECT

public:
    /// @param operations  outlives this; answers later. Null: there is no guard
    explicit GuardPanel(GuardOperations* operations, QWidget* parent = nullptr);

    void setHere(bool here); ///< Frame::isHere() of what is shown: the rules are this machine's
    void look();             ///< asks what there is
    /// What there is, as somebody else has asked.
    void show(const GuardList& list);

Q_SIGNALS:
    void listed(const halfopen::GuardList& list); ///< what look() found
    /// What became of Forget; the command that a person could run instead, or "".
    void answered(const QString& sentence, const QString& command);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void setUpLayout();
    void fit();
    void refreshButton();
    void forget();

    GuardOperations* m_operations; ///< null: there is no guard
    GuardModel* m_model;
    QLabel* m_sentence;
    QTableView* m_view;
    QPushButton* m_forget;
    QTimer m_again;
    bool m_here = true;
    bool m_asking = false;
    bool m_forgetting = false;
};

} // namespace halfopen
