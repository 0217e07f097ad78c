// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/boot_configuration.h"

#include <fmt/format.h>

#include <filesystem>

namespace halfopen {
namespace {

namespace fs = std::filesystem;

bool readsFile(BootReader reader, const SysctlAssignment& assignment) {
    return reader == BootReader::Procps || !assignment.onlyProcps;
}

/// What tuned applies again after its own profile.
bool isOfEtcOrRun(const SysctlAssignment& assignment) {
    return assignment.by == AppliedBy::Boot && assignment.line != 0 &&
           (assignment.file.starts_with("/etc/") || assignment.file.starts_with("/run/"));
}

/// Of two for the same setting, in the order of BootConfiguration::assignments: whether the later one counts.
bool winsOver(const SysctlAssignment& later, const SysctlAssignment& before) {
    if (later.by != before.by)
        return !(later.yields && isOfEtcOrRun(before));
    return before.pattern || !later.pattern;
}

bool comesAfterDropIn(const SysctlAssignment& assignment) {
    if (assignment.by != AppliedBy::Boot)
        return !assignment.yields;
    if (assignment.pattern || assignment.line == 0)
        return false; // the drop-in names its settings, and the kernel's command line comes first
    return assignment.onlyProcps || fs::path(assignment.file).filename().string() > kDropInName;
}

} // namespace

std::optional<SysctlAssignment> BootConfiguration::winner(Setting setting, BootReader reader) const {
    const SysctlAssignment* best = nullptr;
    for (const SysctlAssignment& one : assignments)
        if (one.setting == setting && readsFile(reader, one) && (best == nullptr || winsOver(one, *best)))
            best = &one;
    return best == nullptr ? std::nullopt : std::optional(*best);
}

std::vector<SysctlAssignment> overridesOfDropIn(const BootConfiguration& configuration) {
    std::vector<SysctlAssignment> found;
    for (const SettingInfo& info : allSettings()) {
        if (!info.writable)
            continue;
        for (const BootReader reader : {BootReader::Systemd, BootReader::Procps}) {
            const auto winner = configuration.winner(info.id, reader);
            if (winner && comesAfterDropIn(*winner) && (found.empty() || found.back() != *winner))
                found.push_back(*winner);
        }
    }
    return found;
}

SettingOrigin originOf(Setting setting, std::int32_t inEffect, const BootConfiguration& configuration) {
    const auto bySystemd = configuration.winner(setting, BootReader::Systemd);
    const auto byProcps = configuration.winner(setting, BootReader::Procps);
    for (const auto& winner : {bySystemd, byProcps})
        if (winner && winner->value == inEffect)
            return {SettingOrigin::Kind::File, winner};
    if (!configuration.unreadable.empty())
        return {SettingOrigin::Kind::Unknown, byProcps};
    if (!byProcps && inEffect == settingInfo(setting).kernelDefault)
        return {SettingOrigin::Kind::KernelDefault, std::nullopt};
    return {SettingOrigin::Kind::ByHand, byProcps};
}

std::string_view toString(AppliedBy by) {
    return by == AppliedBy::Ufw ? "ufw" : by == AppliedBy::Tuned ? "tuned" : "";
}

std::string describe(const SysctlAssignment& assignment) {
    if (assignment.by != AppliedBy::Boot)
        return fmt::format("{}:{} (applied by {})", assignment.file, assignment.line, toString(assignment.by));
    return assignment.line == 0 ? assignment.file : fmt::format("{}:{}", assignment.file, assignment.line);
}

std::string describe(const SettingOrigin& origin) {
    switch (origin.kind) {
    case SettingOrigin::Kind::KernelDefault:
        return "kernel default";
    case SettingOrigin::Kind::File:
        return describe(*origin.assignment);
    case SettingOrigin::Kind::ByHand:
        if (!origin.assignment)
            return "set since boot";
        return fmt::format("set since boot ({} sets {} at boot)", describe(*origin.assignment),
                           origin.assignment->text);
    case SettingOrigin::Kind::Unknown:
        break;
    }
    return "not known: a configuration file could not be read";
}

} // namespace halfopen
