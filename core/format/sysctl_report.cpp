// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/sysctl_report.h"

#include "core/format/duration.h"
#include "core/format/json.h"
#include "core/text/json_writer.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace halfopen {
namespace {

using Json = nlohmann::ordered_json;

std::string line(const Json& json) {
    return withoutTricks(json.dump(-1, ' ', false, Json::error_handler_t::replace)) + "\n";
}

std::string seconds(std::int64_t count) {
    return longDuration(saturate(std::chrono::seconds(count)));
}

std::string valueText(const SysctlReport::Line& line) {
    if (!line.value)
        return "unknown";
    const std::string_view unit = toString(settingInfo(line.id).unit);
    return unit.empty() ? fmt::format("{}", *line.value) : fmt::format("{} {}", *line.value, unit);
}

std::string_view word(SettingOrigin::Kind kind) {
    switch (kind) {
    case SettingOrigin::Kind::KernelDefault:
        return "kernel-default";
    case SettingOrigin::Kind::File:
        return "file";
    case SettingOrigin::Kind::ByHand:
        return "since-boot";
    case SettingOrigin::Kind::Unknown:
        break;
    }
    return "unknown";
}

Json assignmentJson(const SysctlAssignment& assignment) {
    Json json{{"file", assignment.file}, {"line", nullptr}, {"text", assignment.text}, {"applied_by", nullptr}};
    if (assignment.line != 0)
        json["line"] = assignment.line;
    if (assignment.by != AppliedBy::Boot)
        json["applied_by"] = toString(assignment.by);
    return json;
}

Json originJson(const SettingOrigin& origin) {
    Json json{{"kind", word(origin.kind)}, {"configured", nullptr}};
    if (origin.assignment)
        json["configured"] = assignmentJson(*origin.assignment);
    return json;
}

bool isUnusual(const SysctlReport::Line& entry) {
    return entry.value && halfopen::isUnusual(entry.id, *entry.value);
}

Json settingJson(const SysctlReport::Line& entry) {
    const SettingInfo& info = settingInfo(entry.id);
    Json json{{"name", info.name},
              {"value", nullptr},
              {"unit", toString(info.unit)},
              {"default", info.kernelDefault},
              {"unusual", isUnusual(entry)},
              {"writable", info.writable},
              {"lowest", info.sane.lowest},
              {"highest", info.sane.highest},
              {"origin", originJson(entry.origin)}};
    if (entry.value)
        json["value"] = *entry.value;
    else
        json["unread"] = inEnglish(entry.whyUnread);
    return json;
}

Json followersJson(const std::optional<Followers>& followers) {
    if (!followers)
        return nullptr;
    Json json{{"follow", followers->follow()},
              {"own_values", followers->ownValues},
              {"keepalive_off", followers->off},
              {"not_known", followers->unknown},
              {"first_ms", nullptr},
              {"last_ms", nullptr}};
    if (!followers->atTimer.empty()) {
        json["first_ms"] = followers->atTimer.front().count();
        json["last_ms"] = followers->atTimer.back().count();
    }
    return json;
}

Json dropInJson(const SysctlReport& report) {
    Json overridden = Json::array();
    for (const SysctlAssignment& one : report.overrides) {
        Json json = assignmentJson(one);
        json["name"] = settingInfo(one.setting).name;
        overridden.push_back(std::move(json));
    }
    return {{"path", kDropInPath}, {"present", report.dropIn}, {"overridden_by", std::move(overridden)}};
}

Json head(const SysctlReport& report) {
    return {{"schema", kJsonSchema}, {"netns", report.netns}};
}

/// "6 keep their own values, 96 have keepalive off and will not follow, of 3 a busy timer hides it"; empty if all
/// follow.
std::string othersText(const Followers& followers) {
    std::string text;
    const auto add = [&text](std::size_t count, std::string_view what) {
        if (count > 0)
            text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, what);
    };
    add(followers.ownValues, "keep the values of their own program");
    add(followers.off, "have keepalive off and will never follow");
    add(followers.unknown, "hide it behind another timer");
    return text;
}

std::string whenText(const std::vector<Millis>& timers) {
    if (timers.size() == 1)
        return fmt::format("in {}", longDuration(timers.front()));
    return fmt::format("the first in {}, the last in {}", longDuration(timers.front()), longDuration(timers.back()));
}

} // namespace

std::string sysctlText(const SysctlReport& report) {
    std::string text = fmt::format("{:<24} {:>10}  {}\n", "SETTING", "VALUE", "SOURCE");
    for (const SysctlReport::Line& entry : report.lines)
        text += fmt::format("{:<24} {:>10}  {}\n", settingInfo(entry.id).name, valueText(entry),
                            entry.value ? describe(entry.origin) : inEnglish(entry.whyUnread));
    for (const SysctlReport::Line& entry : report.lines)
        if (const SettingInfo& info = settingInfo(entry.id); isUnusual(entry))
            text += fmt::format("{} = {} is unusual (usual is {}..{}). {}\n", info.name, *entry.value, info.sane.lowest,
                                info.sane.highest, info.breaks.english());
    return text;
}

std::string sysctlJson(const SysctlReport& report) {
    Json json = head(report);
    Json settings = Json::array();
    for (const SysctlReport::Line& entry : report.lines)
        settings.push_back(settingJson(entry));
    json["settings"] = std::move(settings);
    json["drop_in"] = dropInJson(report);
    json["followers"] = followersJson(report.followers);
    return line(json);
}

std::string changeJson(const SysctlReport& report, const KeepaliveDefaults& inEffect, bool persist) {
    Json json = head(report);
    json["in_effect"] = {{"tcp_keepalive_time", inEffect.time},
                         {"tcp_keepalive_intvl", inEffect.interval},
                         {"tcp_keepalive_probes", inEffect.probes}};
    json["kept"] = persist;
    json["drop_in"] = dropInJson(report);
    json["followers"] = followersJson(report.followers);
    return line(json);
}

std::string sentenceFor(const KeepaliveDefaults& values) {
    const std::int64_t noticed = values.time + std::int64_t(values.interval) * values.probes;
    return fmt::format("First probe after {}, then every {}, {} in all; a dead peer is noticed after {}.",
                       seconds(values.time), seconds(values.interval), values.probes, seconds(noticed));
}

std::string followersText(const Followers& followers) {
    if (followers.concerned() == 0)
        return "There is no connection that could follow these values.";
    const std::string others = othersText(followers);
    return fmt::format("Of {} connections {} follow these values{}{}.", followers.concerned(), followers.follow(),
                       others.empty() ? "" : "; ", others);
}

std::string followersAfterChangeText(const Followers& followers) {
    if (followers.concerned() == 0)
        return "There is no connection that could follow.";
    std::string text =
        "No open connection follows at once: the kernel looks at these values when a keepalive timer fires.";
    if (!followers.atTimer.empty())
        text += fmt::format(" {} follow when their timer fires ({}).", followers.atTimer.size(),
                            whenText(followers.atTimer));
    if (followers.atHiddenTimer > 0)
        text += fmt::format(" {} follow later; another timer hides when.", followers.atHiddenTimer);
    if (const std::string others = othersText(followers); !others.empty())
        text += " Of the others " + others + ".";
    return text;
}

std::vector<std::string> overrideWarnings(const std::vector<SysctlAssignment>& overrides) {
    std::vector<std::string> warnings;
    for (const SysctlAssignment& one : overrides)
        warnings.push_back(fmt::format("{} sets {} to {} at boot, after {}, and wins.", describe(one),
                                       settingInfo(one.setting).name, one.text, kDropInPath));
    return warnings;
}

} // namespace halfopen
