// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/details/summary_panel.h"

#include "ui/look/diagnosis_icon.h"
#include "ui/look/text.h"
#include "ui/look/theme.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QToolButton>

#include <initializer_list>

namespace halfopen {

namespace {

constexpr int kIcon = 16;      ///< pixels, beside letters of a usual size
constexpr int kMostLines = 32; ///< below all of them the room that is left
constexpr int kRows = 4;       ///< of the grid, of each line
constexpr int kInOneLine = 90; ///< as many letters wide

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
    m_grid->setRowStretch(kRows * kMostLines, 1);
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

QToolButton* SummaryPanel::newButton(Verb SummaryLine::*verb) {
    auto* button = new QToolButton;
    button->setFocusPolicy(Qt::TabFocus);
    button->setMinimumHeight(kTarget);
    connect(button, &QToolButton::clicked, this, [this, index = m_lines.size(), verb] {
        if (index < m_summary.lines.size())
            Q_EMIT asked(m_summary.lines[index].*verb);
    });
    return button;
}

void SummaryPanel::addLine() {
    const Line line{new QLabel, new QLabel, newText(), newButton(&SummaryLine::verb), newButton(&SummaryLine::second)};
    line.text->setTextFormat(Qt::PlainText);
    line.text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    line.detail->setForegroundRole(QPalette::PlaceholderText);
    m_lines.push_back(line);
    place(m_lines.size() - 1);
}

void SummaryPanel::place(std::size_t index) {
    const int row = kRows * static_cast<int>(index);
    const Line& line = m_lines[index];
    for (QWidget* part : std::initializer_list<QWidget*>{line.icon, line.text, line.detail, line.button, line.second})
        m_grid->removeWidget(part);
    line.text->setWordWrap(m_narrow);
    m_grid->addWidget(line.icon, row, 0);
    if (m_narrow) {
        m_grid->addWidget(line.text, row, 1, 1, 4);
        m_grid->addWidget(line.detail, row + 1, 1, 1, 4);
        m_grid->addWidget(line.button, row + 2, 1, Qt::AlignLeft);
        m_grid->addWidget(line.second, row + 3, 1, Qt::AlignLeft);
        return;
    }
    m_grid->addWidget(line.text, row, 1);
    m_grid->addWidget(line.detail, row, 2);
    m_grid->addWidget(line.button, row, 3);
    m_grid->addWidget(line.second, row, 4);
}

/// In the bar beside the table they stand below each other, below it in one line.
void SummaryPanel::arrange() {
    const bool narrow = viewport()->width() < kInOneLine * fontMetrics().averageCharWidth();
    if (narrow == m_narrow)
        return;
    m_narrow = narrow;
    m_grid->setColumnStretch(2, narrow ? 0 : 1);
    m_grid->setColumnStretch(4, narrow ? 1 : 0);
    for (std::size_t i = 0; i < m_lines.size(); ++i)
        place(i);
}

void SummaryPanel::resizeEvent(QResizeEvent* event) {
    QScrollArea::resizeEvent(event);
    arrange();
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
    line.icon->setPixmap(
        content.icon ? diagnosisPixmap(*content.icon, accent, iconSizeFor(fontMetrics(), kIcon), devicePixelRatioF())
                     : QPixmap());
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
    if (event->type() == QEvent::FontChange)
        arrange();
}

} // namespace halfopen
