// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/tuning/tuning_actions.h"

#include <QObject>
#include <QThread>

#include <memory>

namespace halfopen {

/// What the Tuning page asks for, done where it belongs: by the helper on the system bus, or, where this process has
/// the rights itself (root, the laboratory), by a thread of its own, because files are synced.
class TuningDoor final : public QObject, public TuningActions {
    Q_OBJECT

public:
    /// @param laboratory  the process is in a laboratory, so its settings may be written without asking anybody
    explicit TuningDoor(bool laboratory, QObject* parent = nullptr);
    ~TuningDoor() override; ///< waits for a write that is under way

    void apply(const KeepaliveChange& change, Done<KeepaliveDefaults> done) override;
    void forget(std::uint64_t netns, Done<void> done) override;
    void cancel() override;
    void look(std::function<void(TuningPlace)> done) override;

private:
    /// Runs `work` on the worker thread and gives its result to `done` on this one, unless this is gone by then.
    template <class Work, class Answer>
    void inBackground(Work work, Answer done);

    bool m_laboratory;
    std::unique_ptr<Operations> m_bus; ///< null: this process does it itself
    QThread m_thread;
    QObject m_worker; ///< lives in m_thread
};

} // namespace halfopen
