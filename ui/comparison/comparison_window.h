// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/comparison/comparison_model.h"

#include <QDialog>

namespace halfopen {

class ChipRow;

/// Two moments side by side: what is new, gone and changed from one to the other. Stays open beside the window.
class ComparisonWindow final : public QDialog {
    Q_OBJECT

public:
    /// Names of the two as a person knows them, "this machine" or a file.
    struct Sides {
        QString before;
        QString now;
    };

    ComparisonWindow(const Sides& sides, ComparedFrames frames, QWidget* parent);

private:
    QString countText() const;

    ComparisonModel* m_model;
    ChipRow* m_kinds;
};

} // namespace halfopen
