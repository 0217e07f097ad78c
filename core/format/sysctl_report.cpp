// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/sysctl_report.h"

#include "core/format/countdown.h"
#include "core/format/duration.h"
#include "core/format/json.h"
#include "core/format/text_table.h"
#include "core/text/json_writer.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace halfopen {
namespace {

using Json = nlohmann::ordered_json;

std::string line(const Json& json) {
    return withoutTricks(json.dump(-1, ' ', false, Json::error_handler_t::replace)) + "\n";
}

Sentence seconds(std::int64_t count) {
    return durationSentence(saturate(std::chrono::seconds(count)));
}

std::string valueText(const SysctlReport::Line& line, const Language& language) {
    if (!line.value)
        return std::string(language.word(Sentence::mark("unknown")));
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
Sentence othersText(const Followers& followers) {
    std::vector<Sentence> parts;
    if (followers.ownValues > 0)
        parts.push_back(Sentence::tr("{0} keep the values of their own program", followers.ownValues));
    if (followers.off > 0)
        parts.push_back(Sentence::tr("{0} have keepalive off and will never follow", followers.off));
    if (followers.unknown > 0)
        parts.push_back(Sentence::tr("{0} hide it behind another timer", followers.unknown));
    return listOf(parts);
}

Sentence whenText(const Followers& followers) {
    if (followers.atTimer.size() == 1)
        return momentClause(followers.first);
    return Sentence::tr("the first {0}, the last {1}", momentClause(followers.first), momentClause(followers.last));
}

Sentence sourceOf(const SysctlReport& report, const SysctlReport::Line& entry) {
    if (!entry.value)
        return entry.whyUnread;
    return report.host.empty() ? describe(entry.origin) : Sentence::tr("not told by {0}", report.host);
}

std::string tableLine(const std::string& name, const std::string& value, const std::string& source) {
    return fmt::format("{} {}  {}\n", padded(name, 24), padded(value, 10, true), source);
}

} // namespace

std::string sysctlText(const SysctlReport& report, const Language& language) {
    const auto word = [&](std::string_view marked) { return std::string(language.word(marked)); };
    std::string text =
        tableLine(word(Sentence::mark("SETTING")), word(Sentence::mark("VALUE")), word(Sentence::mark("SOURCE")));
    for (const SysctlReport::Line& entry : report.lines)
        text += tableLine(std::string(settingInfo(entry.id).name), valueText(entry, language),
                          language(sourceOf(report, entry)));
    for (const SysctlReport::Line& entry : report.lines)
        if (const SettingInfo& info = settingInfo(entry.id); isUnusual(entry))
            text += language(Sentence::tr("{0} = {1} is unusual (usual is {2}..{3}). {4}", info.name, *entry.value,
                                          info.sane.lowest, info.sane.highest, Sentence::tr(info.breaks))) +
                    '\n';
    return text;
}

std::string sysctlJson(const SysctlReport& report, std::string_view frameHead) {
    Json json = frameHead.empty() ? head(report) : Json::parse(frameHead);
    Json settings = Json::array();
    for (const SysctlReport::Line& entry : report.lines)
        settings.push_back(settingJson(entry));
    json["settings"] = std::move(settings);
    json["drop_in"] = report.host.empty() ? dropInJson(report) : Json();
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

Sentence sentenceFor(const KeepaliveDefaults& values) {
    const std::int64_t noticed = values.time + std::int64_t(values.interval) * values.probes;
    return Sentence::tr("First probe after {0}, then every {1}, {2} in all; a dead peer is noticed after {3}.",
                        seconds(values.time), seconds(values.interval), values.probes, seconds(noticed));
}

Sentence followersText(const Followers& followers) {
    if (followers.concerned() == 0)
        return Sentence::tr("There is no connection that could follow these values.");
    const Sentence others = othersText(followers);
    return others.empty()
               ? Sentence::tr("Of {0} connections {1} follow these values.", followers.concerned(), followers.follow())
               : Sentence::tr("Of {0} connections {1} follow these values; {2}.", followers.concerned(),
                              followers.follow(), others);
}

Sentence followersAfterChangeText(const Followers& followers) {
    if (followers.concerned() == 0)
        return Sentence::tr("There is no connection that could follow.");
    Sentence text = Sentence::tr(
        "No open connection follows at once: the kernel looks at these values when a keepalive timer fires.");
    if (!followers.atTimer.empty())
        text = text +
               Sentence::tr("{0} follow when their timer fires ({1}).", followers.atTimer.size(), whenText(followers));
    if (followers.atHiddenTimer > 0)
        text = text + Sentence::tr("{0} follow later; another timer hides when.", followers.atHiddenTimer);
    if (const Sentence others = othersText(followers); !others.empty())
        text = text + Sentence::tr("Of the others {0}.", others);
    return text;
}

std::vector<Sentence> overrideWarnings(const std::vector<SysctlAssignment>& overrides) {
    std::vector<Sentence> warnings;
    for (const SysctlAssignment& one : overrides)
        warnings.push_back(Sentence::tr("{0} sets {1} to {2} at boot, after {3}, and wins.", describe(one),
                                        settingInfo(one.setting).name, one.text, std::string_view(kDropInPath)));
    return warnings;
}

} // namespace halfopen
