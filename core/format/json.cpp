// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/json.h"

#include "core/format/held.h"
#include "core/format/owner_json.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <sys/utsname.h>

#include <array>
#include <utility>

namespace halfopen {

namespace {

using Json = nlohmann::ordered_json;

// A process may have any bytes for a name; they must not break the output.
std::string text(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json nullable(std::string_view value) {
    return value.empty() ? Json() : Json(value);
}

Json endpoint(const Endpoint& side) {
    return {{"address", side.address.toString()}, {"port", side.port}};
}

Json timer(const Timer& timer) {
    const TimerKind kind = timer.kind();
    const bool none = toString(kind) == "none";
    return {
        {"kind", toString(kind)}, {"expires_ms", none ? 0 : timer.expires.count()}, {"retransmits", timer.retransmits}};
}

Json known(Json value, Provenance from) {
    return {{"value", std::move(value)}, {"provenance", toString(from)}};
}

Json keepalive(const KeepaliveOptions& o) {
    return {{"enabled", known(o.enabled == Switch::Unknown ? Json() : Json(o.enabled == Switch::On), o.enabledFrom)},
            {"idle_s", known(o.idleSeconds, o.idleFrom)},
            {"interval_s", known(o.intervalSeconds, o.intervalFrom)},
            {"probes", known(o.probes, o.probesFrom)},
            {"user_timeout_ms", known(o.userTimeout.count(), o.userTimeoutFrom)}};
}

Json moment(std::string_view key, std::string_view name, const Moment& at) {
    return {{key, name},
            {"expected_ms", at.expected.count()},
            {"earliest_ms", at.earliest.count()},
            {"latest_ms", at.latest.count()}};
}

Json forecastJson(const Forecast& f) {
    return {{"regime", toString(f.regime)},
            {"next", f.nextEvent == NextEvent::None ? Json() : moment("event", toString(f.nextEvent), f.next)},
            {"gives_up", f.cause == GiveUpCause::None ? Json() : moment("cause", toString(f.cause), f.givesUp)},
            {"never", f.never},
            {"unanswered", f.unanswered},
            {"allowed", f.hasAllowed ? Json(f.allowed) : Json()},
            {"phase", f.exactPhase ? "exact" : "band"},
            {"assumes", assumptions(f.assumes)}};
}

Json tcp(const Connection& c) {
    const TcpInfo& i = c.info;
    if (!i.present())
        return {};
    const auto since = [&](bool has, auto value) { return has ? Json(value) : Json(); };
    // In SYN-SENT the ages are the jiffies since boot (kernel-facts 1.1): nothing was ever sent or received.
    const bool ages = c.state != State::SynSent && c.state != State::Listen;
    return {{"rtt_us", i.rttUs},
            {"rttvar_us", i.rttVarUs},
            {"rto_ms", i.rtoUs / 1000},
            {"backoff", i.backoff},
            {"unacked", i.unacked},
            {"not_sent_bytes", since(i.hasNotSent(), i.notSentBytes)},
            {"send_window", since(i.hasSendWindow(), i.sendWindow)},
            {"send_cwnd", i.sendCwnd},
            {"send_mss", i.sendMss},
            {"last_data_sent_ms", since(ages, i.lastDataSent.count())},
            {"last_data_received_ms", since(ages, i.lastDataReceived.count())},
            {"last_ack_received_ms", since(ages, i.lastAckReceived.count())},
            {"bytes_acked", since(i.hasBytes(), i.bytesAcked)},
            {"bytes_received", since(i.hasBytes(), i.bytesReceived)},
            {"retransmits_total", i.totalRetransmits},
            {"congestion", nullable(congestionName(c.congestion))}};
}

Json sysctls(const TcpSysctls& s) {
    Json json{{"tcp_keepalive_time", s.keepaliveTime},     {"tcp_keepalive_intvl", s.keepaliveInterval},
              {"tcp_keepalive_probes", s.keepaliveProbes}, {"tcp_retries2", s.retries2},
              {"tcp_orphan_retries", s.orphanRetries},     {"tcp_syn_retries", s.synRetries},
              {"tcp_synack_retries", s.synAckRetries},     {"tcp_fin_timeout", s.finTimeout}};
    if (s.hasSynLinearTimeouts)
        json["tcp_syn_linear_timeouts"] = s.synLinearTimeouts;
    if (s.hasRtoMax)
        json["tcp_rto_max_ms"] = s.rtoMaxMs;
    return json;
}

Json head(const Frame& frame, const HostFacts& host) {
    return {{"schema", kJsonSchema},
            {"host", host.host},
            {"kernel", host.kernel},
            {"netns", frame.namespaces.front()},
            {"taken_ns", frame.taken.time_since_epoch().count()},
            {"hz", frame.clock.hz},
            {"phase", frame.clock.phaseKnown() ? "exact" : "unknown"},
            {"sysctl", sysctls(frame.sysctls)},
            {"notes", frame.notes}};
}

/// The object without its closing brace, for more keys.
std::string opened(std::string object) {
    object.back() = ',';
    return object;
}

template <class Finish>
bool writeConnections(const Frame& frame, std::string_view gap, Finish finish, const Output& output) {
    std::string_view comma;
    for (const std::uint32_t index : frame.shown) {
        const Row& row = frame.rows[index];
        if (!output(fmt::format("{}{}{}", comma, gap, finish(connectionJson(row, frame), row))))
            return false;
        comma = ",";
    }
    return true;
}

} // namespace

HostFacts thisHost() {
    utsname names{};
    return uname(&names) == 0 ? HostFacts{names.nodename, names.release} : HostFacts{};
}

std::string connectionJson(const Row& row, const Frame& frame) {
    const Connection& c = row.connection;
    const bool mini = c.isMini();
    return text(Json{
        {"cookie", fmt::format("{:#x}", c.cookie)},
        {"netns", frame.netnsOf(row)},
        {"family",
         c.remote.address.family() == Family::Ipv4 && c.local.address.family() == Family::Ipv4 ? "ipv4" : "ipv6"},
        {"sampled_ns", c.sampled.time_since_epoch().count()},
        {"local", endpoint(c.local)},
        {"remote", endpoint(c.remote)},
        {"interface", nullable(frame.interfaceOf(row))},
        {"state", toString(c.state)},
        {"diagnosis", toString(row.diagnosis)},
        {"uid", mini ? Json() : Json(c.uid)},
        {"user", nullable(frame.userOf(row))},
        {"inode", c.inode},
        {"processes", ownersJson(frame.ownersOf(row))},
        {"processes_unknown", nullable(toString(row.ownerUnknown))},
        {"queue", {{"receive", c.receiveQueue}, {"send", c.sendQueue}}},
        {"timer", timer(c.timer)},
        {"keepalive", keepalive(row.options)},
        {"keepalive_unread", nullable(shortName(row.unread))},
        {"forecast", forecastJson(row.forecast)},
        {"tcp", tcp(c)},
    });
}

std::string frameHeadJson(const Frame& frame, const HostFacts& host) {
    return text(head(frame, host));
}

bool writeFrameJson(const Frame& frame, const HostFacts& host, const Output& output) {
    return output(opened(frameHeadJson(frame, host)) + "\"connections\":[") &&
           writeConnections(
               frame, "\n", [](std::string one, const Row&) { return one; }, output) &&
           output("\n],\"held\":" + heldJson(frame.held) + "}\n");
}

bool writeSampleJson(const Frame& frame, const HostFacts& host, const Output& output) {
    static constexpr std::array<std::string_view, 4> kChanges{"none", "new", "changed", "closed"};
    const auto withChange = [](std::string one, const Row& row) {
        return fmt::format("{}\"change\":\"{}\"}}", opened(std::move(one)),
                           kChanges[static_cast<std::size_t>(row.change)]);
    };
    return output(fmt::format("{}\"sequence\":{},\"connections\":[", opened(frameHeadJson(frame, host)),
                              frame.sequence)) &&
           writeConnections(frame, "", withChange, output) && output("],\"held\":" + heldJson(frame.held) + "}\n");
}

std::string_view toString(ErrorCode code) {
    switch (code) {
    case ErrorCode::SomeFailed:
        return "failed";
    case ErrorCode::Usage:
        return "usage";
    case ErrorCode::NotPermitted:
        return "not-permitted";
    case ErrorCode::NotSupported:
        return "not-supported";
    case ErrorCode::Unreadable:
        return "unreadable";
    case ErrorCode::NotFound:
        return "not-found";
    }
    return "failed";
}

std::string errorJson(const Error& error) {
    return text({{"error", {{"code", toString(error.code)}, {"message", error.message}}}});
}

} // namespace halfopen
