// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/columns.h"
#include "core/format/json.h"

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace halfopen {

/// What connections can be written as.
enum class FrameFormat : std::uint8_t {
    Text,    ///< as `halfopenctl list` prints them
    Csv,     ///< as `list --csv`
    Json,    ///< as `list --json`
    Html,    ///< one document with a table
    Command, ///< a command line of ss(8) that lists the same sockets
};
inline constexpr std::size_t kFrameFormatCount = 5;
/// The ending of a file's name: "txt", "csv", "json", "html", "sh".
std::string_view suffixOf(FrameFormat format);

/// The rows that the frame shows, by the writers of the terminal.
/// @return false when the output refused
bool writeFrame(const Frame& frame, FrameFormat format, std::span<const TextColumn* const> columns,
                const HostFacts& host, const Output& output);

/// An HTML document that needs nothing else: the columns as a table, their texts as a person reads them.
/// @return false when the output refused
bool writeHtml(const Frame& frame, std::span<const TextColumn* const> columns, const Output& output);

} // namespace halfopen
