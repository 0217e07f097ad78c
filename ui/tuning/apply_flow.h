// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/units.h"
#include "ui/tuning/tuning_backend.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <cstdint>
#include <optional>

namespace halfopen {

/// The steps of a change: asking, in effect on trial, kept or taken back. Asks for one thing at a time. A trial is held
/// by whoever has set the values (the helper), which takes them back also where this program is gone; here the time is
/// shown, and the end of it asked for. GUI thread.
class ApplyFlow final : public QObject {
    Q_OBJECT

public:
    enum class Step : std::uint8_t {
        Ready,
        Asking,     ///< an answer is awaited, perhaps a person at a dialog
        OnTrial,    ///< in effect; taken back when the time is over
        Keeping,    ///< as Asking: to be kept after a reboot
        TakingBack, ///< as Asking: the values from before
        NotBack,    ///< taking back failed: it can be tried again, or the values be kept
    };

    /// @param backend  outlives this
    explicit ApplyFlow(TuningBackend& backend, std::chrono::milliseconds trial = std::chrono::seconds(60),
                       QObject* parent = nullptr);

    Step step() const { return m_step; }
    bool isWaiting() const { return m_step == Step::Asking || m_step == Step::Keeping || m_step == Step::TakingBack; }
    /// A change is in effect that is neither kept nor taken back yet.
    bool isOnTrial() const { return m_step != Step::Ready && m_step != Step::Asking; }
    /// Of the trial, rounded up to whole seconds.
    std::chrono::seconds left() const;

    /// @param before   what is in effect; a trial goes back to it
    /// @param onTrial  first in effect only, and kept over a reboot (if the change says so) only once keep() is called
    void apply(const KeepaliveChange& change, const KeepaliveDefaults& before, bool onTrial);
    void keep();                      ///< ends a trial, and writes the drop-in where the change asked for it
    void takeBack();                  ///< asks for the values from before
    void forget(std::uint64_t netns); ///< removes the drop-in; what is in effect stays
    void cancel();                    ///< of what is waited for

Q_SIGNALS:
    void stepChanged();
    void leftChanged(); ///< once a second during a trial
    /// The values are in effect, read back from the kernel.
    void tookEffect(halfopen::KeepaliveDefaults values, halfopen::KeepaliveDefaults before);
    /// @param values  that are in effect, as they were read back
    void kept(halfopen::KeepaliveDefaults values, bool afterReboot);
    void tookBack(halfopen::KeepaliveDefaults values);
    void forgot();
    /// Nothing was done. Dismissed is told as well; who shows it says nothing then, except after a trial.
    void failed(halfopen::PrivilegeError error);

private:
    using Answer = std::function<void(const Outcome<KeepaliveDefaults>&)>;

    void go(Step step);
    void wait(Step step);
    Answer whileHere(Answer answer);
    void tryOut();
    void persist();
    void askBack();
    void onBack(const Outcome<KeepaliveDefaults>& outcome);
    void refused(const PrivilegeError& error);
    void tick();

    TuningBackend& m_backend;
    std::chrono::milliseconds m_trial;
    Step m_step = Step::Ready;
    KeepaliveChange m_change;
    KeepaliveDefaults m_before;
    std::optional<KeepaliveTrial> m_held; ///< on trial, and whoever has set it holds it
    KeepaliveDefaults m_applied;
    RequestToken m_request = 0; ///< the last one that can be withdrawn
    MonotonicTime m_end{};
    QTimer m_timer;
};

} // namespace halfopen
