// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/table/column_layout.h"

#include "ui/table/columns.h"

#include <QHeaderView>
#include <QScopedValueRollback>
#include <QSettings>
#include <QStringList>

#include <algorithm>
#include <map>
#include <utility>

namespace halfopen {

namespace {

constexpr int kNarrowest = 24;
constexpr int kWidest = 1200;
constexpr double kLeast = 0.8; ///< of its first width, which has room for the longest text, does a column keep

const Column& columnAt(int logical) {
    return columns()[static_cast<std::size_t>(logical)];
}

QString keyOf(int logical) {
    return QLatin1String(columnAt(logical).key);
}

int logicalOf(const QString& key) {
    for (int i = 0; i < static_cast<int>(columns().size()); ++i) {
        if (keyOf(i) == key)
            return i;
    }
    return -1;
}

constexpr QLatin1String kUnitKey("columns/digit"); ///< unit() when the widths were saved

QString widthKey(int logical) {
    return QStringLiteral("columns/width/") + keyOf(logical);
}

/// All but the words that are read first, of which each letter counts.
bool givesWay(int logical) {
    const SortKey key = columnAt(logical).sort;
    return key != SortKey::Diagnosis && key != SortKey::State;
}

} // namespace

int ColumnLayout::unit() const {
    return m_header.fontMetrics().horizontalAdvance(QLatin1Char('0'));
}

int ColumnLayout::firstWidth(int logical) const {
    return (columnAt(logical).characters + 1) * unit();
}

void ColumnLayout::reset() {
    const QScopedValueRollback resizing(m_resizing, true);
    m_unit = unit();
    m_ownWidths = false;
    m_ownColumns = false;
    m_passing.clear();
    for (int i = 0; i < m_header.count(); ++i) {
        m_header.moveSection(m_header.visualIndex(i), i);
        m_header.setSectionHidden(i, !columnAt(i).shownAtFirst);
        m_header.resizeSection(i, firstWidth(i));
    }
    m_header.setSortIndicator(columnOf(SortKey::Diagnosis), Qt::AscendingOrder);
}

void ColumnLayout::fill(int width) {
    const QScopedValueRollback resizing(m_resizing, true);
    if (!m_ownColumns)
        chooseColumns(width);
    if (!m_ownWidths)
        spread(width);
}

void ColumnLayout::followFont(int width) {
    const int before = std::exchange(m_unit, unit());
    if (before == m_unit)
        return;
    const QScopedValueRollback resizing(m_resizing, true);
    for (int i = 0; i < m_header.count(); ++i) {
        const int now = m_header.isSectionHidden(i) ? firstWidth(i) : m_header.sectionSize(i) * m_unit / before;
        m_header.resizeSection(i, std::clamp(now, kNarrowest, kWidest));
    }
    fill(width);
}

void ColumnLayout::chooseColumns(int width) {
    int needed = 0;
    int kept = 0; // of these, by those that do not give way
    int roomier = 0;
    std::map<int, int> going;  // by Column::leaves
    std::map<int, int> coming; // by Column::comes
    for (int i = 0; i < m_header.count(); ++i) {
        const Column& column = columnAt(i);
        const bool sorts = i == m_header.sortIndicatorSection();
        if (m_passing.contains(i) || column.shownAtFirst || sorts) {
            needed += firstWidth(i);
            kept += givesWay(i) ? 0 : firstWidth(i);
            roomier += column.roomier * unit();
        }
        if (m_passing.contains(i))
            continue;
        if (sorts) {
            m_header.setSectionHidden(i, false);
            continue;
        }
        if (column.leaves > 0)
            going[column.leaves] = i;
        if (column.comes > 0)
            coming[column.comes] = i;
    }
    for (const auto& [order, column] : going) {
        const bool fits = kept + (needed - kept) * kLeast <= width;
        m_header.setSectionHidden(column, !fits);
        needed -= fits ? 0 : firstWidth(column);
        kept -= fits || givesWay(column) ? 0 : firstWidth(column);
    }
    for (const auto& [order, column] : coming) {
        needed += firstWidth(column);
        m_header.setSectionHidden(column, needed + roomier > width);
    }
}

void ColumnLayout::spread(int width) {
    int needed = 0; // by those that give way
    int kept = 0;
    int wanted = 0;
    for (int i = 0; i < m_header.count(); ++i) {
        if (m_header.isSectionHidden(i))
            continue;
        (givesWay(i) ? needed : kept) += firstWidth(i);
        wanted += columnAt(i).roomier * unit();
    }
    const int given = std::clamp(width - kept - needed, 0, wanted);
    const double part = kept + needed > width ? std::max(kLeast, static_cast<double>(width - kept) / needed) : 1;
    for (int i = 0; i < m_header.count(); ++i) {
        if (m_header.isSectionHidden(i))
            continue;
        const int more = wanted > 0 ? columnAt(i).roomier * unit() * given / wanted : 0;
        m_header.resizeSection(i, static_cast<int>(firstWidth(i) * (givesWay(i) ? part : 1)) + more);
    }
}

void ColumnLayout::restore(const QSettings& settings) {
    reset();
    if (!settings.contains(QStringLiteral("columns/order")))
        return;
    m_ownColumns = settings.contains(QStringLiteral("columns/shown"));
    const auto shown = settings.value(QStringLiteral("columns/shown")).toStringList();
    const auto order = settings.value(QStringLiteral("columns/order")).toStringList();
    moveInOrder(order);
    const int savedUnit = std::max(1, settings.value(kUnitKey, m_unit).toInt());
    const QScopedValueRollback resizing(m_resizing, true);
    for (int i = 0; i < m_header.count(); ++i) {
        const bool known = m_ownColumns && order.contains(keyOf(i));
        m_header.setSectionHidden(i, known ? !shown.contains(keyOf(i)) : m_header.isSectionHidden(i));
        m_ownWidths = m_ownWidths || settings.contains(widthKey(i));
        const int saved = settings.value(widthKey(i)).toInt() * m_unit / savedUnit;
        m_header.resizeSection(i, std::clamp(saved > 0 ? saved : firstWidth(i), kNarrowest, kWidest));
    }
    if (shownCount() == 0)
        m_header.setSectionHidden(0, false);
    const auto sort = logicalOf(settings.value(QStringLiteral("columns/sort")).toString());
    const bool down = settings.value(QStringLiteral("columns/descending")).toBool();
    m_header.setSortIndicator(sort, down ? Qt::DescendingOrder : Qt::AscendingOrder);
}

void ColumnLayout::moveInOrder(const QStringList& keys) {
    int visual = 0;
    for (const auto& key : keys) {
        const int logical = logicalOf(key);
        if (logical >= 0)
            m_header.moveSection(m_header.visualIndex(logical), visual++);
    }
}

void ColumnLayout::save(QSettings& settings) const {
    QStringList order;
    QStringList shown;
    if (!m_ownWidths)
        settings.remove(QStringLiteral("columns/width"));
    settings.setValue(kUnitKey, m_unit);
    for (int visual = 0; visual < m_header.count(); ++visual) {
        const int logical = m_header.logicalIndex(visual);
        order.append(keyOf(logical));
        if (!isSaved(logical))
            continue;
        shown.append(keyOf(logical));
        if (m_ownWidths)
            settings.setValue(widthKey(logical), m_header.sectionSize(logical));
    }
    settings.setValue(QStringLiteral("columns/order"), order);
    if (m_ownColumns)
        settings.setValue(QStringLiteral("columns/shown"), shown);
    else
        settings.remove(QStringLiteral("columns/shown"));
    const int sort = m_header.sortIndicatorSection();
    const bool sorted = sort >= 0 && sort < m_header.count();
    const bool passes = sorted && !isSaved(sort); // as if it had been hidden
    const QString sortKey = passes ? shown.value(0) : sorted ? keyOf(sort) : QString();
    settings.setValue(QStringLiteral("columns/sort"), sortKey);
    settings.setValue(QStringLiteral("columns/descending"), !passes && descending());
}

bool ColumnLayout::isLeftOut(int logical) const {
    return !m_ownColumns && m_header.isSectionHidden(logical) && columnAt(logical).leaves > 0;
}

bool ColumnLayout::isSaved(int logical) const {
    return !m_header.isSectionHidden(logical) && !m_passing.contains(logical);
}

int ColumnLayout::shownCount() const {
    return m_header.count() - m_header.hiddenSectionCount();
}

int ColumnLayout::lastShown() const {
    for (int visual = m_header.count() - 1; visual >= 0; --visual) {
        const int logical = m_header.logicalIndex(visual);
        if (!m_header.isSectionHidden(logical))
            return logical;
    }
    return -1;
}

int ColumnLayout::firstShown() const {
    for (int visual = 0; visual < m_header.count(); ++visual) {
        const int logical = m_header.logicalIndex(visual);
        if (!m_header.isSectionHidden(logical))
            return logical;
    }
    return -1;
}

void ColumnLayout::setShown(int logical, bool shown) {
    m_ownColumns = true;
    m_passing.erase(logical);
    show(logical, shown);
}

void ColumnLayout::show(int logical, bool shown) {
    if (!shown && shownCount() <= 1)
        return;
    const QScopedValueRollback resizing(m_resizing, true);
    m_header.setSectionHidden(logical, !shown);
    if (shown && m_header.sectionSize(logical) < kNarrowest)
        m_header.resizeSection(logical, 80);
    if (!shown && m_header.sortIndicatorSection() == logical)
        m_header.setSortIndicator(firstShown(), Qt::AscendingOrder);
}

void ColumnLayout::showPassing(int logical) {
    if (!m_header.isSectionHidden(logical))
        return;
    show(logical, true);
    m_passing.insert(logical);
}

void ColumnLayout::hidePassing() {
    for (const int logical : std::exchange(m_passing, {}))
        show(logical, false);
}

SortKey ColumnLayout::sortKey() const {
    const int section = m_header.sortIndicatorSection();
    const bool sorted = section >= 0 && section < m_header.count();
    return sorted ? columnAt(section).sort : SortKey::Kernel;
}

bool ColumnLayout::descending() const {
    return m_header.sortIndicatorOrder() == Qt::DescendingOrder;
}

} // namespace halfopen
