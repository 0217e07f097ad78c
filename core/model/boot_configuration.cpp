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

Sentence describe(const SysctlAssignment& assignment) {
    const std::string place =
        assignment.line == 0 ? assignment.file : fmt::format("{}:{}", assignment.file, assignment.line);
    if (assignment.by != AppliedBy::Boot)
        return Sentence::tr("{0} (applied by {1})", place, toString(assignment.by));
    return Sentence::tr("{0}", place);
}

Sentence describe(const SettingOrigin& origin) {
    switch (origin.kind) {
    case SettingOrigin::Kind::KernelDefault:
        return Sentence::tr("kernel default");
    case SettingOrigin::Kind::File:
        return describe(*origin.assignment);
    case SettingOrigin::Kind::ByHand:
        if (!origin.assignment)
            return Sentence::tr("set since boot");
        return Sentence::tr("set since boot ({0} sets {1} at boot)", describe(*origin.assignment),
                            origin.assignment->text);
    case SettingOrigin::Kind::Unknown:
        break;
    }
    return Sentence::tr("not known: a configuration file could not be read");
}

} // namespace halfopen
