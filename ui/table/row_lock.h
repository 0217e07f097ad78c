// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSet>
#include <QTimer>

class QWidget;

namespace halfopen {

/// Knows when a person is about to do something with a row: a mouse button is down in the view, a menu is open, or Ctrl
/// is held. The rows must not move then.
class RowLock final : public QObject {
    Q_OBJECT

public:
    /// @param viewport  the widget with the rows; becomes the parent
    explicit RowLock(QWidget* viewport);

    bool isLocked() const { return m_buttonDown || m_ctrlDown || !m_menus.isEmpty() || m_read.isActive(); }

Q_SIGNALS:
    void lockedChanged(bool locked);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void watchViewport(const QEvent& event);
    void watchKeys(QEvent& event);
    void watchMenus(const QObject& watched, const QEvent& event);
    void tell(bool before);

    QWidget* m_viewport;
    bool m_buttonDown = false;
    bool m_ctrlDown = false;
    QSet<const QObject*> m_menus; ///< open ones
    QTimer m_read;                ///< runs while a screen reader may still be reading a row out
};

} // namespace halfopen
