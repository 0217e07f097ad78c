// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/endpoint.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace halfopen {

/// Names of TCP ports: those that everybody knows, and what /etc/services adds. Plain value.
class ServiceNames {
public:
    ServiceNames(); ///< those that everybody knows

    /// Adds the TCP lines of a file like /etc/services, whatever is in it. Its names come before those known here.
    void addFile(std::string_view text);

    std::optional<std::uint16_t> portOf(std::string_view name) const; ///< any case
    std::string_view nameOf(std::uint16_t port) const;                ///< "": none
    const std::unordered_map<std::string, std::uint16_t>& ports() const { return m_ports; }

private:
    void add(std::string_view name, std::uint16_t port, bool first);

    std::unordered_map<std::string, std::uint16_t> m_ports; ///< by name in lower case, other names of it too
    std::unordered_map<std::uint16_t, std::string> m_names;
};

/// What a filter's words may mean beyond what the language itself knows. Plain value.
struct FilterNames {
    struct Alias {
        std::string shown; ///< in lower case, as the screen says it: "\u65e0\u4fdd\u6d3b"
        std::string word;  ///< the language's word or key for it: "unguarded"
    };
    ServiceNames services;
    std::vector<Alias> words;
    std::vector<Alias> keys;
    /// Addresses of hosts that somebody has resolved; a name that is not here is a FilterProblem::UnknownHost.
    std::map<std::string, std::vector<IpAddress>, std::less<>> hosts{{"localhost", {IpAddress::v4({127, 0, 0, 1})}}};
};

} // namespace halfopen
