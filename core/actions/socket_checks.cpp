// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/actions/socket_checks.h"

#include "core/actions/socket_operations.h"
#include "core/kernel/diag/destroy.h"
#include "core/model/keepalive_limits.h"

#include <fmt/format.h>

#include <limits>

namespace halfopen {
namespace {

constexpr std::size_t kReadableCookies = 8;

Outcome<void> checkValue(const char* name, const char* unit, const std::optional<std::int32_t>& value,
                         std::int32_t least, std::int32_t most) {
    if (!value || (*value >= least && *value <= most))
        return {};
    return refusal(
        PrivilegeErrorKind::OutOfRange,
        fmt::format("{} of {}{} is out of range: the kernel takes {} to {}{}.", name, *value, unit, least, most, unit));
}

std::string words(const std::vector<std::uint64_t>& cookies) {
    std::string text;
    for (const std::uint64_t cookie : cookies)
        text += fmt::format(" {:#x}", cookie);
    return text;
}

} // namespace

Outcome<void> checkCookies(const std::vector<std::uint64_t>& cookies) {
    if (cookies.empty())
        return refusal(PrivilegeErrorKind::OutOfRange, "No connection is named.");
    if (cookies.size() > kSocketBatch)
        return refusal(PrivilegeErrorKind::OutOfRange,
                       fmt::format("{} connections are more than the {} of one call.", cookies.size(), kSocketBatch));
    for (const std::uint64_t cookie : cookies)
        if (!namesOneSocket(cookie))
            return refusal(PrivilegeErrorKind::OutOfRange,
                           fmt::format("{:#x} is no cookie of one single socket.", cookie));
    return {};
}

Outcome<void> checkChange(const OptionsChange& change) {
    if (!change.enabled && !change.idleSeconds && !change.intervalSeconds && !change.probes && !change.userTimeoutMs)
        return refusal(PrivilegeErrorKind::OutOfRange, "Nothing is to be changed.");
    for (const auto& checked :
         {checkValue("An idle time", " s", change.idleSeconds, 1, kMaxKeepaliveIdle),
          checkValue("An interval", " s", change.intervalSeconds, 1, kMaxKeepaliveInterval),
          checkValue("A number of probes", "", change.probes, 1, kMaxKeepaliveProbes),
          checkValue("A user timeout", " ms", change.userTimeoutMs, 0, std::numeric_limits<std::int32_t>::max())})
        if (!checked)
            return checked;
    return {};
}

std::string commandFor(const std::vector<std::uint64_t>& cookies, const OptionsChange& change) {
    if (cookies.size() > kReadableCookies)
        return {};
    std::string command = "sudo halfopenctl set" + words(cookies);
    if (change.enabled)
        command += *change.enabled ? " --keepalive on" : " --keepalive off";
    if (change.idleSeconds)
        command += fmt::format(" --idle {}", *change.idleSeconds);
    if (change.intervalSeconds)
        command += fmt::format(" --interval {}", *change.intervalSeconds);
    if (change.probes)
        command += fmt::format(" --probes {}", *change.probes);
    if (change.userTimeoutMs)
        command += fmt::format(" --user-timeout {}", *change.userTimeoutMs);
    return command;
}

std::string commandToClose(const std::vector<std::uint64_t>& cookies) {
    if (cookies.size() > kReadableCookies)
        return {};
    return "sudo halfopenctl close" + words(cookies);
}

} // namespace halfopen
