// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/guard_flow.h"

#include "core/format/guard_text.h"
#include "core/model/guarded.h"
#include "ui/actions/guard_dialog.h"
#include "ui/look/translated.h"

#include <QPointer>

#include <algorithm>
#include <functional>
#include <map>
#include <utility>

namespace halfopen {

namespace {

constexpr std::size_t kMostGroups = 8; ///< that are offered

/// Control groups of these, the one with the most of them first.
template <class Rows>
std::vector<std::uint32_t> groupsOf(const Rows& rows) {
    std::map<std::uint32_t, int> counts;
    for (const Row* row : rows)
        if (row->connection.cgroup != 0 && row->change != Change::Closed)
            ++counts[row->connection.cgroup];
    std::vector<std::uint32_t> groups;
    for (const auto& [group, count] : counts)
        groups.push_back(group);
    std::ranges::stable_sort(groups, std::greater(), [&](std::uint32_t group) { return counts[group]; });
    groups.resize(std::min(groups.size(), kMostGroups));
    return groups;
}

} // namespace

GuardFlow::GuardFlow(GuardBackend* backend, QWidget* window)
    : QObject(window)
    , m_backend(backend)
    , m_window(window) {}

void GuardFlow::ask(const Targets& targets) {
    if (targets.empty() && targets.frame)
        return askAboutUnguarded(targets.frame);
    open(targets.frame, groupsOf(targets.rows));
}

void GuardFlow::askAboutUnguarded(const FramePtr& frame) {
    std::vector<const Row*> rows;
    for (const Row& row : frame->rows)
        if (row.diagnosis == Diagnosis::Unguarded && frame->isInView(row))
            rows.push_back(&row);
    open(frame, groupsOf(rows));
}

void GuardFlow::open(const FramePtr& frame, std::vector<std::uint32_t> groups) {
    if (!m_backend || !frame || !frame->isHere())
        return;
    if (groups.empty())
        return Q_EMIT said(
            tr("The kernel does not tell in which control group these were made, so that no rule can name it."));
    auto* dialog = new GuardDialog(*m_backend, frame, std::move(groups), m_window);
    connect(dialog, &GuardDialog::guarded, this, [this](const GuardRule& rule, bool persist) {
        const QString whose = rule.unit.empty() ? tr("every program") : translated(guardedText(rule.unit));
        Q_EMIT said(persist ? tr("Each new connection of %1 is guarded from now on, after a reboot as well.").arg(whose)
                            : tr("Each new connection of %1 is guarded from now on, until the next boot.").arg(whose));
        Q_EMIT guarded();
    });
    dialog->open();
}

void GuardFlow::take(const GuardList& list) {
    std::vector<GuardRule> rules;
    for (const ListedGuard& one : list.rules)
        if (list.notInEffect || one.counts)
            rules.push_back(one.rule);
    if (rules == m_rules)
        return;
    m_rules = std::move(rules);
    Q_EMIT changed();
}

std::optional<GuardRule> GuardFlow::ruleOf(const Frame& frame, const Row& row) {
    const auto isIts = [&](const GuardRule& rule) { return hasValuesOf(rule, row.options, frame.sysctlsOf(row)); };
    if (row.connection.cgroup == 0 || !frame.isHere() || row.options.enabled != Switch::On)
        return std::nullopt;
    if (!std::exchange(m_wanted, true))
        Q_EMIT rulesWanted();
    if (std::ranges::none_of(m_rules, isIts))
        return std::nullopt;
    const std::uint64_t group = cgroupId(row.connection.cgroup);
    const auto path = m_paths.find(group);
    if (path == m_paths.end()) {
        lookUp(group);
        return std::nullopt;
    }
    const GuardRule* rule = ruleFor(path->second, m_rules);
    return rule && isIts(*rule) ? std::optional(*rule) : std::nullopt;
}

void GuardFlow::lookUp(std::uint64_t group) {
    if (!m_sought.insert(group).second)
        return;
    m_backend->findPaths({group}, [self = QPointer(this)](const GroupPaths& paths) {
        if (!self || paths.empty())
            return;
        self->m_paths.insert(paths.begin(), paths.end());
        Q_EMIT self->changed();
    });
}

} // namespace halfopen
