// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/actions/keepalive_trial.h"

#include "core/kernel/sysctl/sysctl_writer.h"

namespace halfopen {

Outcome<TrialEnd> takeBack(const KeepaliveTrial& trial, const std::string& root) {
    const auto restored = restoreKeepaliveDefaults(trial.before, trial.values, root);
    if (!restored)
        return tl::unexpected(toPrivilegeError(restored.error()));
    return *restored ? TrialEnd::TakenBack : TrialEnd::Overtaken;
}

PrivilegeError otherTrial() {
    return {
        PrivilegeErrorKind::Busy, Sentence::tr("Other values are on trial just now; try again when that is over."), {}};
}

PrivilegeError trialOver(std::optional<TrialEnd> end) {
    constexpr auto kind = PrivilegeErrorKind::TrialOver;
    if (end == TrialEnd::TakenBack)
        return {kind, Sentence::tr("The trial is over: the values before are in effect again."), {}};
    if (end == TrialEnd::Overtaken)
        return {kind, Sentence::tr("Other values were set in the meantime; they were left as they are."), {}};
    return {kind, Sentence::tr("There is no such trial (any more); look at the values in effect."), {}};
}

} // namespace halfopen
