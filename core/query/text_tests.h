// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"
#include "core/query/filter_tests.h"

#include <string_view>

namespace halfopen::filter {

bool saysText(const TextTest& test, std::string_view text);

/// Asked of the processes that have the socket, see saysOwner().
bool isOfOwner(TextKey key);
bool saysOwner(const TextTest& test, const Owner& owner);
/// The unit or container of a row's namespace, of whose processes nothing is known, and what a person calls it.
bool saysHome(const TextTest& test, const Row& row, const Frame& frame);
/// The name of a namespace, its inode, or its cookie.
bool saysNetns(const TextTest& test, const NetnsContext& netns);

} // namespace halfopen::filter
