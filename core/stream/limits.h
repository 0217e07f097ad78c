// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

/// What is believed of another machine, which may be hostile: whoever tells more is cut off.
namespace halfopen::stream {

inline constexpr std::size_t kMostNoise = 64 * 1024;     ///< before the first line
inline constexpr std::size_t kMostHello = 64 * 1024;     ///< the hello message
inline constexpr std::size_t kMostMessage = 1024 * 1024; ///< a message of ours; a batch of the kernel's has 32 KiB
inline constexpr std::size_t kMostBatch = 64 * 1024;     ///< of the kernel's messages
inline constexpr std::size_t kMostDump = std::size_t{1} << 30;
inline constexpr std::size_t kMostSockets = 4'000'000;  ///< in a dump, and told at once
inline constexpr std::size_t kMostNames = 200'000;      ///< of users, interfaces and units together
inline constexpr std::size_t kMostEvents = 100'000;     ///< that nobody has taken
inline constexpr int kMostDepth = 8;                    ///< of JSON
inline constexpr int kMostWindowLog = 25;               ///< of zstd: 32 MiB on either side
inline constexpr std::size_t kMostErrorText = 8 * 1024; ///< of what ssh says

inline constexpr std::chrono::seconds kDumpWithin{60};
/// How long another machine may take. Tests hand in less.
struct TimeLimits {
    /// Until it says anything, where ssh can ask nobody: ssh itself gives up to connect after 10 s, and a way over
    /// other machines takes that more than once.
    std::chrono::milliseconds connect{45'000};
    std::chrono::milliseconds shared{15'000}; ///< the same over a connection that another ssh keeps open
    std::chrono::milliseconds check{5'000};   ///< whether there is one
    std::chrono::milliseconds hello{10'000};  ///< from there
    std::chrono::milliseconds dump = kDumpWithin;
    std::chrono::milliseconds nextDump{15'000}; ///< after the one before, and two intervals
    std::chrono::milliseconds answer{30'000};   ///< the first one, to what its clocks show
};
/// Between two signs of life of the receiver, and how long the sender does without.
inline constexpr std::chrono::seconds kPingEvery{5};
inline constexpr std::chrono::seconds kSilenceEnds{30};

} // namespace halfopen::stream
