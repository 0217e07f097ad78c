// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/details/summary.h"

#include <QScrollArea>

class QGridLayout;
class QLabel;
class QToolButton;

namespace halfopen {

/// A Summary: icon, number, who, and a button for what can be done. Labels are kept while its lines are as many.
class SummaryPanel final : public QScrollArea {
    Q_OBJECT

public:
    explicit SummaryPanel(QWidget* parent = nullptr);

    void show(const Summary& summary);
    void offerGuard(); ///< from now on Verb::Guard can be had

Q_SIGNALS:
    void asked(halfopen::Verb verb); ///< a button was pressed

protected:
    void changeEvent(QEvent* event) override;

private:
    struct Line {
        QLabel* icon;
        QLabel* text;
        QLabel* detail;
        QToolButton* button;
        QToolButton* second;
    };

    QToolButton* newButton(int row, int column, Verb SummaryLine::*verb);
    void addLine();
    void fill();
    void fill(const Line& line, const SummaryLine& content);

    Summary m_summary;
    bool m_offersGuard = false;
    QGridLayout* m_grid;
    std::vector<Line> m_lines;
};

} // namespace halfopen
