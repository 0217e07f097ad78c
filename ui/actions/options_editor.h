// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/options_change.h"
#include "ui/actions/targets.h"

#include <QWidget>

#include <array>

class QCheckBox;
class QLabel;
class QSpinBox;

namespace halfopen {

/// The five options as fields, filled in with what is known of the sockets, each with where that is known from. What a
/// person has touched stays as it was left while frames come and go, and is what a change consists of. The fields take
/// what the kernel takes: from 1 to core/model/keepalive_limits.h, 0 to INT_MAX ms.
class OptionsEditor final : public QWidget {
    Q_OBJECT

public:
    enum Field : std::uint8_t { Idle, Interval, Probes, UserTimeout };
    static constexpr std::size_t kFields = 4;

    explicit OptionsEditor(QWidget* parent = nullptr);

    /// Fills in all that was not touched.
    void show(const Targets& targets);
    /// What was touched. Values that one socket is known to have exactly are no change.
    OptionsChange draft(const Targets& targets) const;
    /// Switches keepalive on in the draft.
    void proposeOn();
    bool isTouched() const;
    void clear(); ///< nothing is touched any more

Q_SIGNALS:
    void edited(); ///< by a person

private:
    QSpinBox* newBox(Field field, const QString& name, int lowest, int highest);
    void showField(Field field, const Targets& targets);
    void showKeepalive(const Targets& targets);
    void touched(Field field);

    QCheckBox* m_keepalive;
    QLabel* m_keepaliveNote;
    std::array<QSpinBox*, kFields> m_boxes{};
    std::array<QLabel*, kFields> m_notes{};
    OptionsChange m_touched;
    bool m_filling = false; ///< the program, not a person, changes the fields
};

} // namespace halfopen
