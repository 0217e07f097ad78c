// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/details/details_head.h"

#include "ui/look/diagnosis_icon.h"
#include "ui/look/text.h"
#include "ui/look/theme.h"

#include <QAction>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QStyle>
#include <QToolButton>

#include <algorithm>

namespace halfopen {

namespace {

constexpr int kIcon = 18;    ///< pixels, beside letters of a usual size
constexpr int kBefore = 12;  ///< pixels between who and what is said of it
constexpr int kNarrow = 140; ///< characters: of fewer there is no room for both

/// What does not fit ends in dots.
class ElidedLabel final : public QLabel {
protected:
    void paintEvent(QPaintEvent* event) override {
        const QRect room = contentsRect().adjusted(std::max(0, indent()), 0, 0, 0);
        if (wordWrap() || fontMetrics().horizontalAdvance(text()) <= room.width())
            return QLabel::paintEvent(event);
        QPainter painter(this);
        style()->drawItemText(&painter, room, Qt::AlignLeft | Qt::AlignVCenter, palette(), isEnabled(),
                              fontMetrics().elidedText(text(), Qt::ElideRight, room.width()), foregroundRole());
    }
};

QLabel* newLabel(bool bold, QLabel* label = new QLabel) {
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
    , m_grid(new QGridLayout(this))
    , m_icon(new QLabel)
    , m_who(newLabel(true))
    , m_sentence(newLabel(false, new ElidedLabel))
    , m_verbs(new QHBoxLayout)
    , m_verbBox(new QWidget)
    , m_more(new QToolButton) {
    m_grid->setContentsMargins(12, 6, 12, 4);
    m_grid->setHorizontalSpacing(8);
    m_grid->setVerticalSpacing(2);
    m_grid->addWidget(m_icon, 0, 0);
    m_grid->addWidget(m_who, 0, 1);
    m_grid->setColumnStretch(2, 1);
    m_verbs->setContentsMargins(0, 0, 0, 0);
    m_verbBox->setLayout(m_verbs);
    m_sentence->setIndent(kBefore);
    m_grid->addWidget(m_sentence, 0, 2);
    m_grid->addWidget(m_verbBox, 0, 3);
    m_more->setObjectName(QStringLiteral("moreDetails"));
    m_more->setCheckable(true);
    m_more->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_more->setFocusPolicy(Qt::TabFocus);
    m_more->setMinimumHeight(kTarget);
    m_more->setToolTip(tr("Clocks, options, owners and all else that is known"));
    m_more->hide();
    m_grid->addWidget(m_more, 0, 4);
    connect(m_more, &QToolButton::toggled, this, &DetailsHead::moreWanted);
    connect(m_more, &QToolButton::toggled, this, &DetailsHead::nameMore);
    nameMore(false);
    m_sentence->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
}

void DetailsHead::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    const bool narrow = width() < kNarrow * fontMetrics().averageCharWidth();
    if (narrow == m_narrow)
        return;
    m_narrow = narrow;
    placeSentence();
}

void DetailsHead::placeSentence() {
    m_grid->removeWidget(m_sentence);
    m_sentence->setWordWrap(m_narrow);
    m_sentence->setIndent(m_narrow ? 0 : kBefore);
    if (m_narrow)
        m_grid->addWidget(m_sentence, 1, 1, 1, 4);
    else
        m_grid->addWidget(m_sentence, 0, 2);
}

void DetailsHead::setParts(bool icon, bool who, bool verbs) {
    m_icon->setVisible(icon);
    m_who->setVisible(who);
    m_verbBox->setVisible(verbs);
}

void DetailsHead::setIcon(Diagnosis diagnosis, const QColor& accent) {
    m_icon->setPixmap(diagnosisPixmap(diagnosis, accent, iconSizeFor(fontMetrics(), kIcon), devicePixelRatioF()));
}

void DetailsHead::setWho(const QString& who) {
    setTextIfNew(*m_who, who);
}

void DetailsHead::say(const QString& sentence, const QColor& color) {
    setColor(*m_sentence, color);
    setRunningText(*m_sentence, sentence);
    m_sentence->setToolTip(sentence);
}

void DetailsHead::showMore(bool shown, bool unfolded) {
    m_more->setVisible(shown);
    m_more->setChecked(unfolded);
}

void DetailsHead::nameMore(bool unfolded) {
    m_more->setText(unfolded ? tr("Less") : tr("More"));
    m_more->setArrowType(unfolded ? Qt::DownArrow : Qt::UpArrow);
}

void DetailsHead::addVerb(QAction* verb) {
    auto* button = new QToolButton;
    button->setDefaultAction(verb);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    button->setFocusPolicy(Qt::TabFocus);
    button->setMinimumHeight(kTarget);
    m_verbs->addWidget(button);
    setTabOrder(m_lastVerb ? m_lastVerb : m_sentence, button); // before what stands below
    setTabOrder(button, m_more);
    m_lastVerb = button;
}

} // namespace halfopen
