// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/row.h"
#include "tests/lab/wire/capture.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace halfopen::promises {

/// How a connection ended, as far as it could be seen: between `low` and `high`.
struct Ending {
    MonotonicTime low{};
    MonotonicTime high{};
    int error = 0;         ///< SO_ERROR, where the program had a descriptor
    bool vanished = false; ///< seen by its absence from the dump and not by its program
};

/// Something that the script did to one connection or its surroundings.
struct Deed {
    MonotonicTime at{};
    std::uint32_t breaks = 0; ///< assume:: bits of what is not so from now on
    std::string what;
    std::chrono::milliseconds grace{0}; ///< for so long it need not be known
};

/// One connection as it was sampled from its beginning to its end, and what really happened.
struct Story {
    /// What must be true of its samples beyond promises. @return why it is not, "" where it is
    using Expectation = std::function<std::string(const Story&)>;

    std::string title;       ///< with what was drawn for it
    std::uint32_t wrong = 0; ///< assume:: bits of values that are others, since its program has set them
    std::vector<Row> samples;
    std::vector<std::chrono::nanoseconds> doubts; ///< of each sample: how much older than its stamp its numbers may be
    std::vector<Deed> deeds;
    std::vector<test::Packet> wire; ///< of this connection alone
    std::vector<Expectation> expectations;
    std::optional<Ending> ending; ///< nothing: it was there to the last
    MonotonicTime until{};        ///< when it was last seen, or seen to have ended
    std::uint16_t farPort = 0;
    double tick = 4; ///< ms of a jiffy
};

} // namespace halfopen::promises
