// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/details/fact_pages.h"

#include "ui/details/facts.h"
#include "ui/details/summary_panel.h"
#include "ui/look/accessible_role.h"
#include "ui/parts/fact_panel.h"

#include <array>

namespace halfopen {

namespace {

/// A page of facts.
struct FactPage {
    const char* title;
    FactPanel::Shape shape;
    int columnCharacters; ///< see FactPanel
    bool runs;            ///< written anew as time goes by, and not with each frame alone
    FactGroups (*facts)(const Subject& subject, MonotonicTime now);
};

constexpr std::array kFactPages{
    FactPage{QT_TRANSLATE_NOOP("halfopen::FactPages", "Clocks"), FactPanel::Shape::Sentences, 0, true, clockFacts},
    FactPage{QT_TRANSLATE_NOOP("halfopen::FactPages", "Options"), FactPanel::Shape::Numbers, 84, false,
             [](const Subject& subject, MonotonicTime) { return optionFacts(subject); }},
    FactPage{QT_TRANSLATE_NOOP("halfopen::FactPages", "TCP"), FactPanel::Shape::Numbers, 40, false,
             [](const Subject& subject, MonotonicTime) { return tcpFacts(subject); }},
    FactPage{QT_TRANSLATE_NOOP("halfopen::FactPages", "Owners"), FactPanel::Shape::Numbers, 60, false,
             [](const Subject& subject, MonotonicTime) { return ownerFacts(subject); }},
};

/// Null for a page that has none: those that addPage() added.
const FactPage* factPageAt(int index) {
    return static_cast<std::size_t>(index) < kFactPages.size() ? &kFactPages[static_cast<std::size_t>(index)] : nullptr;
}

} // namespace

FactPages::FactPages(QWidget* parent)
    : QTabWidget(parent)
    , m_together(new SummaryPanel) {
    setDocumentMode(true);
    setAccessibleRole(*this, QAccessible::Grouping);
    setAccessibleName(tr("Facts")); // it takes the focus
    for (const FactPage& page : kFactPages) {
        m_panels.push_back(new FactPanel(page.shape, page.columnCharacters));
        m_panels.back()->setAccessibleName(tr(page.title));
        m_ofOne.push_back(m_panels.back());
        addTab(m_panels.back(), tr(page.title));
        connect(m_panels.back(), &FactPanel::asked, this, &FactPages::asked);
    }
    addTab(m_together, tr("Together"));
    setTabVisible(indexOf(m_together), false);
    connect(m_together, &SummaryPanel::asked, this, &FactPages::asked);
}

bool FactPages::showsFacts(bool running) const {
    const FactPage* page = factPageAt(currentIndex());
    return page && page->runs == running;
}

void FactPages::showFacts(const Subject& subject, MonotonicTime now) {
    if (const FactPage* page = factPageAt(currentIndex()))
        m_panels[static_cast<std::size_t>(currentIndex())]->show(page->facts(subject, now));
}

bool FactPages::isSeveral() const {
    return isTabVisible(indexOf(m_together));
}

void FactPages::setSeveral(bool several) {
    if (several == isSeveral())
        return;
    if (several)
        m_pageBefore = currentIndex();
    for (auto* page : m_ofOne)
        setTabVisible(indexOf(page), !several);
    setTabVisible(indexOf(m_together), several);
    if (!several)
        setCurrentIndex(m_pageBefore);
    else if (!isTabVisible(m_pageBefore))
        setCurrentWidget(m_together);
}

int FactPages::page() const {
    return isSeveral() ? m_pageBefore : currentIndex();
}

void FactPages::addPage(QWidget* page, const QString& title, bool ofOne) {
    insertTab(indexOf(m_together), page, title);
    if (ofOne)
        m_ofOne.push_back(page);
}

} // namespace halfopen
