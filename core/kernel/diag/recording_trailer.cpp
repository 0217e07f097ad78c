// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/diag/recording_trailer.h"

#include <nlohmann/json.hpp>

#include <linux/netlink.h>

#include <algorithm>
#include <cstring>
#include <string_view>

namespace halfopen {

namespace {

constexpr std::string_view kTrailerMark = "halfopen recording 1\n";

nlohmann::json toJson(const RecordingTrailer& trailer) {
    const TcpSysctls& s = trailer.sysctls;
    nlohmann::json json{
        {"host", trailer.host},
        {"kernel", trailer.kernel},
        {"taken_ns", trailer.taken.time_since_epoch().count()},
        {"hz", trailer.clock.hz},
        {"sysctl",
         {{"tcp_keepalive_time", s.keepaliveTime},
          {"tcp_keepalive_intvl", s.keepaliveInterval},
          {"tcp_keepalive_probes", s.keepaliveProbes},
          {"tcp_retries2", s.retries2},
          {"tcp_orphan_retries", s.orphanRetries},
          {"tcp_syn_retries", s.synRetries},
          {"tcp_synack_retries", s.synAckRetries},
          {"tcp_fin_timeout", s.finTimeout},
          {"tcp_early_retrans", s.earlyRetrans},
          {"tcp_thin_linear_timeouts", s.thinLinearTimeouts}}},
    };
    if (trailer.clock.offset)
        json["jiffies_offset"] = *trailer.clock.offset;
    if (s.hasSynLinearTimeouts)
        json["sysctl"]["tcp_syn_linear_timeouts"] = s.synLinearTimeouts;
    if (s.hasRtoMax)
        json["sysctl"]["tcp_rto_max_ms"] = s.rtoMaxMs;
    return json;
}

template <class T>
T number(const nlohmann::json& json, const char* key, T otherwise) {
    const auto it = json.find(key);
    return it != json.end() && it->is_number_integer() ? it->get<T>() : otherwise;
}

TcpSysctls sysctlsFrom(const nlohmann::json& json) {
    TcpSysctls s;
    s.keepaliveTime = number(json, "tcp_keepalive_time", s.keepaliveTime);
    s.keepaliveInterval = number(json, "tcp_keepalive_intvl", s.keepaliveInterval);
    s.keepaliveProbes = number(json, "tcp_keepalive_probes", s.keepaliveProbes);
    s.retries2 = number(json, "tcp_retries2", s.retries2);
    s.orphanRetries = number(json, "tcp_orphan_retries", s.orphanRetries);
    s.synRetries = number(json, "tcp_syn_retries", s.synRetries);
    s.synAckRetries = number(json, "tcp_synack_retries", s.synAckRetries);
    s.finTimeout = number(json, "tcp_fin_timeout", s.finTimeout);
    s.earlyRetrans = number(json, "tcp_early_retrans", s.earlyRetrans);
    s.thinLinearTimeouts = number(json, "tcp_thin_linear_timeouts", s.thinLinearTimeouts);
    s.hasSynLinearTimeouts = json.contains("tcp_syn_linear_timeouts");
    s.synLinearTimeouts = number(json, "tcp_syn_linear_timeouts", s.synLinearTimeouts);
    s.hasRtoMax = json.contains("tcp_rto_max_ms");
    s.rtoMaxMs = number(json, "tcp_rto_max_ms", s.rtoMaxMs);
    return s;
}

} // namespace

std::optional<RecordingTrailer> decodeTrailer(ByteView payload) {
    std::string_view text(reinterpret_cast<const char*>(payload.data()), payload.size());
    if (!text.starts_with(kTrailerMark))
        return std::nullopt;
    text.remove_prefix(kTrailerMark.size());
    const auto json = nlohmann::json::parse(text.substr(0, text.find('\0')), nullptr, false);
    if (!json.is_object())
        return std::nullopt;
    RecordingTrailer trailer;
    trailer.host = json.contains("host") && json["host"].is_string() ? json["host"].get<std::string>() : "";
    trailer.kernel = json.contains("kernel") && json["kernel"].is_string() ? json["kernel"].get<std::string>() : "";
    trailer.taken = MonotonicTime(std::chrono::nanoseconds(number<std::int64_t>(json, "taken_ns", 0)));
    trailer.clock.hz = std::clamp(number(json, "hz", 250), 1, 100'000);
    if (json.contains("jiffies_offset"))
        trailer.clock.offset = number<std::int64_t>(json, "jiffies_offset", 0);
    if (json.contains("sysctl"))
        trailer.sysctls = sysctlsFrom(json["sysctl"]);
    return trailer;
}

std::vector<std::byte> encodeTrailer(const RecordingTrailer& trailer) {
    const std::string text =
        std::string(kTrailerMark) + toJson(trailer).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    nlmsghdr head{};
    head.nlmsg_len = static_cast<std::uint32_t>(sizeof head + text.size());
    head.nlmsg_type = NLMSG_NOOP;
    std::vector<std::byte> message(NLMSG_ALIGN(head.nlmsg_len));
    std::memcpy(message.data(), &head, sizeof head);
    std::memcpy(message.data() + sizeof head, text.data(), text.size());
    return message;
}

} // namespace halfopen
