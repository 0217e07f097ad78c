// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/diag/recording_trailer.h"

#include "core/kernel/diag/facts_json.h"

#include <nlohmann/json.hpp>

#include <linux/netlink.h>

#include <algorithm>
#include <cstring>
#include <string_view>

namespace halfopen {

using namespace facts_json;

namespace {

constexpr std::string_view kTrailerMark = "halfopen recording 1\n";

nlohmann::json toJson(const RecordingTrailer& trailer) {
    nlohmann::json json{
        {"host", trailer.host},
        {"kernel", trailer.kernel},
        {"taken_ns", trailer.taken.time_since_epoch().count()},
        {"hz", trailer.clock.hz},
        {"sysctl", sysctlsJson(trailer.sysctls)},
    };
    if (trailer.clock.offset)
        json["jiffies_offset"] = *trailer.clock.offset;
    if (trailer.netnsCookie != 0 || !trailer.netnsName.empty())
        json["netns"] = {{"cookie", trailer.netnsCookie}, {"name", trailer.netnsName}};
    if (auto units = unitsJson(trailer.units); !units.empty())
        json["units"] = std::move(units);
    return json;
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
    trailer.host = textOf(json, "host");
    trailer.kernel = textOf(json, "kernel");
    trailer.taken = MonotonicTime(std::chrono::nanoseconds(number<std::int64_t>(json, "taken_ns", 0)));
    trailer.clock.hz = std::clamp(number(json, "hz", 250), 1, 100'000);
    if (json.contains("jiffies_offset"))
        trailer.clock.offset = number<std::int64_t>(json, "jiffies_offset", 0);
    if (json.contains("sysctl"))
        trailer.sysctls = sysctlsFrom(json["sysctl"]);
    const auto& netns = member(json, "netns");
    trailer.netnsCookie = number<std::uint64_t>(netns, "cookie", 0);
    trailer.netnsName = textOf(netns, "name");
    trailer.units = unitsFrom(member(json, "units"));
    return trailer;
}

std::unordered_map<std::uint32_t, ProcessUnit> unitsIn(const Frame& frame, std::span<const std::uint32_t> rows) {
    std::unordered_map<std::uint32_t, ProcessUnit> units;
    if (!frame.units)
        return units;
    for (const std::uint32_t index : rows) {
        const auto made = frame.units->find(frame.rows[index].connection.cgroup);
        if (made != frame.units->end() && made->second)
            units.try_emplace(made->first, *made->second);
    }
    return units;
}

RecordingTrailer trailerOf(const Frame& frame, std::uint16_t netnsIndex, std::span<const std::uint32_t> rows) {
    const NetnsContext& netns = *frame.namespaces[netnsIndex];
    return {.host = {},
            .kernel = {},
            .taken = frame.present(MonotonicClock::now()),
            .clock = netns.host->clock,
            .sysctls = netns.sysctls,
            .netnsCookie = netns.cookie,
            .netnsName = netns.name,
            .units = unitsIn(frame, rows)};
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
