// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/fact_panel.h"

#include "ui/look/accessible_role.h"
#include "ui/look/text.h"
#include "ui/look/theme.h"

#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace halfopen {

namespace {

constexpr int kRing = 2;             ///< pixels
constexpr qint64 kSpeakEvery = 1000; ///< ms

/// Each setAccessibleName() is an event for whoever listens.
void nameIfNew(QWidget& widget, const QString& name) {
    if (widget.accessibleName() != name)
        widget.setAccessibleName(name);
}

/// "The kernel's timer: Keepalive, fires in 5 s. It rests meanwhile."
QString spokenText(const Fact& fact) {
    const auto text =
        fact.name.isEmpty() ? fact.value : FactPanel::tr("%1: %2", "fact, value").arg(fact.name, fact.value);
    return fact.note.isEmpty() ? text : FactPanel::tr("%1 %2", "sentence, note").arg(text, fact.note);
}

} // namespace

FactPanel::FactPanel(Shape shape, int columnCharacters, QWidget* parent)
    : QScrollArea(parent)
    , m_shape(shape)
    , m_columnCharacters(columnCharacters) {
    setAccessibleRole(*this, QAccessible::Grouping);
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setBackgroundRole(QPalette::Base);
    setViewportMargins(kRing, kRing, kRing, kRing);
}

/// It has the keys to be scrolled by them, which is to be seen. Source: WCAG 2.2, 2.4.7.
bool FactPanel::event(QEvent* event) {
    const bool done = QScrollArea::event(event);
    if (event->type() == QEvent::Paint && hasFocus()) {
        QPainter painter(this);
        painter.setPen(QPen(palette().color(QPalette::Active, QPalette::Highlight), kRing));
        painter.drawRect(rect().adjusted(kRing / 2, kRing / 2, -kRing / 2, -kRing / 2));
    }
    return done;
}

void FactPanel::show(const FactGroups& groups) {
    if (groups != m_groups) {
        const bool same = sameShape(groups);
        m_groups = groups;
        if (same)
            fill();
        else
            rebuild();
    }
    if (!m_spoken.isValid() || m_spoken.elapsed() >= kSpeakEvery)
        speak();
}

void FactPanel::speak() {
    m_spoken.start();
    std::size_t line = 0;
    for (const auto& group : m_groups) {
        for (const auto& fact : group.facts)
            nameIfNew(*m_lines[line++].value, spokenText(fact));
    }
}

bool FactPanel::sameShape(const FactGroups& groups) const {
    return std::equal(groups.begin(), groups.end(), m_groups.begin(), m_groups.end(),
                      [](const FactGroup& one, const FactGroup& other) {
                          return one.title == other.title && one.facts.size() == other.facts.size();
                      });
}

void FactPanel::resizeEvent(QResizeEvent* event) {
    QScrollArea::resizeEvent(event);
    if (fittingColumns() != m_columns && !m_groups.empty())
        rebuild();
}

int FactPanel::fittingColumns() const {
    if (m_columnCharacters == 0)
        return 1;
    const int fit = viewport()->width() / (m_columnCharacters * fontMetrics().averageCharWidth());
    return std::clamp(fit, 1, std::max(1, static_cast<int>(m_groups.size())));
}

void FactPanel::rebuild() {
    m_lines.clear();
    m_columns = fittingColumns();
    auto* page = new QWidget;
    page->setBackgroundRole(QPalette::Base);
    auto* row = new QHBoxLayout(page);
    row->setContentsMargins(12, 8, 12, 8);
    row->setSpacing(28);
    std::vector<QVBoxLayout*> columns;
    for (int i = 0; i < m_columns; ++i) {
        columns.push_back(new QVBoxLayout);
        columns.back()->setSpacing(10);
        row->addLayout(columns.back(), m_shape == Shape::Sentences ? 1 : 0);
    }
    for (std::size_t i = 0; i < m_groups.size(); ++i)
        columns[i % columns.size()]->addWidget(newGroup(m_groups[i]));
    for (auto* column : columns)
        column->addStretch();
    if (m_shape == Shape::Numbers)
        row->addStretch();
    setWidget(page);
    fill();
    alignNames(*page);
    speak();
}

/// Of the taller one of the fonts that a line may be written in: columns of numbers stand in one raster, in whichever
/// language their names are.
int FactPanel::lineHeight() const {
    QLabel line(QStringLiteral("Ag\u56fd"));
    line.setFont(font());
    return line.sizeHint().height();
}

/// Sentences begin at one edge, whichever group they are of.
void FactPanel::alignNames(const QWidget& page) const {
    if (m_shape != Shape::Sentences || m_columns > 1)
        return;
    int width = 0;
    for (const Line& line : m_lines)
        width = std::max(width, line.name->sizeHint().width());
    for (auto* grid : page.findChildren<QGridLayout*>())
        grid->setColumnMinimumWidth(0, width);
}

QWidget* FactPanel::newGroup(const FactGroup& group) {
    auto* box = new QWidget;
    auto* grid = new QGridLayout(box);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(14);
    grid->setVerticalSpacing(m_shape == Shape::Sentences ? 4 : 2);
    grid->setColumnStretch(m_shape == Shape::Sentences ? 1 : 2, 1);
    int line = 0;
    if (!group.title.isEmpty()) {
        auto* title = newLabel(false);
        title->setText(QStringLiteral("<b>%1</b>").arg(group.title.toHtmlEscaped()));
        title->setTextFormat(Qt::RichText);
        grid->addWidget(title, line++, 0, 1, 3);
    }
    for (std::size_t i = 0; i < group.facts.size(); ++i)
        m_lines.push_back(newLine(*grid, line++));
    for (int row = 0; m_shape == Shape::Numbers && row < line; ++row)
        grid->setRowMinimumHeight(row, lineHeight());
    return box;
}

FactPanel::Line FactPanel::newLine(QGridLayout& grid, int row) {
    const Line line{newLabel(false), newLabel(true), newLabel(false), new QToolButton};
    const auto index = m_lines.size();
    line.button->setFocusPolicy(Qt::TabFocus);
    line.button->setMinimumHeight(kTarget);
    connect(line.button, &QToolButton::clicked, this, [this, index] { Q_EMIT asked(verbAt(index)); });
    line.name->setForegroundRole(QPalette::PlaceholderText);
    line.note->setForegroundRole(QPalette::PlaceholderText);
    grid.addWidget(line.name, row, 0);
    if (m_shape == Shape::Sentences) {
        line.value->setWordWrap(true);
        line.note->setWordWrap(true);
        grid.addWidget(line.value, 2 * row, 1);
        grid.addWidget(line.note, 2 * row + 1, 1);
        grid.addWidget(line.button, 2 * row, 2, Qt::AlignTop);
        grid.addWidget(line.name, 2 * row, 0, Qt::AlignTop);
    } else {
        grid.addWidget(line.value, row, 1);
        auto* rest = new QHBoxLayout;
        rest->addWidget(line.note);
        rest->addWidget(line.button);
        rest->addStretch(1);
        grid.addLayout(rest, row, 2);
    }
    return line;
}

Verb FactPanel::verbAt(std::size_t line) const {
    for (const auto& group : m_groups) {
        if (line < group.facts.size())
            return group.facts[line].verb;
        line -= group.facts.size();
    }
    return Verb::None;
}

void FactPanel::fill() {
    std::size_t line = 0;
    for (const auto& group : m_groups) {
        for (const auto& fact : group.facts)
            fill(m_lines[line++], fact);
    }
}

void FactPanel::fill(const Line& line, const Fact& fact) {
    setTextIfNew(*line.name, fact.name);
    setTextIfNew(*line.value, fact.value);
    setTextIfNew(*line.note, fact.note);
    line.note->setVisible(!fact.note.isEmpty());
    line.button->setVisible(fact.verb != Verb::None);
    line.button->setText(fact.verbText);
    if (line.value->font().italic() != fact.guess) {
        auto font = line.value->font();
        font.setItalic(fact.guess);
        line.value->setFont(font);
    }
}

QLabel* FactPanel::newLabel(bool selectable) {
    auto* label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    if (selectable)
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace halfopen
