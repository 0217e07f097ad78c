// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"
#include "core/model/order.h"
#include "core/tuning/change_progress.h"
#include "core/tuning/middlebox.h"
#include "ui/actions/rearm.h"
#include "ui/parts/page.h"
#include "ui/tuning/apply_flow.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

class QBoxLayout;
class QLabel;
class QScrollArea;
class QVBoxLayout;

namespace halfopen {

class AnswerBar;
class ApplyBar;
class DriftPanel;
class EffectPanel;
class GuardOperations;
class GuardPanel;
class PresetList;
class TrackView;
class ValueEditor;

/// What became of the three values, of one namespace.
struct SettingsNews {
    enum class What : std::uint8_t {
        OnTrial, ///< in effect until it is decided
        InEffect,
        ByOthers,        ///< in effect, and not set here
        Kept,            ///< what was on trial
        KeptAfterReboot, ///< in effect, and written for the next boot
        TakenBack,       ///< what was on trial
        FileRemoved,     ///< of the next boot; what is in effect stays
    };
    What what;
    KeepaliveDefaults before; ///< of OnTrial, InEffect and ByOthers, as `after`
    KeepaliveDefaults after;
    NetnsContextPtr netns;
};

/// The page "Tuning": the three values as what they do, what a change of them would do to the connections now open,
/// and the change itself. Never blocks: everything that needs rights goes through TuningBackend. GUI thread.
class TuningPage final : public Page {
    Q_OBJECT

public:
    static constexpr std::chrono::seconds kTrial{60};

    /// @param backend  outlives this, as `sockets` does, with which is armed anew what still waits on an old value
    /// @param trial    how long "take back unless kept" waits
    /// @param guards   outlives this; null: there is no guard
    TuningPage(TuningBackend& backend, SocketOperations& sockets, std::chrono::milliseconds trial = kTrial,
               GuardOperations* guards = nullptr);

    QString title() const override;

    /// Every frame, also while the page is hidden: it follows what becomes of a change.
    void showFrame(const FramePtr& frame) override;

    void edit(const KeepaliveDefaults& values);
    GuardPanel& guards() { return *m_guards; } ///< the rules of the guard

    /// While a change is on trial it asks whether to keep or take back.
    /// @param close  called once that is done, and never if it is called off
    bool mayClose(const std::function<void()>& close) override;

Q_SIGNALS:
    /// What the trial under way says, with its seconds; "": none is.
    void trialChanged(const QString& sentence);
    void settingsChanged(const halfopen::SettingsNews& news);
    /// The person wants to see these connections in the table; a filter as the filter field takes it.
    void connectionsRequested(const QString& filter, const QString& name);
    /// The person wants to see another network namespace. @param number  NetnsContext::number
    void netnsRequested(std::uint32_t number);
    /// Options of sockets as they were read back: known from now on.
    void readingsArrived(const halfopen::ReadingsOrder& readings);

protected:
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void setUpLayout();
    void connectParts();
    void connectFlow();
    void connectRearm();
    void lookAtFiles();
    void leaveNetns();
    void learnInEffect(const KeepaliveDefaults& values, bool changed);
    bool isEditable() const;
    const TuningPlace* placeInView() const;
    void apply();
    void onTookEffect(const KeepaliveDefaults& values, const KeepaliveDefaults& before);
    void onKept(const KeepaliveDefaults& values, bool afterReboot);
    void sayKeptElsewhere(const KeepaliveDefaults& values);
    bool appliesToView() const;
    QString whereApplied(const QString& sentence) const;
    void onFailed(const PrivilegeError& error);
    void settle(std::function<void()> settled);
    void tellSettings(SettingsNews::What what, const KeepaliveDefaults& before = {},
                      const KeepaliveDefaults& after = {});
    void refresh(); ///< all that depends on the values
    void refreshEffect();
    void refreshChoices();
    void listWaiting();
    QString triple(const KeepaliveDefaults& values) const;

    TuningBackend& m_backend;
    ApplyFlow m_flow;
    std::vector<Middlebox> m_boxes;
    TuningPlace m_place;
    FramePtr m_frame;
    std::optional<KeepaliveDefaults> m_inEffect; ///< from the last frame, or read back after a change
    KeepaliveDefaults m_edited;
    KeepaliveDefaults m_before; ///< what a trial goes back to
    NetnsContextPtr m_applying; ///< where the last change belongs, whatever is in view by now; null: there was none
    std::optional<ChangeProgress> m_progress;
    MonotonicTime m_changed{}; ///< frames from before do not show the change yet
    std::function<void()> m_settled;
    Rearm m_rearm;

    AnswerBar* m_answer;
    QWidget* m_content = nullptr;
    TrackView* m_track;
    ValueEditor* m_editor;
    QBoxLayout* m_lower;
    QLabel* m_sentences;
    QLabel* m_warning;
    EffectPanel* m_effect;
    PresetList* m_presets;
    DriftPanel* m_drift;
    GuardPanel* m_guards;
    ApplyBar* m_apply;
};

} // namespace halfopen
