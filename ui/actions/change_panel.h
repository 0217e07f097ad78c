// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/actions/change_flow.h"
#include "ui/actions/change_proof.h"
#include "ui/actions/targets.h"

#include <QScrollArea>

class QLabel;
class QPushButton;

namespace halfopen {

class OptionsEditor;

/// Another keepalive for the chosen connections: the fields, what would happen to them with it, and after Apply what
/// the kernel shows.
class ChangePanel final : public QScrollArea {
    Q_OBJECT

public:
    /// @param operations  outlives this
    explicit ChangePanel(SocketOperations& operations, QWidget* parent = nullptr);

    /// The connections chosen, as the newest frame has them. A draft goes on while nothing else is chosen.
    void showTargets(const Targets& chosen);
    void proposeOn();             ///< keepalive, in the draft
    void tick(MonotonicTime now); ///< what counts down counts from here

    /// The last change, of whatever connections it was and whichever are chosen now.
    bool canUndoLast() const { return !m_flow.isBusy() && !m_flow.lastRound().empty(); }
    void undoLast();
    /// Of these, whichever are chosen now; answered like undoLast().
    void undo(std::vector<SocketKey> keys);
    const ChangeFlow& flow() const { return m_flow; }
    QString undoText() const { return m_undoText; } ///< for a menu: "&Undo Change of psql 24214"

Q_SIGNALS:
    /// A socket's options as they were read back after a change: known from now on.
    void readingsArrived(const halfopen::ReadingsOrder& readings);
    void undoChanged();                               ///< canUndoLast() or undoText()
    void changed(const halfopen::ChangeRound& round); ///< a round is over
    /// What became of undoLast() or undo(). @param command  "": none that would help
    void lastUndone(const QString& sentence, const QString& command);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void setUpLayout();
    const Targets& targets() const;
    static QString whyNone(const Targets& chosen);
    bool isStarted() const;
    bool areKnown(const std::vector<SocketKey>& keys) const;
    void keepKeysOfTargets();
    void refresh();
    void refreshForecast(const OptionsChange& draft);
    QString manyForecast(const OptionsChange& draft) const;
    void refreshButtons(const OptionsChange& draft);
    void keepKeys();
    void refreshAnswer();
    void apply();
    void nameUndo();
    void onFinished(const ChangeRound& round);

    ChangeFlow m_flow;
    ChangeProof m_proof;
    Targets m_chosen;
    mutable std::optional<Targets> m_targets; ///< those of m_chosen that can be changed; nullopt: not asked for yet
    std::vector<SocketKey> m_keys;            ///< that the draft is meant for, once one begins
    bool m_keysAreOfTargets = false;          ///< they have not been asked for yet
    QString m_answer;
    QString m_undoText;
    bool m_undoingLast = false;
    QString m_whyNone; ///< nothing can be changed
    std::optional<MonotonicTime> m_now;
    QLabel* m_title;
    OptionsEditor* m_editor;
    QLabel* m_forecast;    ///< what is and what would be
    QLabel* m_answerLabel; ///< what became of it, with the proof
    QPushButton* m_apply;
    QPushButton* m_revert;
    QPushButton* m_undo;
    QPushButton* m_cancel;
};

} // namespace halfopen
