// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/field_message.h"

#include "ui/look/text.h"
#include "ui/look/theme.h"

#include <QAccessible>
#include <QAction>
#include <QFocusEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QStyle>
#include <QToolButton>

#include <algorithm>

namespace halfopen {

using namespace std::chrono_literals;

namespace {

QToolButton* newDismiss() {
    auto* button = new QToolButton;
    button->setText(QStringLiteral("\u00d7"));
    button->setAccessibleName(FieldMessage::tr("Dismiss"));
    button->setToolTip(FieldMessage::tr("Dismiss"));
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::NoFocus); // the keys that leave the field dismiss it as well
    button->setMinimumSize(kTarget, kTarget);
    return button;
}

} // namespace

FieldMessage::FieldMessage(QLineEdit& field, QWidget& bar)
    : QFrame(&bar)
    , m_field(field)
    , m_bar(bar)
    , m_label(newText())
    , m_sign(field.addAction(field.style()->standardIcon(QStyle::SP_MessageBoxWarning), QLineEdit::TrailingPosition)) {
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::ToolTipBase);
    m_label->setForegroundRole(QPalette::ToolTipText);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 2, 2, 2);
    layout->addWidget(m_label, 1);
    auto* dismiss = newDismiss();
    layout->addWidget(dismiss, 0, Qt::AlignTop);
    connect(dismiss, &QToolButton::clicked, this, &QWidget::hide);
    connect(m_sign, &QAction::triggered, this, [this] { isVisible() ? hide() : open(); });
    m_sign->setText(tr("What is wrong"));
    m_sign->setVisible(false);
    m_alert.setSingleShot(true);
    m_alert.setInterval(800ms);
    connect(&m_alert, &QTimer::timeout, this, [this] {
        QAccessibleEvent event(&m_field, QAccessible::Alert);
        QAccessible::updateAccessibility(&event);
    });
    m_field.installEventFilter(this);
    hide();
}

QString FieldMessage::text() const {
    return m_label->text();
}

void FieldMessage::say(const QString& text) {
    if (text == m_label->text())
        return;
    m_label->setText(text);
    m_field.setAccessibleDescription(text);
    m_sign->setToolTip(text);
    m_sign->setVisible(!text.isEmpty());
    if (text.isEmpty()) {
        m_alert.stop();
        hide();
        return;
    }
    m_alert.start();
    open();
}

void FieldMessage::open() {
    QWidget* page = m_bar.parentWidget() ? m_bar.parentWidget() : &m_bar;
    if (parentWidget() != page)
        setParent(page);
    place();
    show();
    raise();
}

/// As wide as the field, and as high as its lines are.
void FieldMessage::place() {
    const QPoint below = m_field.mapTo(parentWidget(), m_field.rect().bottomLeft()) + QPoint(0, 1);
    const int width = std::max(m_field.width(), minimumSizeHint().width());
    setGeometry(QRect(below, QSize(width, heightForWidth(width))));
}

bool FieldMessage::eventFilter(QObject* watched, QEvent* event) {
    if (watched != &m_field || text().isEmpty())
        return QFrame::eventFilter(watched, event);
    switch (event->type()) {
    case QEvent::FocusIn:
        open();
        break;
    case QEvent::FocusOut: {
        const auto reason = static_cast<QFocusEvent*>(event)->reason();
        if (reason != Qt::PopupFocusReason && reason != Qt::ActiveWindowFocusReason)
            hide();
        break;
    }
    case QEvent::Move:
    case QEvent::Resize:
        if (isVisible())
            place();
        break;
    default:
        break;
    }
    return QFrame::eventFilter(watched, event);
}

} // namespace halfopen
