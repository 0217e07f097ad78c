// SPDX-License-Identifier: GPL-3.0-or-later
// What the chosen connection belongs to, as a filter.
#include "core/query/cell_conditions.h"
#include "ui/connections/connections_page.h"
#include "ui/details/details_pane.h"
#include "ui/look/text.h"

namespace halfopen {

namespace {

/// The filter that lists what a listener has taken. What went out from its port cannot be told from that.
QString childrenOf(const Frame& frame, const Row& listener) {
    QString filter =
        QStringLiteral("state connected ") + fromCore(conditionsOf(frame, listener, SortKey::Local).front());
    if (const NetnsId netns = frame.netnsOf(listener).netns; frame.allInView && netns != 0)
        filter += QStringLiteral(" netns=%1").arg(netns);
    return filter;
}

} // namespace

void ConnectionsPage::showProgram() {
    const Row* row = m_frame ? m_frame->find(m_details->key()) : nullptr;
    if (row && !m_frame->ownersOf(*row).empty())
        list(fromCore(m_frame->ownersOf(*row).front().name));
}

void ConnectionsPage::showChildren() {
    if (const Row* row = m_frame ? m_frame->find(m_details->key()) : nullptr)
        list(childrenOf(*m_frame, *row));
}

} // namespace halfopen
