// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/details/summary.h"

#include <QScrollArea>

class QGridLayout;
class QLabel;
class QToolButton;

namespace halfopen {

/// A Summary: icon, number, who, and a button for what can be done; each below the other where there is no room for
/// them in one line. Labels are kept while its lines are as many.
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
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Line {
        QLabel* icon;
        QLabel* text;
        QLabel* detail;
        QToolButton* button;
        QToolButton* second;
    };

    QToolButton* newButton(Verb SummaryLine::*verb);
    void place(std::size_t index);
    void arrange();
    void addLine();
    void fill();
    void fill(const Line& line, const SummaryLine& content);

    Summary m_summary;
    bool m_offersGuard = false;
    bool m_narrow = false; ///< the parts of a line below each other
    QGridLayout* m_grid;
    std::vector<Line> m_lines;
};

} // namespace halfopen
