// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/chip_row.h"

#include "ui/look/theme.h"
#include "ui/parts/flow_layout.h"

#include <QLocale>
#include <QToolButton>

namespace halfopen {

namespace {

constexpr int kSpacing = 3;

QString capitalised(const QString& word) {
    return word.isEmpty() ? word : word.left(1).toUpper() + word.mid(1);
}

} // namespace

ChipRow::ChipRow(const QString& all, std::vector<Chip> chips, QWidget* parent)
    : QWidget(parent)
    , m_layout(new FlowLayout(kSpacing, this))
    , m_all(newChip(all))
    , m_kinds(std::move(chips)) {
    connect(m_all, &QToolButton::clicked, this, [this] { setChosen(0); });
    for (const Chip& kind : m_kinds) {
        const std::uint32_t bit = 1U << kind.bit;
        m_every |= bit;
        auto* button = newChip(kind.objectName);
        button->setToolTip(tr("Several can be chosen; the right button leaves this one out."));
        button->setContextMenuPolicy(Qt::CustomContextMenu);
        connect(button, &QToolButton::clicked, this, [this, bit] { setChosen(m_chosen ^ bit); });
        connect(button, &QWidget::customContextMenuRequested, this,
                [this, bit] { setChosen((m_chosen == 0 ? m_every : m_chosen) & ~bit); });
        m_chips.push_back(button);
    }
    showChosen();
}

QToolButton* ChipRow::newChip(const QString& name) {
    auto* button = new QToolButton;
    button->setCheckable(true);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    button->setMinimumHeight(kTarget);
    button->setObjectName(name);
    m_layout->addWidget(button);
    return button;
}

QToolButton* ChipRow::chip(unsigned bit) const {
    for (std::size_t i = 0; i < m_kinds.size(); ++i)
        if (m_kinds[i].bit == bit)
            return m_chips[i];
    return nullptr;
}

void ChipRow::setChosen(std::uint32_t bits) {
    bits &= m_every;
    if (bits == m_every)
        bits = 0;
    const bool other = bits != m_chosen;
    m_chosen = bits;
    showChosen(); // a button that was pressed has turned itself
    if (other)
        Q_EMIT changed();
}

void ChipRow::showChosen() {
    m_all->setChecked(m_chosen == 0);
    for (std::size_t i = 0; i < m_kinds.size(); ++i)
        m_chips[i]->setChecked((m_chosen >> m_kinds[i].bit & 1U) != 0);
}

void ChipRow::setText(QToolButton& chip, const QString& label, const QString& count) {
    const auto text = tr("%1  %2", "a quick button: word, count").arg(capitalised(label), count);
    if (chip.text() != text)
        chip.setText(text);
}

void ChipRow::nameAll(const QString& label, std::uint64_t count) {
    setText(*m_all, label, locale().toString(static_cast<qulonglong>(count)));
}

void ChipRow::name(unsigned bit, const QString& label, std::uint64_t count) {
    name(bit, label, count, count);
}

void ChipRow::name(unsigned bit, const QString& label, std::uint64_t matching, std::uint64_t count) {
    const QString all = locale().toString(static_cast<qulonglong>(count));
    setText(*chip(bit), label,
            matching == count ? all
                              : QStringLiteral("%1/%2").arg(locale().toString(static_cast<qulonglong>(matching)), all));
}

void ChipRow::addWidget(QWidget* widget) {
    m_layout->addWidget(widget);
}

} // namespace halfopen
