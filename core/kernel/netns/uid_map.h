// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace halfopen {

/// What uids of a user namespace are called outside of it: sock_diag tells those of the namespace that its socket was
/// opened in. Source: user_namespaces(7), "Defining user and group ID mappings".
class UidMap {
public:
    /// Of nobody who has another name outside.
    static UidMap none() { return {}; }
    /// The text of /proc/PID/uid_map as somebody outside reads it. Pure.
    static UidMap parse(std::string_view text);
    /// That of a process; none where it cannot be read.
    static UidMap of(std::int32_t pid);

    bool empty() const { return m_ranges.empty(); }
    /// 65534, which stands for nobody, where it has no name outside.
    std::uint32_t outside(std::uint32_t inside) const;

private:
    struct Range {
        std::uint32_t inside = 0;
        std::uint32_t outside = 0;
        std::uint32_t count = 0;
    };
    std::vector<Range> m_ranges;
};

} // namespace halfopen
