// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/page_stack.h"

#include "ui/parts/page.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QStackedWidget>
#include <QTabBar>

namespace halfopen {

PageStack::PageStack(const std::vector<Page*>& pages, QLabel* badge, QWidget* owner)
    : QObject(owner)
    , m_pages(pages)
    , m_bar(new QTabBar)
    , m_stack(new QStackedWidget)
    , m_barRow(newBar(badge)) {
    connect(m_bar, &QTabBar::currentChanged, m_stack, &QStackedWidget::setCurrentIndex);
    connect(m_stack, &QStackedWidget::currentChanged, this, &PageStack::changed);
    for (Page* page : m_pages) {
        m_stack->addWidget(page);
        m_bar->addTab(page->title());
    }
    addKeys(*owner);
}

QWidget* PageStack::newBar(QLabel* badge) {
    m_bar->setDocumentMode(true);
    m_bar->setExpanding(false);
    m_bar->setDrawBase(false);
    m_bar->setAccessibleName(tr("Pages"));
    auto* bar = new QWidget;
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins(8, 0, 8, 0);
    layout->setSpacing(8);
    layout->addWidget(badge, 0, Qt::AlignVCenter);
    layout->addWidget(m_bar, 1);
    return bar;
}

void PageStack::addKeys(QWidget& owner) {
    const auto turn = [this, &owner](Qt::Key key, int by) {
        auto* action = new QAction(&owner);
        action->setShortcut(QKeySequence(Qt::CTRL | key));
        connect(action, &QAction::triggered, this, [this, by] {
            const int count = m_stack->count();
            show(*m_pages[static_cast<std::size_t>((m_stack->currentIndex() + by + count) % count)]);
        });
        owner.addAction(action);
    };
    turn(Qt::Key_PageDown, 1);
    turn(Qt::Key_PageUp, -1);
}

void PageStack::addTo(QMenu& view) {
    int key = Qt::Key_1;
    for (Page* page : m_pages)
        view.addAction(page->title(), this, [this, page] { show(*page); })
            ->setShortcut(QKeySequence(Qt::ALT | static_cast<Qt::Key>(key++)));
}

Page& PageStack::current() const {
    return *m_pages[static_cast<std::size_t>(m_stack->currentIndex())];
}

void PageStack::show(Page& page) {
    setIndex(m_stack->indexOf(&page));
    if (!page.takeFocus())
        m_bar->setFocus();
}

void PageStack::setIndex(int index) {
    m_bar->setCurrentIndex(index);
}

} // namespace halfopen
