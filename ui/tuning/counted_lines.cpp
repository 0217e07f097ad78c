// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tuning/counted_lines.h"

#include "ui/look/text.h"
#include "ui/look/theme.h"

#include <QFontMetrics>
#include <QGridLayout>
#include <QLabel>
#include <QLocale>

namespace halfopen {

namespace {

constexpr int kMostLines = 64; ///< below all of them the room that is left

} // namespace

CountedLines::CountedLines(QWidget* parent)
    : QWidget(parent)
    , m_grid(new QGridLayout(this)) {
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(10);
    m_grid->setVerticalSpacing(3);
    m_grid->setColumnStretch(1, 1);
    m_grid->setRowStretch(kMostLines, 1);
}

CountedLines::Line& CountedLines::lineAt(std::size_t index) {
    while (m_lines.size() <= index) {
        const auto row = static_cast<int>(m_lines.size());
        Line line{new QLabel, newText()};
        QFont digits = font();
        digits.setBold(true);
        line.count->setFont(digits);
        line.count->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        m_grid->addWidget(line.count, row, 0, Qt::AlignTop);
        m_grid->addWidget(line.text, row, 1);
        m_lines.push_back(line);
    }
    return m_lines[index];
}

void CountedLines::show(const std::vector<CountedSentence>& lines) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
        auto& line = lineAt(i);
        line.count->setText(QLocale().toString(lines[i].count));
        line.text->setText(lines[i].text);
        // As high as the first line of its words, in whichever script: it stands in their middle.
        const QFontMetrics metrics(line.text->font());
        line.count->setFixedHeight(metrics.size(Qt::TextSingleLine, lines[i].text).height());
        auto colors = palette();
        if (lines[i].warns)
            colors.setColor(QPalette::WindowText, themeOf(colors).of(Diagnosis::Suspect));
        line.text->setPalette(colors);
    }
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        m_lines[i].count->setVisible(i < lines.size());
        m_lines[i].text->setVisible(i < lines.size());
    }
}

} // namespace halfopen
