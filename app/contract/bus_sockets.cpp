// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/contract/bus_sockets.h"

#include "app/contract/bus_sentence.h"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

namespace halfopen {
namespace {

template <class T>
std::string errorOf(const Outcome<T>& outcome) {
    return outcome ? std::string() : toBusError(outcome.error());
}

template <class To, class From>
To clamped(From value) {
    using Limits = std::numeric_limits<To>;
    return static_cast<To>(std::clamp<std::int64_t>(value, Limits::min(), Limits::max()));
}

} // namespace

std::string toBusError(const PrivilegeError& error) {
    std::string_view name = busName(error.kind);
    if (name.empty())
        name = busName(PrivilegeErrorKind::WriteFailed);
    const std::string text = std::string(name) + ' ' + inEnglish(error);
    const std::string parts = partsOf(error.sentence);
    return parts.empty() ? text : text + '\n' + parts;
}

PrivilegeError errorFrom(std::string_view text) {
    const std::size_t blank = text.find(' ');
    const auto kind = blank == std::string_view::npos ? std::nullopt : kindOfBusName(text.substr(0, blank));
    const std::string_view said = kind ? text.substr(blank + 1) : text;
    const std::size_t end = said.rfind('\n');
    const std::string_view parts = end == std::string_view::npos ? std::string_view() : said.substr(end + 1);
    return {kind.value_or(PrivilegeErrorKind::WriteFailed), sentenceFrom(said.substr(0, end), parts), {}};
}

BusOptions toBus(const KeepaliveOptions& options) {
    return {
        options.enabled == Switch::On ? 1 : 0, options.idleSeconds, options.intervalSeconds, options.probes,
        options.userTimeout.count(),           options.synCount,    options.lingerSeconds,   options.rtoMax.count()};
}

BusReading toBus(const SocketReading& reading) {
    BusReading received;
    received.cookie = reading.cookie;
    if (reading.options)
        received.options = toBus(*reading.options);
    for (const Owner& owner : reading.owners) { // ordered by pid
        const auto pid = clamped<std::uint32_t>(owner.pid);
        if (received.owners.empty() || received.owners.back().pid != pid)
            received.owners.push_back({pid, owner.name});
    }
    received.error = errorOf(reading.options);
    return received;
}

BusSetResult toBus(const SetResult& result) {
    return {result.cookie, result.outcome ? toBus(*result.outcome) : BusOptions(), errorOf(result.outcome)};
}

BusCloseResult toBus(const CloseResult& result) {
    return {result.cookie, errorOf(result.outcome)};
}

KeepaliveOptions fromBus(const BusOptions& received) {
    KeepaliveOptions options;
    options.enabled = received.keepalive != 0 ? Switch::On : Switch::Off;
    options.idleSeconds = received.idle;
    options.intervalSeconds = received.interval;
    options.probes = clamped<std::int16_t>(received.probes);
    options.userTimeout = Millis(received.userTimeout);
    options.synCount = static_cast<std::uint8_t>(std::clamp(received.synCount, 0, kMostSynCount));
    options.lingerSeconds = static_cast<std::int16_t>(std::clamp(received.linger2, -1, kMostLingerSeconds));
    options.rtoMax = Millis(received.rtoMax);
    options.enabledFrom = options.idleFrom = options.intervalFrom = Provenance::Exact;
    options.probesFrom = options.userTimeoutFrom = Provenance::Exact;
    return options;
}

SocketReading fromBus(const BusReading& received) {
    constexpr std::int32_t kNotTold = -1;
    SocketReading reading{received.cookie, fromBus(received.options), {}};
    for (const BusOwner& owner : received.owners)
        reading.owners.push_back({clamped<std::int32_t>(owner.pid), kNotTold, owner.name});
    if (!received.error.empty())
        reading.options = tl::unexpected(errorFrom(received.error));
    return reading;
}

SetResult fromBus(const BusSetResult& received) {
    SetResult result{received.cookie, fromBus(received.options)};
    if (!received.error.empty())
        result.outcome = tl::unexpected(errorFrom(received.error));
    return result;
}

CloseResult fromBus(const BusCloseResult& received) {
    CloseResult result{received.cookie, {}};
    if (!received.error.empty())
        result.outcome = tl::unexpected(errorFrom(received.error));
    return result;
}

} // namespace halfopen
