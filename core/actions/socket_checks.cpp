// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/actions/socket_checks.h"

#include "core/actions/socket_operations.h"
#include "core/kernel/diag/destroy.h"
#include "core/model/keepalive_limits.h"

#include <fmt/format.h>

#include <functional>
#include <limits>

namespace halfopen {
namespace {

constexpr std::int32_t kMostMs = std::numeric_limits<std::int32_t>::max();
constexpr std::size_t kReadableCookies = 8;

/// @param outside  what is said of a value that is not `least` to `most`
Outcome<void> checkValue(const std::optional<std::int32_t>& value, std::int32_t least, std::int32_t most,
                         const std::function<Sentence(std::int32_t value)>& outside) {
    if (!value || (*value >= least && *value <= most))
        return {};
    return refusal(PrivilegeErrorKind::OutOfRange, outside(*value));
}

Outcome<void> checkIdle(const OptionsChange& change) {
    return checkValue(change.idleSeconds, 1, kMaxKeepaliveIdle, [](std::int32_t value) {
        return Sentence::tr("An idle time of {0} s is out of range: the kernel takes 1 to {1} s.", value,
                            kMaxKeepaliveIdle);
    });
}

Outcome<void> checkInterval(const OptionsChange& change) {
    return checkValue(change.intervalSeconds, 1, kMaxKeepaliveInterval, [](std::int32_t value) {
        return Sentence::tr("An interval of {0} s is out of range: the kernel takes 1 to {1} s.", value,
                            kMaxKeepaliveInterval);
    });
}

Outcome<void> checkProbes(const OptionsChange& change) {
    return checkValue(change.probes, 1, kMaxKeepaliveProbes, [](std::int32_t value) {
        return Sentence::tr("A number of probes of {0} is out of range: the kernel takes 1 to {1}.", value,
                            kMaxKeepaliveProbes);
    });
}

Outcome<void> checkUserTimeout(const OptionsChange& change) {
    return checkValue(change.userTimeoutMs, 0, kMostMs, [](std::int32_t value) {
        return Sentence::tr("A user timeout of {0} ms is out of range: the kernel takes 0 to {1} ms.", value, kMostMs);
    });
}

std::string words(const std::vector<std::uint64_t>& cookies) {
    std::string text;
    for (const std::uint64_t cookie : cookies)
        text += fmt::format(" {:#x}", cookie);
    return text;
}

} // namespace

Outcome<void> checkCookies(const std::vector<std::uint64_t>& cookies) {
    if (cookies.size() > kSocketBatch)
        return refusal(
            PrivilegeErrorKind::OutOfRange,
            Sentence::tr("{0} connections are more than the {1} of one call.", cookies.size(), kSocketBatch));
    return checkNamed(cookies);
}

Outcome<void> checkNamed(const std::vector<std::uint64_t>& cookies) {
    if (cookies.empty())
        return refusal(PrivilegeErrorKind::OutOfRange, Sentence::tr("No connection is named."));
    for (const std::uint64_t cookie : cookies)
        if (!namesOneSocket(cookie))
            return refusal(PrivilegeErrorKind::OutOfRange,
                           Sentence::tr("{0} is no cookie of one single socket.", Hex{cookie}));
    return {};
}

Outcome<void> checkChange(const OptionsChange& change) {
    if (!change.enabled && !change.idleSeconds && !change.intervalSeconds && !change.probes && !change.userTimeoutMs)
        return refusal(PrivilegeErrorKind::OutOfRange, Sentence::tr("Nothing is to be changed."));
    for (const auto check : {checkIdle, checkInterval, checkProbes, checkUserTimeout})
        if (auto checked = check(change); !checked)
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

std::string commandToCloseWhole(const std::vector<std::uint64_t>& cookies) {
    if (cookies.size() > kReadableCookies)
        return {};
    return "sudo halfopenctl close --whole" + words(cookies);
}

} // namespace halfopen
