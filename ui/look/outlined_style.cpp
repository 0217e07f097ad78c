// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/outlined_style.h"

#include "ui/look/theme.h"

#include <QGuiApplication>
#include <QPainter>
#include <QStyleOption>

namespace halfopen {

namespace {

void drawOutline(QPainter& painter, const QStyleOption& option, const QRect& around) {
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    const bool focused = option.state.testFlag(QStyle::State_HasFocus);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(focused   ? QGuiApplication::palette().color(QPalette::Active, QPalette::Highlight)
                   : enabled ? themeOf(option.palette).rule
                             : option.palette.color(QPalette::Disabled, QPalette::Text));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(around.adjusted(0, 0, -1, -1));
    painter.restore();
}

/// What Fusion sets apart by a shade alone.
bool hasOnlyEdges(QStyle::PrimitiveElement element) {
    switch (element) {
    case QStyle::PE_PanelButtonCommand:
    case QStyle::PE_PanelButtonTool:
    case QStyle::PE_FrameMenu:
    case QStyle::PE_FrameGroupBox:
    case QStyle::PE_FrameTabWidget:
    case QStyle::PE_PanelTipLabel:
    case QStyle::PE_Frame:
        return true;
    default:
        return false;
    }
}

} // namespace

OutlinedStyle::OutlinedStyle()
    : QProxyStyle(QStringLiteral("fusion")) {}

void OutlinedStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                                  const QWidget* widget) const {
    QProxyStyle::drawPrimitive(element, option, painter, widget);
    const bool hasKeys =
        element == PE_Frame && option->state.testFlag(State_HasFocus); // a list, where nothing else shows it
    const bool high = isHighContrast(option->palette);
    if (!option->state.testFlag(State_Enabled) && element != PE_IndicatorCheckBox)
        return; // of a box on a dark ground nothing else would be left
    if (element == PE_FrameLineEdit || element == PE_IndicatorCheckBox || hasKeys || (hasOnlyEdges(element) && high))
        drawOutline(*painter, *option, option->rect);
}

void OutlinedStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                                       const QWidget* widget) const {
    QProxyStyle::drawComplexControl(control, option, painter, widget);
    if (option->state.testFlag(State_Enabled) && (control == CC_SpinBox || control == CC_ComboBox))
        drawOutline(*painter, *option, option->rect);
}

} // namespace halfopen
