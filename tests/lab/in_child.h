// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <unistd.h>

#include <functional>
#include <optional>
#include <string>

namespace halfopen::test {

inline constexpr uid_t kNobody = 65534;

/// Runs `body` in a forked child with one thread and gives back what it returned: a test of what a whole process enters
/// or gives up; a failed EXPECT in there is a report too. With a uid the child takes it (and that gid) first, without
/// any capability, as a person's program has it.
std::string inChild(const std::function<std::string()>& body, std::optional<uid_t> uid = std::nullopt);

/// Like inChild(), as the first process of namespaces of its own for processes and mounts: /proc shows nobody else, and
/// no other test can come between. Needs root.
std::string inChildAlone(const std::function<std::string()>& body);

/// Gives up every capability of this process.
void dropCapabilities();

/// Why a test that needs root cannot run; nullopt where it can.
std::optional<std::string> whyNotRoot();

} // namespace halfopen::test
