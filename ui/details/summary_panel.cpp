// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/details/summary_panel.h"

#include "ui/look/diagnosis_icon.h"
#include "ui/look/text.h"
#include "ui/look/theme.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QToolButton>

namespace halfopen {

namespace {

constexpr int kIcon = 16;
constexpr int kMostLines = 32; ///< below all of them the room that is left

} // namespace

SummaryPanel::SummaryPanel(QWidget* parent)
    : QScrollArea(parent) {
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setFocusPolicy(Qt::NoFocus);
    setBackgroundRole(QPalette::Base);
    auto* page = new QWidget;
    page->setBackgroundRole(QPalette::Base);
    m_grid = new QGridLayout(page);
    m_grid->setContentsMargins(12, 8, 12, 8);
    m_grid->setHorizontalSpacing(12);
    m_grid->setVerticalSpacing(4);
    m_grid->setColumnStretch(2, 1);
    m_grid->setRowStretch(kMostLines, 1);
    setWidget(page);
}

void SummaryPanel::show(const Summary& summary) {
    if (summary == m_summary)
        return;
    m_summary = summary;
    fill();
}

void SummaryPanel::offerGuard() {
    m_offersGuard = true;
    fill();
}

QToolButton* SummaryPanel::newButton(int row, int column, Verb SummaryLine::*verb) {
    auto* button = new QToolButton;
    button->setFocusPolicy(Qt::TabFocus);
    button->setMinimumHeight(kTarget);
    m_grid->addWidget(button, row, column);
    connect(button, &QToolButton::clicked, this, [this, index = static_cast<std::size_t>(row), verb] {
        if (index < m_summary.lines.size())
            Q_EMIT asked(m_summary.lines[index].*verb);
    });
    return button;
}

void SummaryPanel::addLine() {
    const int row = static_cast<int>(m_lines.size());
    const Line line{new QLabel, new QLabel, newText(), newButton(row, 3, &SummaryLine::verb),
                    newButton(row, 4, &SummaryLine::second)};
    line.text->setTextFormat(Qt::PlainText);
    line.text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    line.detail->setForegroundRole(QPalette::PlaceholderText);
    m_grid->addWidget(line.icon, row, 0);
    m_grid->addWidget(line.text, row, 1);
    m_grid->addWidget(line.detail, row, 2);
    m_lines.push_back(line);
}

void SummaryPanel::fill() {
    while (m_lines.size() < m_summary.lines.size())
        addLine();
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const bool content = i < m_summary.lines.size();
        for (QWidget* part : {static_cast<QWidget*>(m_lines[i].icon), static_cast<QWidget*>(m_lines[i].text),
                              static_cast<QWidget*>(m_lines[i].detail)})
            part->setVisible(content);
        m_lines[i].button->setVisible(content && m_summary.lines[i].verb != Verb::None);
        m_lines[i].second->setVisible(content && m_offersGuard && m_summary.lines[i].second == Verb::Guard);
        if (content)
            fill(m_lines[i], m_summary.lines[i]);
    }
}

void SummaryPanel::fill(const Line& line, const SummaryLine& content) {
    const auto accent = content.icon ? themeOf(palette()).of(*content.icon) : palette().color(QPalette::WindowText);
    line.icon->setPixmap(content.icon ? diagnosisPixmap(*content.icon, accent, kIcon, devicePixelRatioF()) : QPixmap());
    auto colors = line.text->palette();
    if (colors.color(QPalette::WindowText) != accent) {
        colors.setColor(QPalette::WindowText, accent);
        line.text->setPalette(colors);
    }
    setRunningText(*line.text, content.text);
    setRunningText(*line.detail, content.detail);
    auto font = line.detail->font();
    if (font.italic() != content.guess) {
        font.setItalic(content.guess);
        line.detail->setFont(font);
    }
    line.button->setText(content.verbText);
    line.button->setAccessibleName(tr("%1: %2", "button, what it is about").arg(content.verbText, content.text));
    line.second->setText(content.secondText);
    line.second->setAccessibleName(tr("%1: %2", "button, what it is about").arg(content.secondText, content.text));
}

void SummaryPanel::changeEvent(QEvent* event) {
    QScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        fill();
}

} // namespace halfopen
