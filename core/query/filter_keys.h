// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/query/filter_tests.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace halfopen::filter {

enum class KeyKind : std::uint8_t { Number, Mask, Text, Port, Host, Pid, Cookie, State, Device, Mark, Group };
enum class Unit : std::uint8_t { Count, Bytes, BytesPerSecond, Milliseconds, Microseconds, Seconds };

/// A key of the language, as in key:value and key>value.
struct Key {
    std::string_view name;
    std::string_view others; ///< other names, separated by blanks
    KeyKind kind;
    std::string_view example; ///< a condition with it, as it would be typed
    Unit unit = Unit::Count;
    NumberOf number = nullptr;        ///< of Number, and of a Mask that can be compared too
    std::optional<MaskKey> mask = {}; ///< of Mask, and of a Number that has words too
    TextKey text = TextKey::Process;  ///< of Text
    Side side = Side::Either;         ///< of Port and Host
    bool takesWord = false;           ///< one of ss's: its value may follow without an operator
};

std::span<const Key> keys();
/// By any of its names, any case; nullptr: none.
const Key* keyNamed(std::string_view name);

using MaskWord = std::pair<std::string_view, std::uint32_t>;
/// The words of a property and their bits. The first word for a bit is the one to show.
std::span<const MaskWord> wordsOf(MaskKey key);
/// Bits of a row.
std::uint32_t maskOf(MaskKey key, const Row& row, const Frame& frame);

/// The groups of states of ss (man ss, STATE-FILTER), and its names of states; nullopt: none. Any case.
std::optional<std::uint32_t> statesNamed(std::string_view word);
inline constexpr std::uint32_t kAllStates = 0x2fff; ///< bit 1 << State

// Bits of MaskKey::Keepalive and MaskKey::GivesUp.
namespace keepalive {
enum : std::uint32_t { On = 1, Off = 2, Unknown = 4, Own = 8, System = 16, Assumed = 32 };
}
inline constexpr std::uint32_t kNeverBit = 1U << 31;

} // namespace halfopen::filter
