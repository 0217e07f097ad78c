// SPDX-License-Identifier: GPL-3.0-or-later
// How each value of the contract travels by sd-bus(3): here alone.
#pragma once

#include "app/contract/bus_guard.h"
#include "app/contract/bus_netns.h"
#include "app/contract/bus_sockets.h"
#include "core/kernel/unique_fd.h"
#include "core/model/keepalive_defaults.h"

#include <systemd/sd-bus.h>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace halfopen {

/// h: a copy of it goes with the message.
using SharedFd = std::shared_ptr<const UniqueFd>;

/// (tahs): the cookie of a network namespace, sockets of NETLINK_SOCK_DIAG in there, error as in BusReading.
struct NetnsSockets {
    std::uint64_t cookie = 0;
    std::vector<SharedFd> sockets;
    std::string error;
};

/// One value of an answer. KeepaliveDefaults: (iii), time in s, interval in s, probes. A vector: an array.
using BusValue =
    std::variant<std::uint32_t, std::uint64_t, SharedFd, std::vector<SharedFd>, KeepaliveDefaults,
                 std::vector<BusNetns>, std::vector<NetnsSockets>, std::vector<BusSettings>, std::vector<BusReading>,
                 std::vector<BusSetResult>, std::vector<BusCloseResult>, std::vector<BusGuard>>;

/// What a call is answered with.
using Answer = std::vector<BusValue>;

/// What polkit is told about a request, for its message and its rules: a{ss}.
using Details = std::map<std::string, std::string>;

/// Of whoever is on the bus, of a{sv}: UnixUserID and ProcessID.
struct Credentials {
    std::optional<std::uint32_t> uid;
    std::uint32_t pid = 0; ///< 0: the bus does not know
};

// All of them: below 0 where it failed, as sd-bus(3) has it.

int append(sd_bus_message* message, const Answer& answer);
int append(sd_bus_message* message, const Details& details);
/// What is no UTF-8 in it is replaced by U+FFFD each: the bus would throw out who sends such.
int append(sd_bus_message* message, std::string_view text);

int read(sd_bus_message* message, std::uint64_t& number);
int read(sd_bus_message* message, std::uint32_t& number);
int read(sd_bus_message* message, std::int32_t& number);
int read(sd_bus_message* message, bool& value);
int read(sd_bus_message* message, std::string& text);
int read(sd_bus_message* message, std::vector<std::uint64_t>& numbers);
int read(sd_bus_message* message, Credentials& credentials);

} // namespace halfopen
