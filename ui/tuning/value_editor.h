// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/keepalive_defaults.h"
#include "core/model/settings.h"

#include <QWidget>

#include <array>

class QLabel;
class QSpinBox;

namespace halfopen {

struct TuningPlace;

/// The three values as numbers, each with what is in effect and where that comes from.
class ValueEditor final : public QWidget {
    Q_OBJECT

public:
    explicit ValueEditor(QWidget* parent = nullptr);

    void setValues(const KeepaliveDefaults& values); ///< sends no valuesChanged()
    KeepaliveDefaults values() const;
    /// @param place  null: what a boot makes of them is not known
    void showInEffect(const KeepaliveDefaults& values, const TuningPlace* place);
    void setEditable(bool editable);

Q_SIGNALS:
    void valuesChanged(const halfopen::KeepaliveDefaults& values); ///< by a person

private:
    struct Field {
        QSpinBox* box;
        QLabel* spoken;   ///< the same in larger units
        QLabel* inEffect; ///< value, origin, and what is unusual
    };
    Field newField(Setting setting, const QString& name, int column);
    void showSpoken();

    std::array<Field, 3> m_fields{};
    bool m_setting = false; ///< the program, not a person, changes the boxes
};

} // namespace halfopen
