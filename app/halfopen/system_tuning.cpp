// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopen/system_tuning.h"

#include "app/bus/bus_operations.h"
#include "app/halfopen/other_netns.h"
#include "core/actions/direct_operations.h"
#include "core/kernel/netns/netns_id.h"
#include "core/kernel/sysctl/boot_reader.h"
#include "core/kernel/sysctl/sysctl_writer.h"
#include "core/model/keepalive_defaults.h"

#include <utility>

namespace halfopen {

namespace {

/// Nobody knows of the trial any more, but its values are in effect: the helper that held it was killed.
bool stillOnTrial(const KeepaliveTrial& trial, const Outcome<KeepaliveDefaults>& outcome) {
    return !outcome && outcome.error().kind == PrivilegeErrorKind::TrialOver && readKeepaliveDefaults() == trial.values;
}

PrivilegeError helperGone() {
    return {PrivilegeErrorKind::HelperGone,
            Sentence::tr("The helper ended before it answered; look at the values before you try again."),
            {}};
}

} // namespace

SystemTuning::SystemTuning(bool laboratory, std::shared_ptr<BusOperations> helper, QObject* parent)
    : QObject(parent)
    , m_laboratory(laboratory)
    , m_helper(std::move(helper)) {
    m_worker.moveToThread(&m_thread);
    m_thread.start();
}

SystemTuning::~SystemTuning() {
    m_thread.quit();
    m_thread.wait();
    if (m_trial)
        static_cast<void>(halfopen::takeBack(*m_trial));
}

template <class Work, class Answer>
void SystemTuning::inBackground(Work work, Answer done) {
    QMetaObject::invokeMethod(&m_worker, [this, work = std::move(work), done = std::move(done)] {
        QMetaObject::invokeMethod(this, [done, result = work()] { done(result); });
    });
}

RequestToken SystemTuning::apply(const KeepaliveChange& change, Done<KeepaliveDefaults> done) {
    if (m_helper && m_helper->hasOpened(change.netns))
        return m_helper->setKeepaliveDefaults(change, std::move(done));
    if (change.netns != ownNetns()) {
        inBackground([change] { return applyInOtherNetns(change); }, std::move(done));
        return 0;
    }
    if (m_helper)
        return m_helper->setKeepaliveDefaults(change, std::move(done));
    inBackground(
        [this, change] {
            m_trial.reset();
            return DirectOperations().apply(change);
        },
        std::move(done));
    return 0;
}

RequestToken SystemTuning::forget(std::uint64_t netns, Done<void> done) {
    if (m_helper)
        return m_helper->forgetKeepaliveDefaults(netns, std::move(done));
    inBackground([netns] { return DirectOperations().forget(netns).map([](bool) {}); }, std::move(done));
    return 0;
}

RequestToken SystemTuning::tryOut(const KeepaliveChange& change, std::chrono::seconds length,
                                  Done<KeepaliveTrial> done) {
    if (change.netns != ownNetns()) {
        done(refusal(PrivilegeErrorKind::WrongNamespace,
                     Sentence::tr("Values are tried out in this program's own network namespace only.")));
        return 0;
    }
    if (m_helper)
        return m_helper->tryKeepaliveDefaults(change, length, std::move(done));
    inBackground(
        [this, change]() -> Outcome<KeepaliveTrial> {
            const DirectOperations operations;
            const auto before = operations.inEffect();
            const auto applied = before ? operations.apply(change) : before;
            if (!applied)
                return tl::unexpected(applied.error());
            m_trial = {1, *applied, *before};
            return *m_trial;
        },
        std::move(done));
    return 0;
}

void SystemTuning::keep(const KeepaliveTrial& trial, Done<KeepaliveDefaults> done) {
    if (m_helper) {
        m_helper->keepTrial(trial.id, std::move(done));
        return;
    }
    inBackground(
        [this] {
            m_trial.reset();
            return DirectOperations().inEffect();
        },
        std::move(done));
}

void SystemTuning::takeBack(const KeepaliveTrial& trial, Done<KeepaliveDefaults> done) {
    if (m_helper) {
        m_helper->takeBackTrial(trial.id, [trial, done = std::move(done)](Outcome<KeepaliveDefaults> outcome) {
            done(stillOnTrial(trial, outcome) ? tl::unexpected(helperGone()) : std::move(outcome));
        });
        return;
    }
    inBackground(
        [this, trial] {
            m_trial.reset();
            return halfopen::takeBack(trial).and_then([](TrialEnd end) -> Outcome<KeepaliveDefaults> {
                if (end == TrialEnd::TakenBack)
                    return DirectOperations().inEffect();
                return tl::unexpected(trialOver(end));
            });
        },
        std::move(done));
}

void SystemTuning::cancel(RequestToken request) {
    if (m_helper)
        m_helper->cancel(request);
}

void SystemTuning::look(std::function<void(TuningPlace)> done) {
    inBackground(
        [laboratory = m_laboratory] {
            return laboratory ? TuningPlace{{}, true} : TuningPlace{readBootConfigurationHere(), false};
        },
        std::move(done));
}

} // namespace halfopen
