// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/host_selector.h"

#include "ui/look/theme.h"

#include <QCompleter>
#include <QFocusEvent>
#include <QKeyEvent>
#include <QLineEdit>
#include <QWheelEvent>

namespace halfopen {

namespace {

constexpr int kCharacters = 14; ///< that are seen of a longer name

} // namespace

HostSelector::HostSelector(QWidget* parent)
    : QComboBox(parent) {
    setObjectName(QStringLiteral("host"));
    setAccessibleName(tr("Machine"));
    setToolTip(tr("Whose connections are shown. Another machine is asked by ssh: type its name, or user@name, and "
                  "press Enter."));
    setMinimumHeight(kTarget);
    setEditable(true);
    setInsertPolicy(QComboBox::NoInsert);
    setMinimumContentsLength(kCharacters);
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    lineEdit()->setAccessibleName(accessibleName());
    completer()->setCompletionMode(QCompleter::PopupCompletion);
    offer({});
    connect(this, &QComboBox::textActivated, this, &HostSelector::request);
    connect(lineEdit(), &QLineEdit::returnPressed, this, [this] { request(currentText()); });
}

void HostSelector::offer(const QStringList& hosts) {
    clear();
    addItem(tr("This machine"));
    addItems(hosts);
    showHost(m_host);
}

void HostSelector::showHost(const QString& host) {
    m_host = host;
    const int at = host.isEmpty() ? 0 : findText(host, Qt::MatchExactly | Qt::MatchCaseSensitive);
    setCurrentIndex(at);
    setEditText(at < 0 ? host : itemText(at));
}

void HostSelector::request(const QString& text) {
    const QString host = text == itemText(0) ? QString() : text.trimmed();
    if (!host.isEmpty() && host != m_host)
        Q_EMIT hostRequested(host);
    else if (host.isEmpty() && !m_host.isEmpty())
        Q_EMIT machineRequested();
    showHost(m_host);
    lineEdit()->selectAll();
}

/// What was begun to be typed is not what is shown.
void HostSelector::focusOutEvent(QFocusEvent* event) {
    QComboBox::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason)
        showHost(m_host);
}

/// No machine is asked in passing, on the way to the next one in the list.
void HostSelector::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape)
        showHost(m_host);
    else if (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down)
        showPopup();
    else
        QComboBox::keyPressEvent(event);
}

void HostSelector::wheelEvent(QWheelEvent* event) {
    event->ignore();
}

} // namespace halfopen
