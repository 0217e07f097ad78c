// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/lab/promises/story.h"

#include <cstdint>
#include <optional>
#include <string>

namespace halfopen::promises {

/// What of the things that a promise can name has come between a sample and a moment.
class Facts {
public:
    explicit Facts(const Story& story)
        : m_story(story) {}

    /// The first of `assumes` that was seen to happen after the sample and not later than `until`; in words. A sighting
    /// by sample counts up to the first one after `until`, a value that was assumed up to the last. Nothing is excused
    /// that the sample itself could show.
    std::optional<std::string> between(std::size_t sample, std::uint32_t assumes, MonotonicTime until) const;

    /// When a segment of any kind left for the peer after `from`.
    std::optional<MonotonicTime> nextOut(MonotonicTime from) const;
    /// The same of what no segment that came just before may have asked for.
    std::optional<MonotonicTime> nextUnasked(MonotonicTime from) const;

private:
    bool did(std::uint32_t bit, MonotonicTime from, MonotonicTime until) const;
    bool heardBeforeTheStamp(std::size_t sample) const;
    bool heard(bool icmp, MonotonicTime from, MonotonicTime until) const;
    bool later(std::size_t sample, MonotonicTime until, bool (*seen)(const Row& before, const Row& after)) const;
    bool happened(std::size_t sample, std::uint32_t bit, MonotonicTime until) const;
    bool ended(int error, MonotonicTime until) const;

    const Story& m_story;
};

} // namespace halfopen::promises
