// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/details_splitter.h"

#include <QSettings>

#include <algorithm>

namespace halfopen {

namespace {

constexpr std::array<const char*, kDetailsSides.size()> kKeys{"auto", "below", "right"};
constexpr int kHeight = 290; ///< of the details, at first
constexpr int kWidth = 460;  ///< likewise

QString belowKey(const QString& key) {
    return key + QStringLiteral("/below");
}
QString besideKey(const QString& key) {
    return key + QStringLiteral("/beside");
}

} // namespace

QString detailsSideKey(DetailsSide side) {
    return QLatin1String(kKeys[static_cast<std::size_t>(side)]);
}

std::optional<DetailsSide> parseDetailsSide(const QString& key) {
    for (const DetailsSide side : kDetailsSides)
        if (key == detailsSideKey(side))
            return side;
    return std::nullopt;
}

DetailsSplitter::DetailsSplitter(QWidget* table, QWidget* details)
    : QSplitter(Qt::Vertical) {
    addWidget(table);
    addWidget(details);
    setStretchFactor(0, 1);
    setCollapsible(0, false);
    divide();
}

void DetailsSplitter::setSide(DetailsSide side) {
    m_side = side;
    arrange();
}

void DetailsSplitter::resizeEvent(QResizeEvent* event) {
    QSplitter::resizeEvent(event);
    arrange();
}

void DetailsSplitter::arrange() {
    const bool beside = m_side == DetailsSide::Auto ? width() >= kWide : m_side == DetailsSide::Right;
    const auto wanted = beside ? Qt::Horizontal : Qt::Vertical;
    if (wanted == orientation())
        return;
    stateOf(orientation()) = saveState();
    setOrientation(wanted);
    divide();
}

void DetailsSplitter::divide() {
    if (restoreState(stateOf(orientation())))
        return;
    const int all = orientation() == Qt::Horizontal ? width() : height();
    const int details = orientation() == Qt::Horizontal ? kWidth : kHeight;
    setSizes({std::max(details, all - details), details});
}

void DetailsSplitter::restore(const QSettings& settings, const QString& key) {
    m_below = settings.value(belowKey(key)).toByteArray();
    m_beside = settings.value(besideKey(key)).toByteArray();
    divide();
}

void DetailsSplitter::save(QSettings& settings, const QString& key) const {
    const bool beside = orientation() == Qt::Horizontal;
    settings.setValue(belowKey(key), beside ? m_below : saveState());
    settings.setValue(besideKey(key), beside ? saveState() : m_beside);
}

} // namespace halfopen
