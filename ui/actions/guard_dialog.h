// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/guard_text.h"
#include "core/model/frame.h"
#include "ui/actions/guard_backend.h"

#include <QDialog>

#include <cstdint>
#include <optional>
#include <vector>

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;
class QSpinBox;

namespace halfopen {

/// "Guard Every New Connection": whose, with which values; and, before anything is done, whom that touches, what it
/// costs and what stays as it is.
class GuardDialog final : public QDialog {
    Q_OBJECT

public:
    /// @param backend  outlives this
    /// @param frame    of this machine, whose connections are counted
    /// @param groups   Connection::cgroup of what was chosen, the most important first; their names are offered, and
    ///                 those of what they lie in
    GuardDialog(GuardBackend& backend, FramePtr frame, std::vector<std::uint32_t> groups, QWidget* parent);

Q_SIGNALS:
    void guarded(const halfopen::GuardRule& rule, bool persist); ///< it is in effect; the dialog closes

protected:
    void done(int result) override;

private:
    QWidget* newFields();
    void setUpLayout();
    void connectParts();
    QSpinBox* newBox(const char* name, int lowest, int highest, int value);
    void offer(const GroupPaths& paths);
    void choose();
    void refresh();
    void showWaiting(bool waiting);
    std::string unit() const;
    GuardRule rule() const;
    GuardTouches touchesOf(const GuardedGroups& groups) const;
    const ListedGuard* ruleBefore() const;
    void apply();
    void onAnswer(const Outcome<void>& outcome);

    GuardBackend& m_backend;
    FramePtr m_frame;
    std::vector<std::uint32_t> m_groups;
    std::optional<GuardTouches> m_touches; ///< of the unit that is chosen; nullopt: being counted
    GuardList m_rules;                     ///< that there are
    RequestToken m_request = 0;
    bool m_waiting = false;
    QComboBox* m_unit;
    QSpinBox* m_idle;
    QSpinBox* m_interval;
    QSpinBox* m_probes;
    QSpinBox* m_userTimeout;
    QLabel* m_text;
    QCheckBox* m_persist;
    QLabel* m_answer;
    QPushButton* m_apply;
    QPushButton* m_cancel;
};

} // namespace halfopen
