// SPDX-License-Identifier: GPL-3.0-or-later
// What a frame is given because somebody asked for it.
#include "core/kernel/process/host_name_lookup.h"
#include "core/kernel/process/listen_counters.h"
#include "core/monitor/monitor.h"
#include "core/monitor/process_lookup.h"
#include "core/query/selected_view.h"
#include "core/query/tracking.h"

namespace halfopen {

/// Asked for once, when they are new; names come with later frames.
void Monitor::addHostNames(Frame& frame) {
    if (!frame.query.hostNames) {
        if (m_names)
            m_names->cancel();
        m_asksAll = true;
        return;
    }
    if (!m_names)
        m_names = std::make_unique<HostNameLookup>();
    const bool all = std::exchange(m_asksAll, false);
    for (const Row& row : frame.rows) {
        const IpAddress& address = row.connection.remote.address;
        if ((all || row.change == Change::New) && row.connection.remote.port != 0 && !address.isUnspecified())
            m_asksAll = !m_names->ask(address) || m_asksAll;
    }
    frame.hostNames = m_names->names();
}

/// Cookies of other namespaces may be the same.
bool Monitor::isSelectedIn(const NetnsWatch& watch, const Query& query) {
    return query.selected && watch.isOf(query.selected.netns, query.selected.host);
}

std::optional<RowKey> Monitor::selectedRow(const Query& query) const {
    const Row* row = m_last ? m_last->find(query.selected) : nullptr;
    return row ? std::optional(rowKeyOf(row->connection)) : std::nullopt;
}

void Monitor::addSelected(Frame& frame) const {
    frame.selected = viewSelected(frame);
    const Row* row = frame.selected ? frame.find(frame.selected->key) : nullptr;
    if (row && row->connection.state == State::Listen && row->connection.netnsIndex == 0 && m_live && !m_recorded &&
        first().netns().tier == NetnsTier::Own)
        frame.selected->counters = readListenCounters();
    if (row && row->change != Change::Closed && m_live && !m_recorded)
        addTracked(frame, *row);
}

/// Only where something is tracked: elsewhere nothing is forgotten.
void Monitor::addTracked(Frame& frame, const Row& row) const {
    for (const std::uint16_t index : namespacesOnItsWay(frame, row)) {
        const auto& tracking = frame.namespaces[index]->tracking;
        if (!tracking || tracking->flows == 0 || !m_watches[index])
            continue;
        if (const auto flow = m_watches[index]->trackedFlow(row.connection))
            frame.selected->tracked.push_back(*flow);
    }
}

} // namespace halfopen
