// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/keepalive_defaults.h"
#include "core/model/sentence.h"
#include "core/model/sysctl_report.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen {

/// A table for people: name, value, where it comes from; a line for each value that is unusual and why that matters.
std::string sysctlText(const SysctlReport& report, const Language& language = kEnglish);

/// One JSON object (schema 1) on one line, with a newline.
/// @param frameHead  frameHeadJson() of the frame that has told it, whose members come first; "": it was read here
std::string sysctlJson(const SysctlReport& report, std::string_view frameHead = {});

/// After a change: what is in effect, and whether it is kept.
std::string changeJson(const SysctlReport& report, const KeepaliveDefaults& inEffect, bool persist);

/// "First probe after 10 min, then every 30 s; a dead peer is noticed after 12 min 30 s."
Sentence sentenceFor(const KeepaliveDefaults& values);

/// Who follows these values: how many, how many not and why. One or two sentences.
Sentence followersText(const Followers& followers);
/// After a change: who follows, and when.
Sentence followersAfterChangeText(const Followers& followers);

/// A warning for each line that wins over the drop-in at boot.
std::vector<Sentence> overrideWarnings(const std::vector<SysctlAssignment>& overrides);

} // namespace halfopen
