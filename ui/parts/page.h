// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/frame_formats.h"
#include "core/model/frame.h"
#include "ui/parts/details_splitter.h"

#include <QAction>
#include <QList>
#include <QWidget>

#include <cstdint>
#include <functional>
#include <vector>

class QMenu;
class QSettings;

namespace halfopen {

/// A page of the window: what the window's bar, menus and frames need of it. Whether it is shown it learns as every
/// widget does (showEvent(), hideEvent()).
class Page : public QWidget {
    Q_OBJECT

public:
    using QWidget::QWidget;

    /// A page takes the room there is; nobody has to lay out all that is on hidden ones to know how high they would be.
    bool hasHeightForWidth() const override { return false; }

    virtual QString title() const = 0; ///< in the bar, translated
    /// Every frame, also while the page is hidden and while the table of connections is paused.
    virtual void showFrame(const FramePtr& newest) = 0;

    /// A menu for the menu bar; null: none.
    virtual QMenu* menu() { return nullptr; }
    /// The verbs of the window whose shortcuts belong to the page's table.
    virtual void addTableActions(const QList<QAction*>&) {}

    /// Where Space pauses, and a button for it where the page has one of its own.
    virtual void addPauseAction(QAction*) {}
    /// What the page shows stands still, or goes on.
    virtual void setPaused(bool) {}

    /// Which of the window's verbs have something to act on here. The others are disabled while the page is shown: no
    /// verb acts on what is hidden.
    struct Abilities {
        bool table = false;   ///< to copy from, to select in
        bool filter = false;  ///< to type into
        bool pause = false;   ///< what it shows can stand still
        bool details = false; ///< can be hidden
    };
    virtual Abilities abilities() const { return {}; }

    // What the menu Edit does while the page is shown.
    virtual void copySelection() {}
    virtual void selectAll() {}
    virtual void focusFilter() {}
    /// Puts the keyboard's focus into what is mainly used here. @return  false: there is no such thing
    virtual bool takeFocus() { return false; }

    /// Of what the page shows: what is selected, all that its filter lets through, all there is.
    enum class Scope : std::uint8_t { Chosen, Shown, All };
    /// What can be written into a file, or copied, and as what.
    struct Exportable {
        std::vector<FrameFormat> formats; ///< empty: there is nothing
        /// Takes its time, on any thread. @return false where the output refused
        std::function<bool(FrameFormat format, const Output& output)> write;
    };
    virtual Exportable exportable(Scope) const { return {}; }

    /// Writes into the query what the page wants to be told.
    virtual void applyTo(Query&) const {}

    /// Where the details of what is chosen in its table stand.
    virtual void setDetailsSide(DetailsSide) {}
    /// More room for them, or less, as by the bar between them and the table.
    virtual void growDetails(int) {}

    virtual void restore(const QSettings&) {}
    virtual void save(QSettings&) const {}
    /// Asked before the window closes. A page that says false asks the person, and calls `close` when nothing is open
    /// any more; never, where the person would rather stay.
    virtual bool mayClose(const std::function<void()>& close);

Q_SIGNALS:
    void chosen(); ///< applyTo() would write something else now
};

} // namespace halfopen
