// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/promises/sense.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace halfopen::promises {

namespace {

bool disordered(const Moment& moment) {
    return moment.earliest > moment.expected || moment.expected > moment.latest;
}

std::string describe(const Moment& moment) {
    return moment.exact()
               ? fmt::format("{}", moment.expected.count())
               : fmt::format("{}..{}..{}", moment.earliest.count(), moment.expected.count(), moment.latest.count());
}

std::string describe(Conditions conditions) {
    std::string text;
    for (const auto condition : conditions.list())
        text += fmt::format(" {}", toString(condition));
    return text.empty() ? " -" : text;
}

std::string describe(const KeepaliveOptions& options) {
    constexpr const char* kSwitch[] = {"off", "on", "unknown"};
    return fmt::format("{} {}/{}/{} ({}) U {} rtoMax {} syn {} linger {}",
                       kSwitch[static_cast<std::size_t>(options.enabled)], options.idleSeconds, options.intervalSeconds,
                       options.probes, toString(options.idleFrom), options.userTimeout.count(), options.rtoMax.count(),
                       options.synCount, +options.lingerSeconds);
}

std::string describe(const TcpInfo& info) {
    return fmt::format("m {} b {} r {:.0f} unacked {} notsent {} wnd {} ca {} tr {} rto-time {} x{} probes {} lds {} "
                       "ldr {} lar {} in {} out {}",
                       info.retransmits, info.backoff, info.rtoUs / 1000.0, info.unacked, info.notSentBytes,
                       info.sendWindow, info.caState, info.totalRetransmits, info.totalRtoTimeMs,
                       info.totalRtoRecoveries, info.probes, info.lastDataSent.count(), info.lastDataReceived.count(),
                       info.lastAckReceived.count(), info.segmentsIn, info.segmentsOut);
}

} // namespace

std::vector<std::string> contradictions(const Row& row) {
    const auto& forecast = row.forecast;
    std::vector<std::string> found;
    const auto holds = [&found](bool wrong, const char* what) {
        if (wrong)
            found.emplace_back(what);
    };
    const bool ends = forecast.cause != GiveUpCause::None;
    holds(forecast.never && ends, "it never ends and it ends");
    holds(ends && disordered(forecast.givesUp), "the end's band is not in order");
    holds(forecast.nextEvent != NextEvent::None && disordered(forecast.next), "the next event's band is not in order");
    holds(ends && forecast.nextEvent != NextEvent::None && forecast.next.earliest > forecast.givesUp.latest,
          "the next event comes after the end");
    holds(forecast.hasAllowed && forecast.unanswered > forecast.allowed, "more went unanswered than is allowed");
    holds(forecast.hasAllowed && forecast.conditions.has(Condition::UnreachableNeighbour) &&
              forecast.regime == Regime::Retransmission,
          "a count decides though the backoff is taken back");
    holds(row.diagnosis == Diagnosis::Closing && forecast.never, "closing, and nothing ends it");
    holds(row.diagnosis == Diagnosis::Guarded && forecast.never, "guarded, and nothing ends it");
    holds(row.diagnosis == Diagnosis::Guarded && !ends, "guarded, and no end is told");
    holds(row.diagnosis == Diagnosis::Guarded && row.options.probes == 0 && row.options.userTimeout.count() == 0,
          "guarded by no probe");
    holds(row.diagnosis == Diagnosis::Guarded && forecast.conditions.has(Condition::LocalDrop),
          "guarded by probes that do not leave");
    holds(row.diagnosis == Diagnosis::Unguarded && ends && !forecast.conditions.has(Condition::NoProbes),
          "unguarded, and its end is told");
    holds(row.diagnosis == Diagnosis::Abandoned && row.connection.info.unacked + row.connection.info.notSentBytes > 0,
          "abandoned, and data waits");
    return found;
}

std::string describe(const Row& row) {
    const auto& connection = row.connection;
    const auto& forecast = row.forecast;
    return fmt::format("{} timer {} X {} n {} q {}/{} inode {}; {}; {}; {} {}; next {} {}; ends {} {}{}; {}/{}; "
                       "holds{}; assumes {}",
                       toString(connection.state), toString(connection.timer.kind()), connection.timer.expires.count(),
                       connection.timer.retransmits, connection.receiveQueue, connection.sendQueue, connection.inode,
                       describe(connection.info), describe(row.options), toString(row.diagnosis),
                       toString(forecast.regime), toString(forecast.nextEvent), describe(forecast.next),
                       toString(forecast.cause), describe(forecast.givesUp), forecast.never ? " NEVER" : "",
                       forecast.unanswered, forecast.hasAllowed ? std::to_string(forecast.allowed) : "-",
                       describe(forecast.conditions), fmt::join(assumptions(forecast.assumes), ", "));
}

} // namespace halfopen::promises
