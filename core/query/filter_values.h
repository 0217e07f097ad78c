// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/query/filter_error.h"
#include "core/query/filter_keys.h"
#include "core/query/filter_names.h"
#include "core/query/filter_tests.h"
#include "core/query/filter_text.h"

#include <string>
#include <string_view>
#include <vector>

namespace halfopen::filter {

/// One value of a list: a piece of a word.
struct Value {
    std::string text;
    std::size_t from = 0;
    std::size_t to = 0;
    bool quoted = false; ///< means itself: neither a pattern nor "none"
};

/// The values of a list with commas. @param from  where in the word's text it begins
std::vector<Value> valuesOf(const Token& word, std::size_t from = 0);

/// A number, a time or a size, or a range of them.
bool isQuantity(std::string_view text, Unit unit);

/// Whether the next word is still of the last of `values`, as cells write it: "10" and "s", "1 h" and "30", "min".
bool goesOn(Unit unit, std::string_view values, std::string_view next);

bool isOrder(Compare compare);  ///< greater or less
bool isOrdered(const Key& key); ///< its values can be greater or less
/// What is missing where a value of its has to come.
FilterProblem missingFor(const Key& key);

/// @param questions  of the kernel; added to, unless it is among them
Test ask(KernelQuestion question, std::vector<KernelQuestion>& questions);

/// What `key` is to be compared with. NotEqual is as Equal: whoever asks negates it.
/// @param questions  of the kernel; added to
Parsed<Test> testOf(const Key& key, Compare compare, const Value& value, const FilterNames& names,
                    std::vector<KernelQuestion>& questions);

/// The FAMILY that a HOST or a PORT of ss begins with; it narrows all that the filter finds (tried on iproute2 6.1).
Prefix::Sockets familyOf(std::string_view host);

/// HOST of ss (man ss, HOST SYNTAX): addresses, prefixes, names, with or without a port.
Parsed<HostTest> hostOf(const Value& value, Side side, const FilterNames& names, std::string_view example);

/// A port or a range of them, as a number or the name of a service, with or without the colon of ss.
Parsed<Test> portOf(const Value& value, Compare compare, Side side, const FilterNames& names, std::string_view example);

/// The one of `words` that is nearest to what was typed; "": none is near.
std::string_view nearest(std::string_view typed, const std::vector<std::string_view>& words);

} // namespace halfopen::filter
