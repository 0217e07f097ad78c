// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/query/filter_names.h"
#include "core/query/filter_tests.h"
#include "core/query/filter_text.h"

namespace halfopen::filter {

/// What a plain word asks, by what it looks like:
/// - a whole address, an address:port, a port (:5432, *:5432, *.5432) or a prefix: of the local or the remote side; an
///   address of a link may have its zone (fe80::b%eth0, [fe80::b%2]:22), the name or the index of the interface;
/// - a number: a port of either side, or a process;
/// - else any text, see WordTest.
/// Several with commas: one of them.
/// @param word  without a key
std::vector<Test> wordTests(const Token& word, const FilterNames& names);

} // namespace halfopen::filter
