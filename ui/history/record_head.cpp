// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/history/record_head.h"

#include "ui/look/diagnosis_icon.h"
#include "ui/look/ending_strings.h"
#include "ui/look/text.h"
#include "ui/look/theme.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace halfopen {

namespace {

constexpr int kIcon = 18; ///< pixels, beside letters of a usual size

void setUp(QToolButton& button) {
    button.setToolButtonStyle(Qt::ToolButtonTextOnly);
    button.setFocusPolicy(Qt::TabFocus);
    button.setMinimumHeight(kTarget);
}

QString remoteOf(const EndedConnection& record) {
    return record.foundDead && record.remote.port == 0 ? RecordHead::tr("not known")
                                                       : fromCore(record.remote.toString(record.interface));
}

} // namespace

RecordHead::RecordHead(QWidget* parent)
    : QWidget(parent)
    , m_icon(new QLabel)
    , m_who(newText())
    , m_how(newText())
    , m_alike(new QToolButton)
    , m_layout(new QHBoxLayout(this))
    , m_lastVerb(m_alike) {
    m_layout->setContentsMargins(12, 6, 12, 4);
    m_layout->setSpacing(8);
    auto bold = m_who->font();
    bold.setBold(true);
    m_who->setFont(bold);
    m_layout->addWidget(m_icon);
    m_layout->addWidget(m_who, 3);
    m_layout->addWidget(m_how, 2);
    m_layout->addWidget(m_alike);
    setUp(*m_alike);
    m_alike->setObjectName(QStringLiteral("alike"));
    m_alike->setToolTip(tr("Of the same kind, with the same remote host, within the hour before it"));
    connect(m_alike, &QToolButton::clicked, this, &RecordHead::alikeRequested);
}

void RecordHead::addVerb(QAction* verb) {
    auto* button = new QToolButton;
    button->setDefaultAction(verb);
    setUp(*button);
    m_layout->addWidget(button);
    setTabOrder(m_lastVerb, button); // before what stands below
    m_lastVerb = button;
}

void RecordHead::show(const EndedConnection& record, std::size_t alike) {
    const auto accent = accentOf(record.ending);
    m_icon->setPixmap(
        diagnosisPixmap(accent, themeOf(palette()).of(accent), iconSizeFor(fontMetrics(), kIcon), devicePixelRatioF()));
    setTextIfNew(*m_who,
                 QStringLiteral("%1   %2 \u2192 %3")
                     .arg(ownersText(record), fromCore(record.local.toString(record.interface)), remoteOf(record)));
    setTextIfNew(*m_how, endingText(record));
    m_alike->setVisible(alike > 0);
    m_alike->setText(tr("%n more ended alike", nullptr, static_cast<int>(alike)));
}

} // namespace halfopen
