// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/netns_report.h"

#include "core/format/text_table.h"
#include "core/model/settings.h"
#include "core/query/drift.h"
#include "core/text/foreign_text.h"

#include <fmt/format.h>

#include <vector>

namespace halfopen {

namespace {

constexpr std::size_t kMostOfNetnsName = 40;

std::string valueOf(const TcpSysctls& sysctls, const SettingInfo& info) {
    if (isUnread(sysctls, info.id))
        return "?";
    return fmt::format("{}{}{}", sysctls.*info.field, toString(info.unit).empty() ? "" : " ", toString(info.unit));
}

/// "tcp_retries2 8, tcp_fin_timeout 30 s": without those of keepalive, which have columns.
std::string otherwise(const TcpSysctls& its, const TcpSysctls& first, const Language& language) {
    std::string text;
    for (const SettingInfo& info : allSettings())
        if (!info.writable && !isUnread(its, info.id) && its.*info.field != first.*info.field)
            text += fmt::format("{}{} {}", text.empty() ? "" : language.word(Sentence::mark(", ")), info.name,
                                valueOf(its, info));
    return text;
}

std::string nameOf(const NetnsContext& netns) {
    if (netns.name.empty())
        return std::to_string(netns.netns);
    const std::string name = harmless(netns.name);
    return name.substr(0, fitting(name, kMostOfNetnsName));
}

using Line = std::vector<std::string>;

Line lineOf(const Frame& frame, std::uint16_t index, const Language& language) {
    const NetnsContext& netns = *frame.namespaces[index];
    const NetnsSample sample = frame.sampleOf(index);
    Line line{nameOf(netns), netns.cookie != 0 ? std::to_string(netns.cookie) : "-",
              std::string(language.word(toString(netns.tier))), std::to_string(sample.end - sample.begin)};
    for (const Setting id : {Setting::KeepaliveTime, Setting::KeepaliveInterval, Setting::KeepaliveProbes})
        line.push_back(valueOf(netns.sysctls, settingInfo(id)));
    line.push_back(otherwise(netns.sysctls, frame.namespaces[hostIndex(frame)]->sysctls, language));
    return line;
}

} // namespace

std::string settingsByNetnsText(const Frame& frame, const Language& language) {
    std::vector<Line> lines(1);
    for (const std::string_view title :
         {Sentence::mark("NAMESPACE"), Sentence::mark("COOKIE"), Sentence::mark("TIER"), Sentence::mark("SOCKETS"),
          Sentence::mark("TIME"), Sentence::mark("INTERVAL"), Sentence::mark("PROBES"), Sentence::mark("OTHERWISE")})
        lines.front().emplace_back(language.word(title));
    for (std::size_t index = 0; index < frame.namespaces.size(); ++index)
        lines.push_back(lineOf(frame, static_cast<std::uint16_t>(index), language));
    return alignedText(lines, 1U << 0 | 1U << 2 | 1U << 7);
}

} // namespace halfopen
