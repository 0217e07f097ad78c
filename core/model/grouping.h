// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen {

/// What rows of one group have in common.
enum class GroupBy : std::uint8_t {
    None,
    Program,    ///< the name of the first owner
    Process,    ///< the first owner
    RemoteHost, ///< the peer's address
    RemoteNet,  ///< the /24 of an IPv4 peer, the /64 of an IPv6 one
    Service,    ///< the port that says what is spoken, see servicePortOf()
    Unit,       ///< the systemd unit or container of the first owner
    User,
    State,
    Diagnosis,
    Netns,
};
inline constexpr std::size_t kGroupByCount = 11;

/// How groups stand among each other. Ties: the larger first, then by name.
enum class GroupSort : std::uint8_t {
    Column, ///< as their first members in the query's order
    Worst,  ///< by their worst member
    Count,
    Name,
};

std::string_view toString(GroupBy by); ///< "none", "program", "remote-net", ...
/// nullopt: no such word. Takes "remote", "net" and "container" too.
std::optional<GroupBy> groupByOf(std::string_view word);
std::string_view groupByWords(); ///< those of toString() without "none", with commas between them

/// How a query's rows are gathered.
struct Grouping {
    GroupBy by = GroupBy::None;
    GroupSort sort = GroupSort::Column;
    /// TIME-WAITs are a group of their own, behind all others; not where states are told apart anyway.
    bool foldTimeWait = false;
    bool expanded = false;               ///< all are, but those of `turned`
    std::vector<std::uint64_t> turned{}; ///< keys, rising: expanded, or with `expanded` collapsed

    bool isExpanded(std::uint64_t key) const;
    void setExpanded(std::uint64_t key, bool on);
    void setAllExpanded(bool on);

    bool operator==(const Grouping&) const = default;
};

} // namespace halfopen
