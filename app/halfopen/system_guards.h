// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/bus/background.h"
#include "ui/actions/guard_backend.h"

#include <QObject>

#include <memory>

namespace halfopen {

class BusOperations;

/// The guard of this machine for the window: by the helper on the system bus, or, where this process is root, by a
/// thread of its own, because a program is loaded and files are synced. Control groups are looked for on one, too.
class SystemGuards final : public QObject, public GuardBackend {
    Q_OBJECT

public:
    /// @param helper  shared with the window's other backends; null: this process has the rights itself
    explicit SystemGuards(std::shared_ptr<BusOperations> helper, QObject* parent = nullptr);
    ~SystemGuards() override;

    RequestToken setGuard(const GuardRule& rule, bool persist, Done<void> done) override;
    RequestToken forgetGuard(const std::string& unit, Done<void> done) override;
    RequestToken listGuards(Done<GuardList> done) override;
    void cancel(RequestToken request) override;
    void findPaths(std::vector<std::uint64_t> ids, std::function<void(GroupPaths)> done) override;
    void findGroups(std::string name, std::function<void(GuardedGroups)> done) override;

private:
    /// Runs `work` on a thread of its own and gives its result to `done` on this one, unless this is gone by then.
    template <class Work, class Answer>
    void inBackground(Work work, Answer done);

    std::shared_ptr<BusOperations> m_helper; ///< null: this process does it itself
    Background m_background;
};

} // namespace halfopen
