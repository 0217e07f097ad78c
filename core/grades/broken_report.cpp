// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/grades/broken_report.h"

#include "core/model/settings.h"
#include "core/text/json_writer.h"

#include <string_view>

namespace halfopen {

namespace {

std::int64_t nanos(MonotonicTime at) {
    return at.time_since_epoch().count();
}

void putMoment(JsonWriter& json, const Moment& moment) {
    json.put("expected_ms", moment.expected.count());
    json.put("earliest_ms", moment.earliest.count());
    json.putIf("latest_ms", moment.latest != Millis::max(), moment.latest.count());
}

void putConditions(JsonWriter& json, Conditions conditions) {
    json.array("conditions", [&] {
        for (const Condition condition : conditions.list())
            json.element(toString(condition));
    });
}

void putAssumes(JsonWriter& json, std::uint32_t bits) {
    json.array("assumes", [&] {
        for (const std::string& sentence : assumptions(bits))
            json.element(sentence);
    });
}

void putForecast(JsonWriter& json, const Forecast& f) {
    json.putWord("regime", toString(f.regime));
    json.putWord("next_event", toString(f.nextEvent));
    json.object("next", [&] { putMoment(json, f.next); });
    json.putWord("cause", toString(f.cause));
    json.object("gives_up", [&] { putMoment(json, f.givesUp); });
    json.put("point", f.endIsPoint);
    json.put("exact_phase", f.exactPhase);
    json.put("never", f.never);
    json.put("unanswered", f.unanswered);
    json.putIf("allowed", f.hasAllowed, f.allowed);
    putConditions(json, f.conditions);
    putAssumes(json, f.assumes);
}

template <std::size_t N, class Value>
void putKnown(JsonWriter& json, const char (&key)[N], const Value& value, Provenance from) {
    json.object(key, [&] {
        json.put("value", value);
        json.putWord("provenance", toString(from));
    });
}

void putOptions(JsonWriter& json, const KeepaliveOptions& o) {
    constexpr std::string_view kSwitches[] = {"off", "on", "unknown"};
    putKnown(json, "keepalive", kSwitches[static_cast<std::size_t>(o.enabled)], o.enabledFrom);
    putKnown(json, "idle_s", o.idleSeconds, o.idleFrom);
    putKnown(json, "interval_s", o.intervalSeconds, o.intervalFrom);
    putKnown(json, "probes", o.probes, o.probesFrom);
    putKnown(json, "user_timeout_ms", o.userTimeout.count(), o.userTimeoutFrom);
    putKnown(json, "rto_max_ms", o.rtoMax.count(), o.userTimeoutFrom);
    putKnown(json, "linger2_s", o.lingerSeconds, o.userTimeoutFrom);
    putKnown(json, "syncnt", o.synCount, o.userTimeoutFrom);
}

/// The names of the kernel's struct tcp_info.
void putInfo(JsonWriter& json, const TcpInfo& info) {
    json.put("length", info.length);
    json.put("ca_state", info.caState);
    json.put("retransmits", info.retransmits);
    json.put("probes", info.probes);
    json.put("backoff", info.backoff);
    json.put("options", info.options);
    json.put("rto_us", info.rtoUs);
    json.put("rtt_us", info.rttUs);
    json.put("rttvar_us", info.rttVarUs);
    json.put("unacked", info.unacked);
    json.put("notsent_bytes", info.notSentBytes);
    json.put("snd_wnd", info.sendWindow);
    json.put("snd_mss", info.sendMss);
    json.put("snd_cwnd", info.sendCwnd);
    json.put("last_data_sent_ms", info.lastDataSent.count());
    json.put("last_data_recv_ms", info.lastDataReceived.count());
    json.put("last_ack_recv_ms", info.lastAckReceived.count());
    json.put("bytes_acked", info.bytesAcked);
    json.put("bytes_received", info.bytesReceived);
    json.put("segs_in_low", info.segmentsIn);
    json.put("segs_out_low", info.segmentsOut);
    json.put("total_retrans", info.totalRetransmits);
    json.put("total_rto_recoveries", info.totalRtoRecoveries);
    json.put("total_rto_time_ms", info.totalRtoTimeMs);
}

void putConnection(JsonWriter& json, const Connection& c) {
    json.put("sampled_ns", nanos(c.sampled));
    json.putWord("state", toString(c.state));
    json.put("has_inode", c.inode != 0);
    json.put("ipv6", c.remote.address.family() == Family::Ipv6);
    json.put("timer", c.timer.raw);
    json.put("expires_ms", c.timer.expires.count());
    json.put("retrans", c.timer.retransmits);
    json.put("rqueue", c.receiveQueue);
    json.put("wqueue", c.sendQueue);
    json.put("tick_certain", c.tickCertain);
    json.put("read_before_ms", c.timer.readBefore);
    json.put("recverr", c.receivesErrors);
    json.put("defer_connect", c.connectDeferred);
    json.put("upper_layer", static_cast<int>(c.upperLayer));
    if (c.info.present())
        json.object("tcp_info", [&] { putInfo(json, c.info); });
}

void putLook(JsonWriter& json, const Look& look) {
    putConnection(json, look.connection);
    json.object("options", [&] { putOptions(json, look.options); });
    json.object("forecast", [&] { putForecast(json, look.forecast); });
}

void putSysctls(JsonWriter& json, const TcpSysctls& s) {
    for (const SettingInfo& info : allSettings())
        if (isThere(s, info.id))
            json.putIf(info.name, !isUnread(s, info.id), s.*info.field);
}

void putPromise(JsonWriter& json, const Promise& promise) {
    json.put("made_ns", nanos(promise.made));
    json.put("expected_ns", nanos(promise.expected));
    json.put("earliest_ns", nanos(promise.earliest));
    json.putIf("latest_ns", promise.latest != MonotonicTime::max(), nanos(promise.latest));
    putConditions(json, promise.conditions);
    putAssumes(json, promise.assumes);
}

void putCame(JsonWriter& json, const Came& came) {
    json.put("earliest_ns", nanos(came.earliest));
    json.put("latest_ns", nanos(came.latest));
}

} // namespace

BrokenPromisePtr reportOf(const BrokenFacts& facts, const ReportVersions& versions) {
    const Forecast& then = facts.promising.forecast;
    const TickClock& clock = facts.netns.host->clock;
    JsonWriter json;
    json.object([&] {
        json.put("halfopen", versions.program);
        json.put("kernel", versions.kernel);
        json.put("hz", clock.hz);
        json.putIf("jiffies_offset", clock.phaseKnown(), clock.offset.value_or(0));
        json.object("sysctl", [&] { putSysctls(json, facts.netns.sysctls); });
        json.putWord("promised", facts.ofTheEnd ? "end" : toString(then.nextEvent));
        json.object("promise", [&] { putPromise(json, facts.promise); });
        if (facts.came)
            json.object("came", [&] { putCame(json, *facts.came); });
        else
            json.put("came", nullptr);
        json.put("error_us", std::chrono::round<std::chrono::microseconds>(facts.error).count());
        json.array("seen", [&] {
            for (const Sighting sighting : facts.seen.list())
                json.element(toString(sighting));
        });
        json.object("promising", [&] { putLook(json, facts.promising); });
        if (facts.breaking)
            json.object("breaking", [&] { putLook(json, *facts.breaking); });
        if (facts.event)
            json.object("destroyed", [&] { putConnection(json, facts.event->connection); });
    });
    return std::make_shared<const BrokenPromise>(
        BrokenPromise{keyIn(facts.netns, facts.promising.connection.cookie), std::string(json.text())});
}

std::string withAddresses(const BrokenPromise& broken, const Endpoint& local, const Endpoint& remote) {
    JsonWriter json;
    json.object([&] {
        json.put("local", local.toString());
        json.put("remote", remote.toString());
    });
    if (broken.report.size() < 3)
        return broken.report;
    std::string head(json.text());
    head.back() = ',';
    return head + broken.report.substr(1);
}

} // namespace halfopen
