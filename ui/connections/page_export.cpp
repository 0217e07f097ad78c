// SPDX-License-Identifier: GPL-3.0-or-later
// What of the table can be written into a file, or copied.
#include "core/query/order.h"
#include "ui/connections/connections_page.h"
#include "ui/table/connection_view.h"

#include <utility>

namespace halfopen {

namespace {

/// A frame of its own that shows these rows and no groups.
Frame partOf(const Frame& frame, const Query& query, const std::vector<SocketKey>& only) {
    Frame part = frame;
    part.query = query;
    static_cast<Arrangement&>(part) = arrangementFor(frame, query);
    if (only.empty())
        return part;
    part.shown.clear();
    for (const SocketKey& key : only)
        if (const Row* row = frame.find(key))
            part.shown.push_back(static_cast<std::uint32_t>(row - frame.rows.data()));
    part.dead.clear(); // JSON tells them whatever the filter; here somebody has chosen
    return part;
}

} // namespace

Page::Exportable ConnectionsPage::exportable(Scope scope) const {
    if (!m_frame)
        return {};
    auto query = m_frame->query;
    applyTo(query);
    query.grouping = {};
    if (scope == Scope::All) {
        query.filter.clear();
        query.diagnoses = 0;
    }
    auto keys = scope == Scope::Chosen ? m_view->shownSelectedKeys() : std::vector<SocketKey>();
    if (scope == Scope::Chosen && keys.empty())
        return {};
    std::vector<FrameFormat> formats{FrameFormat::Text, FrameFormat::Csv, FrameFormat::Json, FrameFormat::Html};
    if (scope == Scope::Chosen)
        formats.push_back(FrameFormat::Command);
    return {std::move(formats),
            [frame = m_frame, query, keys = std::move(keys)](FrameFormat format, const Output& output) {
                const auto columns = selectColumns(format == FrameFormat::Csv ? usualCsvColumns() : usualColumns());
                return columns && writeFrame(partOf(*frame, query, keys), format, *columns, hostOf(*frame), output);
            }};
}

} // namespace halfopen
