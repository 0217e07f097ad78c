// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"
#include "core/model/settings.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <unordered_map>

namespace halfopen {

/// The place in Frame::namespaces of the machine's own namespace, in which process 1 lives; where nobody looks at it,
/// of the first one. The settings of the others are held against it.
std::uint16_t hostIndex(const Frame& frame);

/// A setting of a namespace as it was read. nullopt: it could not be, or this kernel has none.
std::optional<std::int32_t> valueIn(const NetnsContext& netns, Setting id);

/// Whether a setting is another one than the host's. false where either is not known.
bool differs(const NetnsContext& netns, const NetnsContext& host, Setting id);

/// Since when the settings of namespaces are other ones than the host's, as far as this run has seen it come. One for
/// all frames of a run; may miss some. One thread.
class DriftLog {
public:
    using Time = std::chrono::system_clock::time_point;

    /// @param now  when this is; what has come to differ since the frame before, does so since then
    void look(const Frame& frame, Time now);
    /// @param number  NetnsContext::number
    /// @return        nullopt: it does not differ, or did already when it was first looked at
    std::optional<Time> since(std::uint32_t number, Setting id) const;

private:
    struct Known {
        NetnsContextPtr netns;
        NetnsContextPtr host;
        std::array<std::optional<bool>, kSettingCount> differed{}; ///< nullopt: it was not known
        std::array<std::optional<Time>, kSettingCount> since{};
    };

    std::unordered_map<std::uint32_t, Known> m_known; ///< by NetnsContext::number
};

} // namespace halfopen
