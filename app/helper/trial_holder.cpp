// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/trial_holder.h"

#include "core/kernel/sysctl/sysctl_writer.h"
#include "core/model/keepalive_defaults.h"

#include <QRandomGenerator>

#include <algorithm>

namespace halfopen {

TrialHolder::TrialHolder(SystemLog& log, QObject* parent)
    : QObject(parent)
    , m_log(log) {
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, [this] { bringBack("its time is over"); });
}

TrialHolder::~TrialHolder() {
    end();
}

void TrialHolder::end() {
    bringBack("the helper ends");
}

KeepaliveTrial TrialHolder::begin(KeepaliveTrial trial, const Caller& caller, std::chrono::seconds length) {
    trial.id = std::max<quint64>(QRandomGenerator::system()->generate64(), 1);
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

void TrialHolder::callerLeft(const QString& name) {
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
    Q_EMIT ended();
}

} // namespace halfopen
