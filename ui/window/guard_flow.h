// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"
#include "ui/actions/guard_backend.h"
#include "ui/actions/targets.h"

#include <QObject>

#include <cstdint>
#include <optional>
#include <set>
#include <vector>

class QWidget;

namespace halfopen {

/// Guarding what is still to come: the dialog, and which connections have their keepalive from a rule. GUI thread.
class GuardFlow final : public QObject {
    Q_OBJECT

public:
    /// @param backend  outlives this; null: nothing can be guarded
    GuardFlow(GuardBackend* backend, QWidget* window);

    bool canGuard() const { return m_backend != nullptr; }
    /// Asks about the units of these; of none: as askAboutUnguarded().
    void ask(const Targets& targets);
    /// About those in view of which nobody will notice that their peer is gone, the most frequent unit first.
    void askAboutUnguarded(const FramePtr& frame);
    /// As GuardedBy. What is not known yet is looked for: changed() then.
    std::optional<GuardRule> ruleOf(const Frame& frame, const Row& row);
    void take(const GuardList& list); ///< the rules that there are

Q_SIGNALS:
    void
    rulesWanted();  ///< once, when the first connection is shown that one may be about: nobody starts a helper earlier
    void changed(); ///< ruleOf() may answer otherwise
    void guarded(); ///< there is a new rule
    void said(const QString& sentence);

private:
    void open(const FramePtr& frame, std::vector<std::uint32_t> groups);
    void lookUp(std::uint64_t group);

    GuardBackend* m_backend;
    QWidget* m_window;
    std::vector<GuardRule> m_rules; ///< in effect, as far as that is told, else kept
    GroupPaths m_paths;
    bool m_wanted = false;            ///< rulesWanted() was sent
    std::set<std::uint64_t> m_sought; ///< control groups that were looked for
};

} // namespace halfopen
