// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

namespace halfopen::test {

/// Moves this process, which must have one thread, into a network namespace of its own with a loopback device that is
/// up; without root into a user namespace as well. @return why it did not work
std::optional<std::string> enterOwnNetwork();

/// What enterOwnNetwork() said to main(), which calls it before any test; nullopt: the tests run in a network of their
/// own and may end any connection in it.
const std::optional<std::string>& whyNoNetwork();

} // namespace halfopen::test
