// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/details/details_head.h"

#include "ui/look/diagnosis_icon.h"
#include "ui/look/text.h"
#include "ui/look/theme.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace halfopen {

namespace {

constexpr int kIcon = 18;

QLabel* newLabel(bool bold) {
    auto* label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto font = label->font();
    font.setBold(bold);
    label->setFont(font);
    return label;
}

void setColor(QLabel& label, const QColor& color) {
    auto palette = label.palette();
    if (palette.color(QPalette::WindowText) == color)
        return;
    palette.setColor(QPalette::WindowText, color);
    label.setPalette(palette);
}

} // namespace

DetailsHead::DetailsHead(QWidget* parent)
    : QWidget(parent)
    , m_icon(new QLabel)
    , m_who(newLabel(true))
    , m_sentence(newLabel(false))
    , m_verbs(new QHBoxLayout)
    , m_verbBox(new QWidget) {
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(12, 6, 12, 4);
    line->setSpacing(8);
    line->addWidget(m_icon);
    line->addWidget(m_who);
    line->addSpacing(12);
    line->addWidget(m_sentence, 1);
    m_verbs->setContentsMargins(0, 0, 0, 0);
    m_verbBox->setLayout(m_verbs);
    line->addWidget(m_verbBox);
    m_sentence->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
}

void DetailsHead::setParts(bool icon, bool who, bool verbs) {
    m_icon->setVisible(icon);
    m_who->setVisible(who);
    m_verbBox->setVisible(verbs);
}

void DetailsHead::setIcon(Diagnosis diagnosis, const QColor& accent) {
    m_icon->setPixmap(diagnosisPixmap(diagnosis, accent, kIcon, devicePixelRatioF()));
}

void DetailsHead::setWho(const QString& who) {
    setTextIfNew(*m_who, who);
}

void DetailsHead::say(const QString& sentence, const QColor& color) {
    setColor(*m_sentence, color);
    setTextIfNew(*m_sentence, sentence);
    m_sentence->setToolTip(sentence);
}

void DetailsHead::addVerb(QAction* verb) {
    auto* button = new QToolButton;
    button->setDefaultAction(verb);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    button->setFocusPolicy(Qt::TabFocus);
    button->setMinimumHeight(kTarget);
    m_verbs->addWidget(button);
}

QString DetailsHead::text() const {
    if (m_who->isHidden())
        return m_sentence->text();
    return m_sentence->text().isEmpty() ? m_who->text()
                                        : QString(m_who->text() + QStringLiteral("   ") + m_sentence->text());
}

} // namespace halfopen
