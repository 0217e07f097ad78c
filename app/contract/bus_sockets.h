// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/contract/bus_errors.h"
#include "core/model/socket_results.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen {

/// In a call that sets options: this one is not to be changed.
inline constexpr std::int32_t kLeave = -1;

/// (us): pid, name. One for each process, however many descriptors it has.
struct BusOwner {
    std::uint32_t pid = 0;
    std::string name;
};

/// iiiiuiiu: keepalive 0 or 1, idle_s, interval_s, probes, user_timeout_ms, syn_count, linger2_s, rto_max_ms; what is
/// in effect. In the last three 0 says that the setting of the system decides.
struct BusOptions {
    std::int32_t keepalive = 0;
    std::int32_t idle = 0;
    std::int32_t interval = 0;
    std::int32_t probes = 0;
    std::uint32_t userTimeout = 0;
    std::int32_t synCount = 0;
    std::int32_t linger2 = 0;
    std::uint32_t rtoMax = 0;
};

/// (tiiiiuiiua(us)s): cookie, the options, owners, error. With an error the options mean nothing.
struct BusReading {
    std::uint64_t cookie = 0;
    BusOptions options;
    std::vector<BusOwner> owners;
    /// "": none; else the error's name on the bus, a blank, and the sentence; where that has arguments, its parts
    /// (bus_sentence.h) on a line of their own.
    std::string error;
};

/// (tiiiiuiius): cookie, the options in effect afterwards, error as in BusReading. With an error the options mean
/// nothing.
struct BusSetResult {
    std::uint64_t cookie = 0;
    BusOptions options;
    std::string error;
};

/// (ts): cookie, error as in BusReading.
struct BusCloseResult {
    std::uint64_t cookie = 0;
    std::string error;
};

/// As in BusReading::error; never empty.
std::string toBusError(const PrivilegeError& error);
PrivilegeError errorFrom(std::string_view text);

BusOptions toBus(const KeepaliveOptions& options);
BusReading toBus(const SocketReading& reading);
BusSetResult toBus(const SetResult& result);
BusCloseResult toBus(const CloseResult& result);

/// Everything in it is Exact, and values that do not fit are brought to the nearest that does.
KeepaliveOptions fromBus(const BusOptions& options);
SocketReading fromBus(const BusReading& reading);
SetResult fromBus(const BusSetResult& result);
CloseResult fromBus(const BusCloseResult& result);

/// One answer for each cookie, in their order; anything else is not believed.
/// @param received  of BusReading, BusSetResult or BusCloseResult
template <class Answer, class Received>
Outcome<std::vector<Answer>> inOrderOf(const Received& received, const std::vector<std::uint64_t>& cookies) {
    if (static_cast<std::size_t>(received.size()) != cookies.size())
        return otherVersion();
    std::vector<Answer> answers;
    for (const auto& one : received) {
        if (one.cookie != cookies[answers.size()])
            return otherVersion();
        answers.push_back(fromBus(one));
    }
    return answers;
}

} // namespace halfopen
