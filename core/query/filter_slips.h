// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/query/filter_error.h"
#include "core/query/filter_keys.h"
#include "core/query/filter_names.h"
#include "core/query/filter_text.h"
#include "core/query/filter_values.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What people type who slip, or who think in another program's language: told with what to type.
namespace halfopen::filter {

/// "port 443", "dst host 10.0.0.1", as tcpdump has it (pcap-filter(7)). nullopt: it is none of these
/// @param rest  of the filter, from a word on
std::optional<FilterError> asInTcpdump(std::span<const Token> rest, const FilterNames& names);

/// A word before a sign that is no key, with the one that may have been meant, also by Wireshark's name of a field.
FilterError unknownKey(std::span<const Token> rest);

/// "idle>1,5m": several values after a comparison, where a comma may be the point of some countries.
FilterError severalCompared(const Key& key, const std::vector<Value>& values);

/// "proces:firefox": a word whose beginning is nearly a key, and whose end is a value for it. nullopt: it is none of
/// these, or may as well be an address, a host with its port or a name.
std::optional<FilterError> misspeltKey(const Token& word, const FilterNames& names);

/// "idl:10m" as it may have been meant, "idle:10m", also where the word may as well be something else; "": none
std::string withKeyNear(std::string_view word, const FilterNames& names);

} // namespace halfopen::filter
