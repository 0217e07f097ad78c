// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tuning/preset_list.h"

#include "ui/look/text.h"
#include "ui/look/theme.h"
#include "ui/tuning/track_paint.h"
#include "ui/tuning/tuning_strings.h"

#include <QFile>
#include <QFocusEvent>
#include <QHeaderView>
#include <QIcon>
#include <QLabel>
#include <QPainter>
#include <QPixmap>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace halfopen {

namespace {

enum Column { Name, Timeout, SurvivalColumn, kColumns };

QIcon survivalIcon(Survival survival, const Theme& theme, qreal ratio) {
    QPixmap pixmap(QSize(14, 14) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    drawSurvivalMark(painter, survival, {7, 7}, theme);
    return QIcon(pixmap);
}

} // namespace

std::vector<Middlebox> shippedMiddleboxes() {
    QFile file(QStringLiteral(":/presets.json"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return readMiddleboxes(file.readAll().toStdString()).value_or(std::vector<Middlebox>{});
}

PresetList::PresetList(std::vector<Middlebox> boxes, QWidget* parent)
    : QWidget(parent)
    , m_boxes(std::move(boxes))
    , m_list(new QTreeWidget)
    , m_why(newText())
    , m_propose(new QPushButton(tr("Propose Its Val&ues"))) {
    m_list->setObjectName(QStringLiteral("middleboxes"));
    m_why->setObjectName(QStringLiteral("whyProposed"));
    m_propose->setObjectName(QStringLiteral("propose"));
    m_list->setColumnCount(kColumns);
    m_list->setHeaderLabels({tr("Middlebox on the way"), tr("Forgets after"), tr("With these values")});
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setAccessibleName(tr("Middleboxes"));
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(Name, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(Timeout, QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(SurvivalColumn, QHeaderView::ResizeToContents);
    for (const auto& box : m_boxes) {
        auto* item = new QTreeWidgetItem(m_list, {boxName(box), secondsText(box.idleTimeout)});
        item->setToolTip(Name, boxName(box));
        item->setTextAlignment(Timeout, Qt::AlignRight | Qt::AlignVCenter);
    }
    m_list->setMinimumHeight(11 * m_list->fontMetrics().height());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_why);
    layout->addWidget(m_propose, 0, Qt::AlignLeft);
    m_list->installEventFilter(this);
    connect(m_list, &QTreeWidget::currentItemChanged, this, &PresetList::showChosen);
    connect(m_list, &QTreeWidget::itemActivated, this, &PresetList::propose);
    connect(m_propose, &QPushButton::clicked, this, &PresetList::propose);
    showChosen();
}

/// Whoever comes by the keys sees where they are.
bool PresetList::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::FocusIn && static_cast<QFocusEvent*>(event)->reason() != Qt::MouseFocusReason &&
        !m_list->currentItem())
        m_list->setCurrentItem(m_list->topLevelItem(0));
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut)
        m_list->update(); // its frame shows who has the keys
    return QWidget::eventFilter(watched, event);
}

void PresetList::showSurvival(const KeepaliveDefaults& values) {
    const auto& theme = themeOf(palette());
    auto colors = palette(); // a selection under which every survival can still be read
    colors.setColor(QPalette::Highlight, isHighContrast(palette())
                                             ? palette().color(QPalette::Inactive, QPalette::Highlight)
                                             : theme.changedTint.darker(108));
    colors.setColor(QPalette::HighlightedText, theme.text);
    m_list->setPalette(colors);
    for (std::size_t i = 0; i < m_boxes.size(); ++i) {
        auto* item = m_list->topLevelItem(static_cast<int>(i));
        const Survival found = survival(m_boxes[i], values);
        item->setText(SurvivalColumn, survivalLabel(found));
        item->setToolTip(SurvivalColumn, survivalSentence(m_boxes[i], values));
        item->setForeground(SurvivalColumn, survivalColor(found, theme));
        item->setIcon(SurvivalColumn, survivalIcon(found, theme, devicePixelRatioF()));
    }
}

const Middlebox* PresetList::chosen() const {
    const int index = m_list->indexOfTopLevelItem(m_list->currentItem());
    return index < 0 ? nullptr : &m_boxes[static_cast<std::size_t>(index)];
}

void PresetList::showChosen() {
    const auto* box = chosen();
    m_why->setText(box ? proposalText(*box) : tr("Choose what stands on the way to see why which values fit."));
    m_propose->setEnabled(m_editable && box && box->proposed);
}

void PresetList::propose() {
    if (const auto* box = chosen(); box && box->proposed && m_editable)
        Q_EMIT proposed(*box);
}

void PresetList::setEditable(bool editable) {
    m_editable = editable;
    showChosen();
}

} // namespace halfopen
