// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/json.h"

#include "core/format/dead_sockets.h"
#include "core/format/groups_report.h"
#include "core/format/keepalive_json.h"
#include "core/format/owner_json.h"
#include "core/format/portions.h"
#include "core/model/payload.h"
#include "core/model/settings.h"
#include "core/query/filter.h"
#include "core/query/group_keys.h"
#include "core/text/json_writer.h"

#include <fmt/format.h>

#include <sys/utsname.h>

#include <array>

namespace halfopen {

namespace {

void endpoint(JsonWriter& json, const Endpoint& side) {
    json.putWord("address", side.address.toString());
    json.put("port", side.port);
}

void timer(JsonWriter& json, const Timer& timer) {
    const std::string_view kind = toString(timer.kind());
    json.putWord("kind", kind);
    json.put("expires_ms", kind == "none" ? 0 : timer.expires.count());
    json.put("retransmits", timer.retransmits);
}

/// null where nothing will happen.
template <std::size_t N, std::size_t M>
void moment(JsonWriter& json, const char (&key)[N], const char (&kind)[M], std::string_view name, bool any,
            const Moment& at) {
    if (!any)
        return json.put(key, nullptr);
    json.object(key, [&] {
        json.putWord(kind, name);
        json.put("expected_ms", at.expected.count());
        json.put("earliest_ms", at.earliest.count());
        json.putIf("latest_ms", at.latest != Millis::max(), at.latest.count());
    });
}

void forecast(JsonWriter& json, const Forecast& f) {
    json.putWord("regime", toString(f.regime));
    moment(json, "next", "event", toString(f.nextEvent), f.nextEvent != NextEvent::None, f.next);
    moment(json, "gives_up", "cause", toString(f.cause), f.cause != GiveUpCause::None, f.givesUp);
    json.put("never", f.never);
    json.put("unanswered", f.unanswered);
    json.putIf("allowed", f.hasAllowed, f.allowed);
    json.putWord("phase", f.exactPhase ? "exact" : "band");
    json.array("assumes", [&] {
        for (const std::string& sentence : assumptions(f.assumes))
            json.element(sentence);
    });
}

void conditions(JsonWriter& json, Conditions holds) {
    const auto words = [&](bool facts) {
        if (holds.empty())
            return;
        for (const Condition condition : holds.list())
            if (isFact(condition) == facts)
                json.element(toString(condition));
    };
    json.array("conditions", [&] { words(false); });
    json.array("facts", [&] { words(true); });
}

template <std::size_t N>
void age(JsonWriter& json, const char (&key)[N], std::optional<Millis> value) {
    json.putIf(key, value.has_value(), value.value_or(Millis(0)).count());
}

void tcp(JsonWriter& json, const Connection& c) {
    const TcpInfo& i = c.info;
    if (!i.present())
        return json.put("tcp", nullptr);
    json.object("tcp", [&] {
        json.put("rtt_us", i.rttUs);
        json.put("rttvar_us", i.rttVarUs);
        json.put("rto_ms", i.rtoUs / 1000);
        json.put("backoff", i.backoff);
        json.put("unacked", i.unacked);
        json.putIf("not_sent_bytes", i.hasNotSent(), i.notSentBytes);
        json.putIf("send_window", i.hasSendWindow(), i.sendWindow);
        json.put("send_cwnd", i.sendCwnd);
        json.put("send_mss", i.sendMss);
        age(json, "last_data_sent_ms", dataSentAge(c));
        age(json, "last_data_received_ms", dataReceivedAge(c));
        age(json, "last_ack_received_ms", c.ackAge());
        json.putIf("bytes_acked", i.hasBytes(), i.bytesAcked);
        json.putIf("bytes_received", i.hasBytes(), i.bytesReceived);
        json.put("retransmits_total", i.totalRetransmits);
        json.putName("congestion", congestionName(c.congestion));
    });
}

void sysctls(JsonWriter& json, const TcpSysctls& s) {
    for (const SettingInfo& info : allSettings())
        if (isThere(s, info.id))
            json.putIf(info.name, !isUnread(s, info.id), s.*info.field);
}

std::string tenthOrNull(const std::optional<double>& time) {
    return time ? fmt::format("{:.1f}", *time) : "null";
}

void forecasts(JsonWriter& json, const ForecastTotals& totals) {
    json.put("graded", totals.graded);
    json.put("kept", totals.kept);
    json.put("excused", totals.excused);
    json.put("broken", totals.broken);
    json.putJson("median_error_ms", tenthOrNull(totals.medianErrorMs));
    json.putJson("worst_error_ms", tenthOrNull(totals.worstErrorMs));
}

/// What tells of the sockets of a namespace.
std::string_view sourceOf(const Frame& frame, std::uint16_t index) {
    if (!frame.live)
        return "recording";
    if (frame.namespaces[index]->tier == NetnsTier::Public)
        return "proc";
    return frame.sampleOf(index).exact ? "bpf" : "sock_diag";
}

/// What forgets silent connections there.
void forgetting(JsonWriter& json, const NetnsContext& netns) {
    if (const auto& tracking = netns.tracking)
        json.object("conntrack", [&] {
            json.put("established_s", tracking->established);
            json.put("unacknowledged_s", tracking->unacknowledged);
            json.put("max_retrans_s", tracking->maxRetrans);
            json.put("flows", tracking->flows);
        });
    else
        json.put("conntrack", nullptr);
    if (const auto& services = netns.services)
        json.object("ipvs", [&] {
            json.put("tcp_timeout_s", services->tcpTimeout);
            json.put("tcp_services", services->tcp.size());
        });
    else
        json.put("ipvs", nullptr);
}

/// Of one that is only looked at from outside neither inode nor cookie are told, and its number in /proc tells it
/// apart.
void putNetns(JsonWriter& json, const NetnsContext& netns) {
    const NetnsId inProc = netns.inside.procInode;
    json.put("netns", netns.netns);
    json.putIf("netns_cookie", netns.cookie != 0, netns.cookie);
    json.putIf("netns_proc_inode", inProc != 0, inProc);
    json.putName("netns_name", netns.name);
}

void netns(JsonWriter& json, const Frame& frame, std::uint16_t index) {
    const NetnsContext& its = *frame.namespaces[index];
    const NetnsSample sample = frame.sampleOf(index);
    json.object([&] {
        json.put("netns", its.netns);
        json.putIf("cookie", its.cookie != 0, its.cookie);
        json.putIf("proc_inode", its.inside.procInode != 0, its.inside.procInode);
        json.putName("name", its.name);
        json.putWord("tier", toString(its.tier));
        json.putWord("source", sourceOf(frame, index));
        json.put("taken_ns", sample.taken.time_since_epoch().count());
        json.put("sockets", sample.end - sample.begin);
        json.object("sysctl", [&] { sysctls(json, its.sysctls); });
        forgetting(json, its);
    });
}

void head(JsonWriter& json, const Frame& frame, const HostFacts& host) {
    json.put("schema", kJsonSchema);
    json.put("host", host.host);
    json.put("kernel", host.kernel);
    json.put("netns", frame.inView().netns);
    json.put("taken_ns", frame.taken.time_since_epoch().count());
    json.put("hz", frame.clock().hz);
    json.putWord("phase", frame.clock().phaseKnown() ? "exact" : "unknown");
    json.putWord("source", sourceOf(frame, frame.inViewIndex));
    json.object("sysctl", [&] { sysctls(json, frame.inView().sysctls); });
    json.array("namespaces", [&] {
        for (std::size_t index = 0; index < frame.namespaces.size(); ++index)
            if (const auto place = static_cast<std::uint16_t>(index); !frame.sampleOf(place).gone)
                netns(json, frame, place);
    });
    json.object("forecasts", [&] { forecasts(json, frame.forecasts); });
    json.array("notes", [&] {
        for (const Sentence& note : frame.notes)
            json.element(inEnglish(note));
    });
}

/// Never "" for a socket that is bound to one; a recording tells no names.
std::string interfaceText(const Row& row, const Frame& frame) {
    if (row.connection.interface == 0)
        return {};
    const auto name = frame.interfaceOf(row);
    return name.empty() ? fmt::format("if{}", row.connection.interface) : std::string(name);
}

/// What takes two samples to be known.
void moved(JsonWriter& json, const Row& row, const Frame& frame) {
    const bool watched = frame.isWatched();
    json.object("age", [&] {
        json.putIf("at_least_ms", watched, frame.ageOf(row).count());
        json.put("exact", watched && hasSeenBegin(row));
    });
    const Rate rate = frame.rateOf(row);
    const bool known = watched && row.connection.countsBytes();
    json.object("rate", [&] {
        json.putIf("sent_bytes_per_s", known, static_cast<std::uint64_t>(rate.sent));
        json.putIf("received_bytes_per_s", known, static_cast<std::uint64_t>(rate.received));
    });
}

/// Only where it was asked for: of the connection that `show` is about.
void trackedFlows(JsonWriter& json, const Row& row, const Frame& frame) {
    if (!frame.selected || frame.selected->key != frame.keyOf(row))
        return;
    json.array("tracked", [&] {
        for (const TrackedFlow& flow : frame.selected->tracked) {
            const NetnsContext& netns = *frame.namespaces[flow.netnsIndex];
            const bool tracked = flow.answer == TrackedFlow::Answer::Tracked;
            json.object([&] {
                json.put("netns", netns.netns);
                json.putName("netns_name", netns.name);
                json.putWord("answer", toString(flow.answer));
                json.put("asked_ns", flow.asked.time_since_epoch().count());
                json.putIf("left_s", tracked && flow.left.has_value(),
                           flow.left.value_or(std::chrono::seconds(0)).count());
                json.putName("state", tracked ? trackedStateName(flow.state) : std::string_view());
                json.put("nat", tracked && flow.translated);
            });
        }
    });
}

/// What a subflow, or what is left of its connection without any, belongs to.
void mptcp(JsonWriter& json, const Row& row, const Frame& frame) {
    const MptcpPart* part = frame.mptcpOf(row);
    if (!part)
        return json.put("mptcp", nullptr);
    json.object("mptcp", [&] {
        json.putName("token", tokenText(part));
        json.array("subflows", [&] {
            for (const Row* subflow : frame.subflowsOf(*part))
                json.element(fmt::format("{:#x}", subflow->connection.cookie));
        });
    });
}

/// The members of one connection.
void connection(JsonWriter& json, const Row& row, const Frame& frame) {
    const Connection& c = row.connection;
    const bool ipv4 = c.remote.address.family() == Family::Ipv4 && c.local.address.family() == Family::Ipv4;
    json.putHex("cookie", isStandIn(c.cookie) ? 0 : c.cookie);
    putNetns(json, frame.netnsOf(row));
    json.putWord("family", ipv4 ? "ipv4" : "ipv6");
    json.put("sampled_ns", c.sampled.time_since_epoch().count());
    json.object("local", [&] { endpoint(json, c.local); });
    json.object("remote", [&] { endpoint(json, c.remote); });
    json.putName("remote_name", frame.remoteNameOf(row));
    const FilterNames& names = namesOf(frame.query);
    json.putName("service", names.services.nameOf(servicePortOf(row, frame, names.services)));
    json.putName("interface", interfaceText(row, frame));
    json.putWord("state", toString(c.state));
    json.putWord("diagnosis", toString(row.diagnosis));
    json.putIf("uid", !c.isMini(), c.uid);
    json.putName("user", frame.userOf(row));
    json.put("inode", c.inode);
    json.array("processes", [&] { putOwners(json, frame.ownersOf(row)); });
    json.putName("processes_unknown", toString(row.ownerUnknown));
    putUnit(json, frame.unitOf(row));
    json.object("queue", [&] {
        json.put("receive", c.receiveQueue);
        json.put("send", c.sendQueue);
        const auto unread = frame.unreadFor(row);
        json.putIf("unread_ms", unread.has_value(), unread.value_or(Millis(0)).count());
    });
    json.object("timer", [&] { timer(json, c.timer); });
    json.object("keepalive", [&] { putKeepalive(json, row.options); });
    json.putName("keepalive_unread", shortName(row.unread));
    json.object("forecast", [&] { forecast(json, row.forecast); });
    conditions(json, row.forecast.conditions);
    mptcp(json, row, frame);
    moved(json, row, frame);
    tcp(json, c);
    trackedFlows(json, row, frame);
}

/// The head of a frame's object, with everything before its connections.
std::string opened(std::string object) {
    object.back() = ',';
    return object;
}

constexpr std::size_t kConnectionsAtOnce = 512; // their text stays in the cache

/// @param gap   before each
/// @param more  further members of each
template <class More>
bool writeConnections(const Frame& frame, std::string_view gap, More more, const Output& output) {
    const auto make = [&](JsonWriter& json, std::size_t first, std::size_t last) {
        json.clear();
        json.append(first == 0 ? "" : ",");
        for (std::size_t position = first; position < last; ++position) {
            const Row& row = frame.shownRow(position);
            json.append(gap);
            json.object([&] {
                connection(json, row, frame);
                more(json, row);
            });
        }
    };
    Portions<JsonWriter> portions(frame.shown.size(), kConnectionsAtOnce, make);
    for (std::size_t portion = 0; portion < portions.count(); ++portion)
        if (!output(portions.next().text()))
            return false;
    return true;
}

/// Only where they were asked for.
std::string groupsMember(const Frame& frame, std::string_view gap) {
    return frame.query.grouping.by == GroupBy::None ? std::string()
                                                    : fmt::format(",{}\"groups\":{}", gap, groupsJson(frame));
}

} // namespace

HostFacts hostOf(const Frame& frame) {
    const HostContext& host = *frame.inView().host;
    return host.name.empty() ? thisHost() : HostFacts{host.name, host.kernel};
}

HostFacts thisHost() {
    utsname names{};
    return uname(&names) == 0 ? HostFacts{names.nodename, names.release} : HostFacts{};
}

std::string connectionJson(const Row& row, const Frame& frame) {
    JsonWriter json;
    json.object([&] { connection(json, row, frame); });
    return std::string(json.text());
}

std::string frameHeadJson(const Frame& frame, const HostFacts& host) {
    JsonWriter json;
    json.object([&] { head(json, frame, host); });
    return std::string(json.text());
}

bool writeFrameJson(const Frame& frame, const HostFacts& host, const Output& output) {
    return output(opened(frameHeadJson(frame, host)) + "\"connections\":[") &&
           writeConnections(
               frame, "\n", [](JsonWriter&, const Row&) {}, output) &&
           output("\n]" + groupsMember(frame, "\n") + ",\"held\":" + deadSocketsJson(frame.dead) + "}\n");
}

bool writeSampleJson(const Frame& frame, const HostFacts& host, const Output& output) {
    static constexpr std::array<std::string_view, 4> kChanges{"none", "new", "changed", "closed"};
    const auto change = [](JsonWriter& json, const Row& row) {
        json.putWord("change", kChanges[static_cast<std::size_t>(row.change)]);
    };
    return output(fmt::format("{}\"sequence\":{},\"connections\":[", opened(frameHeadJson(frame, host)),
                              frame.sequence)) &&
           writeConnections(frame, "", change, output) &&
           output("]" + groupsMember(frame, "") + ",\"held\":" + deadSocketsJson(frame.dead) + "}\n");
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
    JsonWriter json;
    json.object([&] {
        json.object("error", [&] {
            json.putWord("code", toString(error.code));
            json.put("message", inEnglish(error));
        });
    });
    return std::string(json.text());
}

} // namespace halfopen
