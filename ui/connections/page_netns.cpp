// SPDX-License-Identifier: GPL-3.0-or-later
// What the page of connections says of network namespaces, and of having nothing to show.
#include "ui/connections/connections_page.h"
#include "ui/look/netns_strings.h"
#include "ui/look/sentence.h"
#include "ui/look/translated.h"
#include "ui/parts/message_page.h"
#include "ui/parts/notice_bar.h"
#include "ui/table/columns.h"
#include "ui/table/connection_view.h"

#include <QAction>

namespace halfopen {

namespace {

/// Rows of namespaces that are not in view.
std::uint32_t countElsewhere(const Frame& frame) {
    std::uint32_t count = 0;
    for (std::size_t index = 0; !frame.allInView && index < frame.namespaces.size(); ++index)
        count += index == frame.inViewIndex ? 0 : connectionsIn(frame, index);
    return count;
}

} // namespace

/// Whoever has chosen once knows that there are others.
void ConnectionsPage::showElsewhere(const Frame& frame) {
    m_knowsOthers = m_knowsOthers || (frame.query.netns != 0 && frame.namespaces.size() > 1);
    const std::uint32_t count = m_knowsOthers ? 0 : countElsewhere(frame);
    m_elsewhere->say(count == 0 ? QString()
                                : tr("%n connection(s) of this machine live in other network namespaces (containers "
                                     "and the like) and are not in this list.",
                                     nullptr, static_cast<int>(count)));
}

void ConnectionsPage::showMessage(const Frame& frame) {
    const auto count = static_cast<int>(frame.liveCount());
    const auto others = static_cast<int>(countElsewhere(frame));
    const QString elsewhere =
        others > 0 ? tr("%n connection(s) live in other network namespaces.", nullptr, others) : QString();
    if (frame.isUnmet()) // the window says the rest, on every page
        m_message->say(frame.error ? tr("The connections cannot be shown") : tr("One moment"), {});
    else if (frame.error && frame.rows.empty())
        m_message->say(tr("The connections cannot be shown"), translated(frame.error->sentence));
    else if (count == 0 && !frame.live)
        m_message->say(tr("No connections"), tr("The recording holds no TCP socket."));
    else if (count == 0)
        m_message->say(
            tr("No connections"),
            inOneLine(tr("There is no TCP socket here right now. As soon as there is one, it stands here."), elsewhere),
            others > 0 ? QList<QAction*>{m_showEveryNetns} : m_elsewhereToLook);
    else
        m_message->say(tr("Nothing matches"),
                       inOneLine(tr("None of the %n connection(s) matches the filter.", nullptr, count), elsewhere),
                       {m_showAll});
}

void ConnectionsPage::showNetnsColumns(bool shown) {
    auto& layout = m_view->layout();
    if (!shown)
        return layout.hidePassing();
    for (const SortKey key : {SortKey::Netns, SortKey::Unit})
        layout.showPassing(columnOf(key));
}

} // namespace halfopen
