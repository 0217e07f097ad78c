// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/tuning/tuning_backend.h"

#include <QObject>
#include <QThread>

#include <memory>
#include <optional>

namespace halfopen {

class BusOperations;

/// What the Tuning page asks for, done where it belongs: by the helper on the system bus, or, where this process has
/// the rights itself (root, the laboratory), by a thread of its own, because files are synced.
class SystemTuning final : public QObject, public TuningBackend {
    Q_OBJECT

public:
    /// @param laboratory  the process is in a laboratory, so its settings may be written without asking anybody
    /// @param helper      shared with the window's other backends; null: this process has the rights itself
    SystemTuning(bool laboratory, std::shared_ptr<BusOperations> helper, QObject* parent = nullptr);
    ~SystemTuning() override; ///< waits for a write that is under way, and takes back what is on trial

    RequestToken apply(const KeepaliveChange& change, Done<KeepaliveDefaults> done) override;
    RequestToken forget(std::uint64_t netns, Done<void> done) override;
    RequestToken tryOut(const KeepaliveChange& change, std::chrono::seconds length, Done<KeepaliveTrial> done) override;
    void keep(const KeepaliveTrial& trial, Done<KeepaliveDefaults> done) override;
    void takeBack(const KeepaliveTrial& trial, Done<KeepaliveDefaults> done) override;
    void cancel(RequestToken request) override;
    void look(std::function<void(TuningPlace)> done) override;

private:
    /// Runs `work` on the worker thread and gives its result to `done` on this one, unless this is gone by then.
    template <class Work, class Answer>
    void inBackground(Work work, Answer done);

    bool m_laboratory;
    std::shared_ptr<BusOperations> m_helper; ///< null: this process does it itself
    std::optional<KeepaliveTrial> m_trial;   ///< without the helper; used by the worker, and when that has ended
    QThread m_thread;
    QObject m_worker; ///< lives in m_thread
};

} // namespace halfopen
