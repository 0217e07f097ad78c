// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/details_splitter.h"

#include <QEvent>
#include <QSettings>

#include <algorithm>

namespace halfopen {

namespace {

constexpr std::array<const char*, kDetailsSides.size()> kKeys{"auto", "below", "right"};
constexpr int kStep = 40;    ///< pixels, by a key
constexpr int kHeight = 340; ///< of the details, at first
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
    if (m_folded)
        divide();
}

void DetailsSplitter::arrange() {
    const bool beside = m_side == DetailsSide::Auto ? width() >= kWide : m_side == DetailsSide::Right;
    const auto wanted = beside ? Qt::Horizontal : Qt::Vertical;
    if (wanted != orientation()) {
        if (!m_folded)
            stateOf(orientation()) = saveState();
        setOrientation(wanted);
        divide();
    }
    lookHowLow();
}

void DetailsSplitter::growDetails(int steps) {
    const auto now = sizes();
    const int all = now[0] + now[1];
    const int details = std::clamp(now[1] + steps * kStep, 0, all);
    setSizes({all - details, details});
}

void DetailsSplitter::lookHowLow() {
    const bool low = orientation() == Qt::Vertical && height() < kLow;
    if (low == m_low)
        return;
    m_low = low;
    Q_EMIT lowChanged(low);
}

void DetailsSplitter::setFolded(bool folded) {
    if (folded == m_folded)
        return;
    if (folded && orientation() == Qt::Vertical)
        m_below = saveState();
    m_folded = folded;
    if (!folded)
        divide();
}

/// QSplitter does not give away what a widget may no longer have.
bool DetailsSplitter::event(QEvent* event) {
    const bool done = QSplitter::event(event);
    if (m_folded && event->type() == QEvent::LayoutRequest)
        divide();
    return done;
}

void DetailsSplitter::divide() {
    if (m_folded && orientation() == Qt::Vertical)
        return setSizes(
            {std::max(0, height() - handleWidth() - widget(1)->minimumHeight()), widget(1)->minimumHeight()});
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
    settings.setValue(belowKey(key), beside || m_folded ? m_below : saveState());
    settings.setValue(besideKey(key), beside ? saveState() : m_beside);
}

} // namespace halfopen
