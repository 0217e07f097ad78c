// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/helper_table.h"

#include "app/contract/helper_names.h"
#include "app/helper/helper_service.h"

#include "halfopen_version.h"

#include <array>
#include <optional>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace halfopen {
namespace {

using Cookies = HelperService::Cookies;

/// Reads the arguments of a call and hands them over.
template <class... Arguments, class Verb>
int hand(sd_bus_message* message, Verb verb) {
    std::tuple<std::remove_cvref_t<Arguments>...> arguments;
    const auto readAll = [message](auto&... each) {
        int done = 0;
        ((done = done < 0 ? done : read(message, each)), ...);
        return done;
    };
    if (const int done = std::apply(readAll, arguments); done < 0)
        return done;
    std::apply([&](const auto&... each) { verb(Call(message), each...); }, arguments);
    return 1; // the answer comes later
}

template <class... Arguments>
int hand(sd_bus_message* message, HelperService& service, void (HelperService::*verb)(Call, Arguments...)) {
    return hand<Arguments...>(message,
                              [&](Call call, const auto&... each) { (service.*verb)(std::move(call), each...); });
}

template <class... Arguments>
int hand(sd_bus_message* message, HelperService& service, void (*verb)(HelperService&, Call, Arguments...)) {
    return hand<Arguments...>(message,
                              [&](Call call, const auto&... each) { verb(service, std::move(call), each...); });
}

/// @tparam kVerb  takes the call and the arguments as they stand in the table: of the service, or with it
template <auto kVerb>
int onCall(sd_bus_message* message, void* service, sd_bus_error*) {
    return hand(message, *static_cast<HelperService*>(service), kVerb);
}

// Those whose arguments the service takes in another shape.

void setKeepaliveDefaults(HelperService& service, Call call, std::uint64_t netns, std::int32_t time,
                          std::int32_t interval, std::int32_t probes, bool persist) {
    service.setKeepaliveDefaults(std::move(call), {netns, {time, interval, probes}, persist});
}

void tryKeepaliveDefaults(HelperService& service, Call call, std::uint64_t netns, std::int32_t time,
                          std::int32_t interval, std::int32_t probes, std::uint32_t trial) {
    service.tryKeepaliveDefaults(std::move(call), {netns, {time, interval, probes}, false},
                                 std::chrono::seconds(trial));
}

std::optional<std::int32_t> given(std::int32_t value) {
    return value == kLeave ? std::nullopt : std::optional(value);
}

void setSocketOptions(HelperService& service, Call call, std::uint64_t netns, const Cookies& cookies,
                      std::int32_t keepalive, std::int32_t idle, std::int32_t interval, std::int32_t probes,
                      std::int32_t userTimeout) {
    OptionsChange change{
        .idleSeconds = given(idle),
        .intervalSeconds = given(interval),
        .probes = given(probes),
        .userTimeoutMs = given(userTimeout),
    };
    const bool isSwitch = keepalive == kLeave || keepalive == 0 || keepalive == 1;
    if (isSwitch && keepalive != kLeave)
        change.enabled = keepalive == 1;
    service.setSocketOptions(std::move(call), netns, cookies, isSwitch ? std::optional(change) : std::nullopt);
}

void setGuard(HelperService& service, Call call, const std::string& unit, std::int32_t idle, std::int32_t interval,
              std::int32_t probes, std::uint32_t userTimeout, bool persist) {
    service.setGuard(std::move(call), unit, {{}, idle, interval, probes, 0}, userTimeout, persist);
}

int onVersion(sd_bus*, const char*, const char*, const char*, sd_bus_message* reply, void*, sd_bus_error*) {
    return append(reply, std::string_view(kVersion));
}

int onNetnsCookie(sd_bus*, const char*, const char*, const char*, sd_bus_message* reply, void* service, sd_bus_error*) {
    return append(reply, Answer{static_cast<HelperService*>(service)->netnsCookie()});
}

// Everybody may call them: each asks polkit where it has to.
constexpr auto kForAll = SD_BUS_VTABLE_UNPRIVILEGED;
constexpr auto kConstant = SD_BUS_VTABLE_PROPERTY_CONST;

// clang-format off
const std::array kTable{
    sd_bus_vtable SD_BUS_VTABLE_START(0),
    sd_bus_vtable SD_BUS_METHOD_WITH_NAMES("ListNamespaces", "", "",
        "a(ttt)", SD_BUS_PARAM(namespaces), onCall<&HelperService::listNamespaces>, kForAll),
    sd_bus_vtable SD_BUS_METHOD_WITH_NAMES("OpenNamespaces", "at", SD_BUS_PARAM(cookies),
        "a(tahs)", SD_BUS_PARAM(opened), onCall<&HelperService::openNamespaces>, kForAll),
    sd_bus_vtable SD_BUS_METHOD_WITH_NAMES("ReadSettings", "at", SD_BUS_PARAM(cookies),
        "a(ta{si}s)", SD_BUS_PARAM(settings), onCall<&HelperService::readSettings>, kForAll),
    sd_bus_vtable SD_BUS_METHOD_WITH_NAMES("SetKeepaliveDefaults", "tiiib",
        SD_BUS_PARAM(netns) SD_BUS_PARAM(time_s) SD_BUS_PARAM(interval_s) SD_BUS_PARAM(probes) SD_BUS_PARAM(persist),
        "(iii)", SD_BUS_PARAM(in_effect), onCall<setKeepaliveDefaults>, kForAll),
    sd_bus_vtable SD_BUS_METHOD_WITH_NAMES("ForgetKeepaliveDefaults", "t", SD_BUS_PARAM(netns),
        "", "", onCall<&HelperService::forgetKeepaliveDefaults>, kForAll),
    sd_bus_vtable SD_BUS_METHOD_WITH_NAMES("TryKeepaliveDefaults", "tiiiu",
        SD_BUS_PARAM(netns) SD_BUS_PARAM(time_s) SD_BUS_PARAM(interval_s) SD_BUS_PARAM(probes) SD_BUS_PARAM(trial_s),
        "(iii)(iii)t", SD_BUS_PARAM(in_effect) SD_BUS_PARAM(before) SD_BUS_PARAM(trial),
        onCall<tryKeepaliveDefaults>, kForAll),
    sd_bus_vtable SD_BUS_METHOD_WITH_NAMES("KeepTrial", "t", SD_BUS_PARAM(trial),
        "(iii)", SD_BUS_PARAM(in_effect), onCall<&HelperService::keepTrial>, kForAll),
    sd_bus_vtable SD_BUS_METHOD_WITH_NAMES("TakeBackTrial", "t", SD_BUS_PARAM(trial),
        "(iii)", SD_BUS_PARAM(in_effect), onCall<&HelperService::takeBackTrial>, kForAll),
    sd_bus_vtable SD_BUS_METHOD_WITH_NAMES("InspectSockets", "tat", SD_BUS_PARAM(netns) SD_BUS_PARAM(cookies),
        "a(tiiiiuiiua(us)s)", SD_BUS_PARAM(readings), onCall<&HelperService::inspectSockets>, kForAll),
    sd_bus_vtable SD_BUS_METHOD_WITH_NAMES("OpenExactSource", "", "", "hhuuaht",
        SD_BUS_PARAM(sockets) SD_BUS_PARAM(owners) SD_BUS_PARAM(record_version) SD_BUS_PARAM(record_size)
        SD_BUS_PARAM(ends) SD_BUS_PARAM(ends_netns),
        onCall<&HelperService::openExactSource>, kForAll),
    sd_bus_vtable SD_BUS_METHOD_WITH_NAMES("SetSocketOptions", "tatiiiii",
        SD_BUS_PARAM(netns) SD_BUS_PARAM(cookies) SD_BUS_PARAM(keepalive) SD_BUS_PARAM(idle_s)
        SD_BUS_PARAM(interval_s) SD_BUS_PARAM(probes) SD_BUS_PARAM(user_timeout_ms),
        "a(tiiiiuiius)", SD_BUS_PARAM(results), onCall<setSocketOptions>, kForAll),
    sd_bus_vtable SD_BUS_METHOD_WITH_NAMES("CloseConnections", "tatb",
        SD_BUS_PARAM(netns) SD_BUS_PARAM(cookies) SD_BUS_PARAM(whole),
        "a(ts)", SD_BUS_PARAM(results), onCall<&HelperService::closeConnections>, kForAll),
    sd_bus_vtable SD_BUS_METHOD_WITH_NAMES("SetGuard", "siiiub",
        SD_BUS_PARAM(unit) SD_BUS_PARAM(idle_s) SD_BUS_PARAM(interval_s) SD_BUS_PARAM(probes)
        SD_BUS_PARAM(user_timeout_ms) SD_BUS_PARAM(persist), "", "", onCall<setGuard>, kForAll),
    sd_bus_vtable SD_BUS_METHOD_WITH_NAMES("ForgetGuard", "s", SD_BUS_PARAM(unit),
        "", "", onCall<&HelperService::forgetGuard>, kForAll),
    sd_bus_vtable SD_BUS_METHOD_WITH_NAMES("ListGuards", "", "",
        "a(siiiutttt)", SD_BUS_PARAM(rules), onCall<&HelperService::listGuards>, kForAll),
    sd_bus_vtable SD_BUS_PROPERTY("Version", "s", onVersion, 0, kConstant),
    sd_bus_vtable SD_BUS_PROPERTY("NetnsCookie", "t", onNetnsCookie, 0, kConstant),
    sd_bus_vtable SD_BUS_VTABLE_END,
};
// clang-format on

/// Before the table is looked at: a call with other arguments is one of a method that is not here, by which a client
/// knows that the helper is of another version. sd-bus would call it InvalidArgs.
int refuseOtherArguments(sd_bus_message* message, void*, sd_bus_error*) {
    const char* member = sd_bus_message_get_member(message);
    const char* arguments = sd_bus_message_get_signature(message, 1);
    if (sd_bus_message_is_method_call(message, kHelperName, nullptr) <= 0 || member == nullptr || arguments == nullptr)
        return 0;
    for (const sd_bus_vtable& row : kTable)
        if (row.type == _SD_BUS_VTABLE_METHOD && std::string_view(row.x.method.member) == member &&
            std::string_view(row.x.method.signature) != arguments)
            return sd_bus_reply_method_errorf(message, SD_BUS_ERROR_UNKNOWN_METHOD,
                                              "There is no %s with the arguments '%s'.", member, arguments);
    return 0;
}

} // namespace

bool showOnBus(sd_bus* bus, HelperService& service) {
    return sd_bus_add_object(bus, nullptr, kHelperObject, refuseOtherArguments, nullptr) >= 0 &&
           sd_bus_add_object_vtable(bus, nullptr, kHelperObject, kHelperName, kTable.data(), &service) >= 0;
}

} // namespace halfopen
