// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QTimer>

class QAction;
class QLabel;
class QLineEdit;

namespace halfopen {

/// What is wrong with what is typed into a field. It lies over what is below the field, so that nothing moves while
/// one types. Where the keys leave the field, or it is dismissed, a sign in the field is left, which shows it again, as
/// the keys do when they come back.
class FieldMessage final : public QFrame {
    Q_OBJECT

public:
    /// @param bar  at the top of its page, with the field in it, or the field itself; the message lies over the page
    FieldMessage(QLineEdit& field, QWidget& bar);

    void say(const QString& text); ///< "" takes it away; what is there already is not said again
    QString text() const;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void open();
    void place();

    QLineEdit& m_field;
    QWidget& m_bar;
    QLabel* m_label;
    QAction* m_sign;
    QTimer m_alert; ///< what stays is told to screen readers
};

} // namespace halfopen
