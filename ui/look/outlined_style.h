// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProxyStyle>

namespace halfopen {

/// Fusion, with borders around fields and boxes that can be seen: its own are a little darker than the window, which is
/// next to nothing on a dark one. In high contrast there are borders around buttons, menus and groups, too. Source:
/// WCAG 2.2, 1.4.11.
class OutlinedStyle final : public QProxyStyle {
    Q_OBJECT

public:
    OutlinedStyle();

    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                            const QWidget* widget) const override;
};

} // namespace halfopen
