// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/selected_view.h"

#include "core/query/port_pressure.h"

namespace halfopen {

namespace {

/// Whether a listener would have taken it: the same port, and its address or any.
bool isChildOf(const Row& listener, const Row& row) {
    const Connection& l = listener.connection;
    const Connection& c = row.connection;
    return c.state != State::Listen && c.remote.port != 0 && c.local.port == l.local.port &&
           c.netnsIndex == l.netnsIndex && row.change != Change::Closed &&
           (l.local.address.isUnspecified() || l.local.address == c.local.address);
}

} // namespace

std::optional<SelectedView> viewSelected(const Frame& frame) {
    const Row* row = frame.query.selected ? frame.find(frame.query.selected) : nullptr;
    if (!row)
        return std::nullopt;
    SelectedView view{.key = frame.query.selected};
    if (row->connection.state != State::Listen) {
        view.ports = portPressureOf(frame, *row);
        return view;
    }
    for (const Row& other : frame.rows) {
        if (!isChildOf(*row, other))
            continue;
        ++view.children[static_cast<std::size_t>(other.diagnosis)];
        view.notAccepted += other.connection.isNotAccepted();
    }
    return view;
}

} // namespace halfopen
