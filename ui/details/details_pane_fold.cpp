// SPDX-License-Identifier: GPL-3.0-or-later
// The pane in a low window: folded to its head.
#include "ui/details/details_head.h"
#include "ui/details/details_pane.h"

#include <QEvent>
#include <QLayout>

namespace halfopen {

void DetailsPane::setLow(bool low) {
    m_low = low;
    m_head->showMore(low, m_unfolds);
    fold();
}

void DetailsPane::unfold() {
    m_unfolds = true;
    m_head->showMore(m_low, m_unfolds);
    fold();
}

void DetailsPane::fold() {
    const bool folded = m_low && !m_unfolds;
    if (folded == m_folded)
        return;
    m_folded = folded;
    if (!folded) {
        setMinimumHeight(0);
        setMaximumHeight(QWIDGETSIZE_MAX);
    }
    Q_EMIT foldedChanged(folded);
    showParts();
    keepHeight();
    if (!folded)
        refresh(); // what was not seen was not written
}

/// As high as what is left of it, also where a sentence takes a second line.
void DetailsPane::keepHeight() {
    if (!m_folded)
        return;
    layout()->invalidate(); // what is hidden was counted
    setFixedHeight(layout()->hasHeightForWidth() ? layout()->minimumHeightForWidth(width())
                                                 : layout()->minimumSize().height());
}

bool DetailsPane::event(QEvent* event) {
    if (event->type() == QEvent::LayoutRequest)
        keepHeight();
    return QWidget::event(event);
}

void DetailsPane::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    keepHeight();
}

} // namespace halfopen
