// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/query.h"

#include <QStringList>

#include <set>

class QHeaderView;
class QSettings;

namespace halfopen {

/// Which columns are shown, in which order, how wide, and by which the rows are sorted. Remembered by the columns'
/// keys, so that a column which a later version adds or drops disturbs nothing.
class ColumnLayout {
public:
    /// @param header  not owned; its model has one section per columns()
    explicit ColumnLayout(QHeaderView& header)
        : m_header(header) {}

    void reset();                            ///< as at a first start; fill() comes after
    void restore(const QSettings& settings); ///< what is missing or unknown there keeps its place
    void save(QSettings& settings) const;

    int shownCount() const;
    int firstShown() const; ///< the logical index of the leftmost shown column; -1: none
    int lastShown() const;  ///< of the rightmost
    /// Until a person has chosen columns: shows as many as `width` pixels have room for (Column::leaves, comes). Until
    /// a person has set a width: gives what is left to the columns that gain by it, or takes a little from each.
    void fill(int width);
    /// The header has another font: widths are as many digits as before.
    void followFont(int width);
    /// A width has changed; where it was not this layout's doing, widths are the person's from now on.
    void noteResized() { m_ownWidths = m_ownWidths || !m_resizing; }
    /// Shows or hides a column, as a person wants it. The last one shown cannot be hidden. Hiding the one that sorts
    /// moves the sort to the first column still shown.
    void setShown(int logical, bool shown);
    /// Shows a hidden column until hidePassing(), and save() has it as hidden; setShown() makes it as any other.
    void showPassing(int logical);
    /// Whether it is hidden for want of room alone.
    bool isLeftOut(int logical) const;
    void hidePassing();

    SortKey sortKey() const; ///< SortKey::Kernel where no column sorts
    bool descending() const;

private:
    void moveInOrder(const QStringList& keys);
    int firstWidth(int logical) const;
    void chooseColumns(int width);
    void spread(int width);
    void show(int logical, bool shown);
    int unit() const;                ///< pixels of a digit
    bool isSaved(int logical) const; ///< as shown

    QHeaderView& m_header;
    int m_unit = 1;            ///< unit() of the widths
    bool m_ownWidths = false;  ///< a person has set one
    bool m_ownColumns = false; ///< a person has shown or hidden one
    bool m_resizing = false;
    std::set<int> m_passing; ///< shown by showPassing()
};

} // namespace halfopen
