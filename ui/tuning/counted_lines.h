// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/tuning/tuning_strings.h"

#include <QWidget>

#include <vector>

class QGridLayout;
class QLabel;

namespace halfopen {

/// Lines of a number and what it means. Labels stay where they are while only the numbers change.
class CountedLines final : public QWidget {
    Q_OBJECT

public:
    explicit CountedLines(QWidget* parent = nullptr);

    void show(const std::vector<CountedSentence>& lines);

private:
    struct Line {
        QLabel* count;
        QLabel* text;
    };
    Line& lineAt(std::size_t index);

    QGridLayout* m_grid;
    std::vector<Line> m_lines;
};

} // namespace halfopen
