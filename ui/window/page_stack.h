// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <vector>

class QLabel;
class QMenu;
class QStackedWidget;
class QTabBar;
class QWidget;

namespace halfopen {

class Page;

/// Which of the pages is shown: their bar, the stack that they lie in, and the keys that turn them.
class PageStack final : public QObject {
    Q_OBJECT

public:
    /// @param pages  not empty; the stack becomes their parent
    /// @param badge  stands before their titles, so that it is seen on each of them
    /// @param owner  the window; its keys turn the pages
    PageStack(const std::vector<Page*>& pages, QLabel* badge, QWidget* owner);

    QWidget* bar() { return m_barRow; } ///< to be placed, like the stack
    QStackedWidget* stack() { return m_stack; }
    void addTo(QMenu& view); ///< an entry for each page, by Alt and its number

    Page& current() const;
    void show(Page& page);    ///< and gives it the keys
    void setIndex(int index); ///< in the bar, from 0; a number that there is no page for does nothing

Q_SIGNALS:
    void changed();

private:
    QWidget* newBar(QLabel* badge);
    void addKeys(QWidget& owner);

    const std::vector<Page*> m_pages;
    QTabBar* m_bar;
    QStackedWidget* m_stack;
    QWidget* m_barRow;
};

} // namespace halfopen
