// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/trial_holder.h"

#include "core/kernel/sysctl/sysctl_writer.h"
#include "core/model/keepalive_defaults.h"

#include <sys/random.h>

#include <algorithm>
#include <utility>

namespace halfopen {
namespace {

/// 0 where the kernel gives none: then nobody can keep the trial, and its values go back in time.
std::uint64_t unguessable() {
    std::uint64_t number = 0;
    return ::getrandom(&number, sizeof number, 0) == sizeof number ? std::max<std::uint64_t>(number, 1) : 0;
}

} // namespace

TrialHolder::TrialHolder(const EventLoop& loop, SystemLog& log, std::function<void()> ended)
    : m_log(log)
    , m_ended(std::move(ended))
    , m_timer(loop, [this] { bringBack("its time is over"); }) {}

TrialHolder::~TrialHolder() {
    end();
}

void TrialHolder::end() {
    bringBack("the helper ends");
}

KeepaliveTrial TrialHolder::begin(KeepaliveTrial trial, const Caller& caller, std::chrono::seconds length) {
    trial.id = unguessable();
    m_trial = trial;
    m_caller = caller;
    m_lastId = trial.id;
    m_lastEnd.reset();
    m_timer.start(length);
    return trial;
}

bool TrialHolder::isOf(std::uint64_t id, std::uint32_t uid) const {
    return id != 0 && id == m_lastId && uid == m_caller.uid;
}

Outcome<KeepaliveDefaults> TrialHolder::keep(std::uint64_t id, std::uint32_t uid) {
    if (!isOf(id, uid))
        return tl::unexpected(trialOver(std::nullopt));
    if (!m_trial)
        return tl::unexpected(trialOver(m_lastEnd));
    m_log.write(SystemLog::Level::Notice, lineForTrialEnd(m_caller, *m_trial, TrialEnd::Kept, "kept"));
    close(TrialEnd::Kept);
    return readKeepaliveDefaults().map_error(toPrivilegeError);
}

Outcome<KeepaliveDefaults> TrialHolder::takeBack(std::uint64_t id, std::uint32_t uid) {
    if (!isOf(id, uid))
        return tl::unexpected(trialOver(std::nullopt));
    if (m_trial)
        if (const auto back = bringBack("asked for"); !back)
            return tl::unexpected(back.error());
    if (m_lastEnd != TrialEnd::TakenBack)
        return tl::unexpected(trialOver(m_lastEnd));
    return readKeepaliveDefaults().map_error(toPrivilegeError);
}

void TrialHolder::callerLeft(const std::string& name) {
    if (m_trial && m_caller.name == name)
        bringBack("its caller left the bus");
}

void TrialHolder::overtake() {
    if (!m_trial)
        return;
    m_log.write(SystemLog::Level::Notice,
                lineForTrialEnd(m_caller, *m_trial, TrialEnd::Overtaken, "other values were set"));
    close(TrialEnd::Overtaken);
}

Outcome<TrialEnd> TrialHolder::bringBack(const char* why) {
    if (!m_trial)
        return TrialEnd::TakenBack;
    const KeepaliveTrial trial = *m_trial;
    const auto back = halfopen::takeBack(trial);
    if (back)
        m_log.write(SystemLog::Level::Notice, lineForTrialEnd(m_caller, trial, *back, why));
    else
        m_log.write(SystemLog::Level::Error, lineForTrialFailure(m_caller, trial, back.error()));
    close(back ? std::optional(*back) : std::nullopt);
    return back;
}

void TrialHolder::close(std::optional<TrialEnd> how) {
    m_trial.reset();
    m_timer.stop();
    m_lastEnd = how;
    m_ended();
}

} // namespace halfopen
