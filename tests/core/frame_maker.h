// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/cookie_index.h"
#include "core/model/frame.h"

#include <string_view>
#include <vector>

namespace halfopen::test {

inline Endpoint endpoint(std::string_view address, std::uint16_t port) {
    return {*IpAddress::parse(address), port};
}

/// An established row with made-up but plausible numbers; tests change what they are about.
inline Row makeRow(std::uint64_t cookie, std::string_view remote = "198.51.100.7", std::uint16_t port = 443) {
    Row row;
    row.connection.cookie = cookie;
    row.connection.sampled = MonotonicTime(std::chrono::hours(1));
    row.connection.local = endpoint("10.0.0.5", static_cast<std::uint16_t>(40000 + cookie));
    row.connection.remote = endpoint(remote, port);
    row.connection.state = State::Established;
    row.connection.inode = static_cast<std::uint32_t>(1000 + cookie);
    row.connection.uid = 1000;
    row.connection.info.length = 232;
    row.connection.info.rttUs = 1500;
    row.diagnosis = Diagnosis::Unguarded;
    row.options.enabled = Switch::Off;
    row.options.enabledFrom = Provenance::Derived;
    row.forecast.never = true;
    return row;
}

/// A frame with these rows, all shown in this order; owners: a process "p<cookie>" with pid 100 + cookie for each
/// inode.
inline Frame makeFrame(std::vector<Row> rows) {
    Frame frame;
    frame.rows = std::move(rows);
    auto owners = std::make_shared<OwnerTable>();
    auto names = std::make_shared<NameTable>();
    names->users[1000] = "alice";
    for (std::uint32_t i = 0; i < frame.rows.size(); ++i) {
        Row& row = frame.rows[i];
        const auto cookie = row.connection.cookie;
        if (row.connection.inode != 0) {
            (*owners)[row.connection.inode] = {
                {static_cast<std::int32_t>(100 + cookie), 3, "p" + std::to_string(cookie)}};
            row.ownerUnknown = OwnerUnknown::Known;
        }
        frame.shown.push_back(i);
    }
    frame.owners = owners;
    frame.names = names;
    indexByCookie(frame.rows, frame.cookieIndex);
    frame.taken = MonotonicTime(std::chrono::hours(1));
    frame.namespaces = {4026531840};
    return frame;
}

} // namespace halfopen::test
