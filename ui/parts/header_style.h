// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProxyStyle>

namespace halfopen {

/// The application's style with titles that stand above the text of their cells.
class HeaderStyle final : public QProxyStyle {
    Q_OBJECT

public:
    explicit HeaderStyle(QObject* parent) { setParent(parent); }

    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override {
        return metric == PM_HeaderMargin ? kMargin : QProxyStyle::pixelMetric(metric, option, widget);
    }

private:
    static constexpr int kMargin = 6;
};

} // namespace halfopen
