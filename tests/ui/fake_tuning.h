// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/frames/frame_maker.h"
#include "ui/tuning/tuning_backend.h"

#include <optional>
#include <utility>
#include <vector>

namespace halfopen::test {

/// Takes every request down and answers when the test says so.
class FakeTuning final : public TuningBackend {
public:
    RequestToken apply(const KeepaliveChange& change, Done<KeepaliveDefaults> done) override {
        changes.push_back(change);
        m_apply = std::move(done);
        return ++m_last;
    }
    RequestToken forget(std::uint64_t, Done<void> done) override {
        ++forgets;
        m_forget = std::move(done);
        return ++m_last;
    }
    RequestToken tryOut(const KeepaliveChange& change, std::chrono::seconds length,
                        Done<KeepaliveTrial> done) override {
        changes.push_back(change);
        lengths.push_back(length);
        m_apply = [this, done = std::move(done)](const halfopen::Outcome<KeepaliveDefaults>& outcome) {
            done(outcome.map([this](const KeepaliveDefaults& values) {
                return KeepaliveTrial{++trials, values, before};
            }));
        };
        return ++m_last;
    }
    /// Answered at once, as by an owner that has the trial still; with TrialOver once `overtaken` is set.
    void keep(const KeepaliveTrial& trial, Done<KeepaliveDefaults> done) override {
        ends.push_back({trial.id, true});
        if (overtaken)
            return done(tl::unexpected(trialOver(TrialEnd::Overtaken)));
        done(trial.values);
    }
    /// Answered when the test says so.
    void takeBack(const KeepaliveTrial& trial, Done<KeepaliveDefaults> done) override {
        ends.push_back({trial.id, false});
        if (overtaken)
            return done(tl::unexpected(trialOver(TrialEnd::Overtaken)));
        changes.push_back({0, trial.before, false});
        m_apply = std::move(done);
    }
    void cancel(RequestToken request) override {
        if (request == m_last)
            refuse(PrivilegeErrorKind::Dismissed);
    }
    void look(std::function<void(TuningPlace)> done) override { done(place); }

    bool isAsked() const { return static_cast<bool>(m_apply); }
    /// Done: what was asked for is in effect.
    void accept() { std::exchange(m_apply, nullptr)(changes.back().values); }
    void acceptForget() { std::exchange(m_forget, nullptr)({}); }
    void refuse(PrivilegeErrorKind kind, const Sentence& why = Sentence::tr("The reason."),
                const std::string& command = {}) {
        if (m_apply)
            std::exchange(m_apply, nullptr)(tl::unexpected(PrivilegeError{kind, why, command}));
    }

    TuningPlace place;
    std::vector<KeepaliveChange> changes;
    int forgets = 0;
    struct End {
        std::uint64_t trial;
        bool keeps;
    };
    std::vector<End> ends;                     ///< of trials
    std::vector<std::chrono::seconds> lengths; ///< of trials
    KeepaliveDefaults before{7200, 75, 9};     ///< what a trial goes back to
    std::uint64_t trials = 0;
    bool overtaken = false; ///< somebody else has set other values

private:
    Done<KeepaliveDefaults> m_apply;
    Done<void> m_forget;
    RequestToken m_last = 0;
};

/// The frame that the page is shown: with these settings in effect, sampled at the time of the clock.
/// @param begun  when the connections were as they were given; since then their timers have run
inline FramePtr tuningFrame(FrameMaker maker, const KeepaliveDefaults& inEffect,
                            MonotonicTime begun = MonotonicClock::now()) {
    TcpSysctls& sysctls = maker.machine.sysctls;
    sysctls.keepaliveTime = inEffect.time;
    sysctls.keepaliveInterval = inEffect.interval;
    sysctls.keepaliveProbes = inEffect.probes;
    return maker.at(begun).after(MonotonicClock::now() - begun).build();
}

} // namespace halfopen::test
