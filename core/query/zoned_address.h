// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/endpoint.h"
#include "core/model/frame.h"
#include "core/model/row.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace halfopen {

/// The address without a port, and with its zone where many links may have it: "fe80::b%eth0".
inline std::string zonedAddress(const IpAddress& address, std::string_view zone) {
    std::string text = address.toString();
    if (address.isLinkLocal() && !zone.empty())
        text.append("%").append(zone);
    return text;
}

inline std::string zonedAddress(const Frame& frame, const Row& row, const IpAddress& address) {
    return zonedAddress(address, address.isLinkLocal() ? frame.zoneOf(row) : std::string());
}

/// A name of an interface that means nothing else in a filter, and in a command line that somebody pastes: names are
/// chosen by others.
inline bool isPlainZone(std::string_view name) {
    constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
    return !name.empty() && name.find_first_not_of(kPlain) == std::string_view::npos && name.front() != '-';
}

/// As zonedAddress(), for filters and command lines: by the index of an interface whose name is not plain.
inline std::string typedAddress(const Frame& frame, const Row& row, const IpAddress& address) {
    if (!address.isLinkLocal())
        return address.toString();
    const std::string zone = frame.zoneOf(row);
    return zonedAddress(address, isPlainZone(zone) || zone.empty() ? zone : std::to_string(row.connection.interface));
}

} // namespace halfopen
