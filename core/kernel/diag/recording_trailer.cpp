// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/diag/recording_trailer.h"

#include "core/model/settings.h"

#include <nlohmann/json.hpp>

#include <linux/netlink.h>

#include <algorithm>
#include <cstring>
#include <string_view>

namespace halfopen {

namespace {

constexpr std::string_view kTrailerMark = "halfopen recording 1\n";

nlohmann::json toJson(const TcpSysctls& sysctls) {
    nlohmann::json json = nlohmann::json::object();
    for (const SettingInfo& info : allSettings())
        if (isThere(sysctls, info.id))
            json[std::string(info.name)] = sysctls.*info.field;
    return json;
}

nlohmann::json toJson(const RecordingTrailer& trailer) {
    nlohmann::json json{
        {"host", trailer.host},
        {"kernel", trailer.kernel},
        {"taken_ns", trailer.taken.time_since_epoch().count()},
        {"hz", trailer.clock.hz},
        {"sysctl", toJson(trailer.sysctls)},
    };
    if (trailer.clock.offset)
        json["jiffies_offset"] = *trailer.clock.offset;
    return json;
}

template <class T>
T number(const nlohmann::json& json, std::string_view key, T otherwise) {
    const auto it = json.find(key);
    return it != json.end() && it->is_number_integer() ? it->get<T>() : otherwise;
}

TcpSysctls sysctlsFrom(const nlohmann::json& json) {
    TcpSysctls sysctls;
    for (const SettingInfo& info : allSettings()) {
        sysctls.*info.field = number(json, info.name, sysctls.*info.field);
        setThere(sysctls, info.id, json.contains(info.name));
    }
    return sysctls;
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
