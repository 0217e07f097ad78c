// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"
#include "core/query/filter_names.h"

#include <cstdint>
#include <string>
#include <vector>

namespace halfopen {

/// The port of a connection that says what is spoken: the own one where somebody listens on it, else the peer's; where
/// nobody can tell, the one that has a name, or is below 1024.
std::uint16_t servicePortOf(const Row& row, const Frame& frame, const ServiceNames& services);
/// "https", or "4711" where the port has no name.
std::string serviceName(std::uint16_t port, const ServiceNames& services);

/// What a group is called: text of others. "" unless its kind is Value.
/// @param frame  with the group's members
std::string nameOf(const Frame& frame, const Group& group);

/// Which group a row is in.
class GroupKeys {
public:
    /// @param frame  outlives this, as `services` does
    GroupKeys(const Frame& frame, const Grouping& grouping, const ServiceNames& services);

    struct Key {
        std::uint64_t hash = 0; ///< 0: the row is in no group
        Group::Kind kind = Group::Kind::Value;
        std::uint16_t port = 0; ///< of GroupBy::Service
    };
    Key of(const Row& row) const;

private:
    struct Identity;
    Identity identityOf(const Row& row) const;

    const Frame& m_frame;
    const ServiceNames& m_services;
    GroupBy m_by;
    bool m_folds;
};

} // namespace halfopen
