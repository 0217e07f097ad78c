// SPDX-License-Identifier: GPL-3.0-or-later
// The verbs on living sockets of SdBusOperations.
#include "app/contract/bus_sockets.h"
#include "app/sdbus/sd_bus_operations.h"
#include "core/actions/socket_checks.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace halfopen {
namespace {

int appendCookies(sd_bus_message* message, const std::vector<std::uint64_t>& cookies) {
    return sd_bus_message_append_array(message, SD_BUS_TYPE_UINT64, cookies.data(),
                                       cookies.size() * sizeof(std::uint64_t));
}

/// Of what was done step by step: below 0 where a step failed. An array, since g++ 14 with -O1 takes std::min() of a
/// std::initializer_list that was passed on for another number.
template <std::size_t kSteps>
int worst(const std::array<int, kSteps>& steps) {
    return *std::ranges::min_element(steps);
}

int readOwners(sd_bus_message* message, std::vector<BusOwner>& owners) {
    int there = sd_bus_message_enter_container(message, SD_BUS_TYPE_ARRAY, "(us)");
    while (there > 0) {
        BusOwner owner;
        const char* name = "";
        there = sd_bus_message_read(message, "(us)", &owner.pid, &name);
        owner.name = name;
        if (there > 0)
            owners.push_back(std::move(owner));
    }
    return worst(std::array{there, sd_bus_message_exit_container(message)});
}

int readReading(sd_bus_message* message, BusReading& reading) {
    const int there = sd_bus_message_enter_container(message, SD_BUS_TYPE_STRUCT, "tiiiiuiiua(us)s");
    if (there <= 0)
        return there;
    BusOptions& options = reading.options;
    const char* error = "";
    const int failed =
        worst(std::array{sd_bus_message_read(message, "tiiiiuiiu", &reading.cookie, &options.keepalive, &options.idle,
                                             &options.interval, &options.probes, &options.userTimeout,
                                             &options.synCount, &options.linger2, &options.rtoMax),
                         readOwners(message, reading.owners), sd_bus_message_read(message, "s", &error),
                         sd_bus_message_exit_container(message)});
    reading.error = error;
    return failed < 0 ? failed : there;
}

int readSetResult(sd_bus_message* message, BusSetResult& result) {
    BusOptions& options = result.options;
    const char* error = "";
    const int there = sd_bus_message_read(message, "(tiiiiuiius)", &result.cookie, &options.keepalive, &options.idle,
                                          &options.interval, &options.probes, &options.userTimeout, &options.synCount,
                                          &options.linger2, &options.rtoMax, &error);
    result.error = error;
    return there;
}

int readCloseResult(sd_bus_message* message, BusCloseResult& result) {
    const char* error = "";
    const int there = sd_bus_message_read(message, "(ts)", &result.cookie, &error);
    result.error = error;
    return there;
}

template <class Answer, class Received>
Outcome<std::vector<Answer>> answersOf(const Outcome<SdBusMessage>& answer, const char* element,
                                       int (*read)(sd_bus_message*, Received&),
                                       const std::vector<std::uint64_t>& cookies) {
    if (!answer)
        return tl::unexpected(answer.error());
    return listOf<Received>(*answer, element, read).and_then([&](const std::vector<Received>& received) {
        return inOrderOf<Answer>(received, cookies);
    });
}

} // namespace

RequestToken SdBusOperations::inspect(std::uint64_t netns, std::vector<std::uint64_t> cookies, bool interactive,
                                      SocketOperations::Done<std::vector<SocketReading>> done) {
    const auto append = [&cookies](sd_bus_message* message) { return appendCookies(message, cookies); };
    const auto answer = callIn(netns, {"InspectSockets", append, {}, interactive});
    done(answersOf<SocketReading>(answer, "(tiiiiuiiua(us)s)", readReading, cookies));
    return 0;
}

RequestToken SdBusOperations::setOptions(std::uint64_t netns, std::vector<std::uint64_t> cookies,
                                         const OptionsChange& change,
                                         SocketOperations::Done<std::vector<SetResult>> done) {
    // On the bus -1 leaves a value as it is, which here would be a value that is none.
    if (auto checked = checkChange(change); !checked) {
        done(tl::unexpected(checked.error()));
        return 0;
    }
    const auto append = [&](sd_bus_message* message) {
        return worst(std::array{
            appendCookies(message, cookies),
            sd_bus_message_append(message, "iiiii", change.enabled ? (*change.enabled ? 1 : 0) : kLeave,
                                  change.idleSeconds.value_or(kLeave), change.intervalSeconds.value_or(kLeave),
                                  change.probes.value_or(kLeave), change.userTimeoutMs.value_or(kLeave))});
    };
    const auto answer = callIn(netns, {"SetSocketOptions", append, commandFor(cookies, change), true});
    done(answersOf<SetResult>(answer, "(tiiiiuiius)", readSetResult, cookies));
    return 0;
}

Outcome<std::vector<CloseResult>> SdBusOperations::close(std::uint64_t netns, const std::vector<std::uint64_t>& cookies,
                                                         bool whole) {
    const auto append = [&](sd_bus_message* message) {
        return worst(std::array{appendCookies(message, cookies), sd_bus_message_append(message, "b", whole ? 1 : 0)});
    };
    const std::string command = whole ? commandToCloseWhole(cookies) : commandToClose(cookies);
    return answersOf<CloseResult>(callIn(netns, {"CloseConnections", append, command, true}), "(ts)", readCloseResult,
                                  cookies);
}

RequestToken SdBusOperations::close(std::uint64_t netns, std::vector<std::uint64_t> cookies,
                                    SocketOperations::Done<std::vector<CloseResult>> done) {
    done(close(netns, cookies, false));
    return 0;
}

RequestToken SdBusOperations::closeWhole(std::uint64_t netns, std::vector<std::uint64_t> cookies,
                                         SocketOperations::Done<std::vector<CloseResult>> done) {
    done(close(netns, cookies, true));
    return 0;
}

} // namespace halfopen
