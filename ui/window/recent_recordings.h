// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <functional>

class QMenu;
class QWidget;

namespace halfopen {

/// The recordings that were opened last, over restarts, as a menu.
class RecentRecordings final : public QObject {
    Q_OBJECT

public:
    /// @param open  opens one of them
    RecentRecordings(std::function<void(const QString& file)> open, QWidget* window);

    QMenu* menu() { return m_menu; } ///< disabled while there is none
    void add(const QString& file);   ///< it has been chosen

private:
    void fill();

    std::function<void(const QString& file)> m_open;
    QMenu* m_menu;
};

} // namespace halfopen
