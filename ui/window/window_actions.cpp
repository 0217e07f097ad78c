// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/window_actions.h"

#include <QCoreApplication>
#include <QKeySequence>
#include <QMenu>
#include <QMenuBar>

namespace halfopen {

namespace {

struct Actions {
    Q_DECLARE_TR_FUNCTIONS(Actions)
};

QAction* newAction(QObject* owner, const char* name, const QString& text, const QKeySequence& keys = {}) {
    auto* action = new QAction(text, owner);
    action->setObjectName(QLatin1String(name));
    action->setShortcut(keys);
    return action;
}

QAction* newSwitch(QObject* owner, const char* name, const QString& text, const QKeySequence& keys, bool on) {
    auto* action = newAction(owner, name, text, keys);
    action->setCheckable(true);
    action->setChecked(on);
    return action;
}

/// Exclusive; the first is chosen.
template <std::size_t N>
std::array<QAction*, N> newChoices(QObject* owner, const std::array<const char*, N>& names,
                                   const std::array<QString, N>& texts) {
    auto* group = new QActionGroup(owner);
    std::array<QAction*, N> choices{};
    for (std::size_t i = 0; i < N; ++i) {
        choices[i] = newSwitch(owner, names[i], texts[i], {}, i == 0);
        group->addAction(choices[i]);
    }
    return choices;
}

} // namespace

WindowActions::WindowActions(QObject* owner)
    : openRecording(newAction(owner, "openRecording", Actions::tr("&Open Recording..."), QKeySequence::Open))
    , openLaboratory(newAction(owner, "openLaboratory", Actions::tr("Open the &Laboratory")))
    , openMachine(newAction(owner, "openMachine", Actions::tr("Back to &This Machine")))
    , quit(newAction(owner, "quit", Actions::tr("&Quit"), Qt::CTRL | Qt::Key_Q))
    , copy(newAction(owner, "copy", Actions::tr("&Copy"), QKeySequence::Copy))
    , selectAll(newAction(owner, "selectAll", Actions::tr("Select &All"), QKeySequence::SelectAll))
    , find(newAction(owner, "find", Actions::tr("&Filter"), QKeySequence::Find))
    , pause(newSwitch(owner, "pause", Actions::tr("&Pause"), Qt::Key_Space, false))
    , sampleNow(newAction(owner, "sampleNow", Actions::tr("Sample No&w"), QKeySequence::Refresh))
    , details(newSwitch(owner, "details", Actions::tr("&Details"), Qt::CTRL | Qt::Key_D, true))
    , largerText(newAction(owner, "largerText", Actions::tr("&Larger Text"), QKeySequence::ZoomIn))
    , smallerText(newAction(owner, "smallerText", Actions::tr("&Smaller Text"), QKeySequence::ZoomOut))
    , usualText(newAction(owner, "usualText", Actions::tr("&Usual Size"), Qt::CTRL | Qt::Key_0))
    , fullScreen(newSwitch(owner, "fullScreen", Actions::tr("&Full Screen"), Qt::Key_F11, false))
    , growDetails(
          newAction(owner, "growDetails", Actions::tr("&More Room for the Details"), Qt::CTRL | Qt::SHIFT | Qt::Key_Up))
    , shrinkDetails(newAction(owner, "shrinkDetails", Actions::tr("More Room for the &Table"),
                              Qt::CTRL | Qt::SHIFT | Qt::Key_Down))
    , preferences(newAction(owner, "preferences", Actions::tr("P&references..."), Qt::CTRL | Qt::Key_Comma))
    , legend(newAction(owner, "legend", Actions::tr("What the &Words Mean"), QKeySequence::HelpContents))
    , shortcuts(newAction(owner, "shortcuts", Actions::tr("&Keyboard Shortcuts"), Qt::CTRL | Qt::Key_Question))
    , about(newAction(owner, "about", Actions::tr("&About Halfopen"))) {
    const auto namePause = [action = pause](bool paused) {
        action->setText(paused ? Actions::tr("&Resume") : Actions::tr("&Pause"));
        action->setIconText(paused ? Actions::tr("Resume (Space)") : Actions::tr("Pause (Space)"));
    };
    namePause(false);
    QObject::connect(pause, &QAction::toggled, pause, namePause);
    quit->setShortcuts({quit->shortcut(), Qt::CTRL | Qt::Key_W});
    largerText->setShortcuts({largerText->shortcut(), Qt::CTRL | Qt::Key_Equal}); // plus without Shift
    // Space belongs to the table: in the filter it is typed, on a button it presses the button.
    pause->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    copy->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    selectAll->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    appearances =
        newChoices(owner, std::array{"appearanceSystem", "appearanceLight", "appearanceDark", "appearanceContrast"},
                   std::array{Actions::tr("As the &System"), Actions::tr("&Light"), Actions::tr("&Dark"),
                              Actions::tr("&High Contrast")});
    sides = newChoices(
        owner, std::array{"detailsByWidth", "detailsBelow", "detailsBeside"},
        std::array{Actions::tr("By the &Width"), Actions::tr("&Below the Table"), Actions::tr("Be&side the Table")});
}

void WindowActions::addTo(QMenuBar& bar) {
    auto* file = bar.addMenu(Actions::tr("&File"));
    file->addActions({openRecording, openLaboratory, openMachine});
    file->addSeparator();
    file->addAction(quit);
    auto* edit = bar.addMenu(Actions::tr("&Edit"));
    edit->addActions({copy, selectAll});
    edit->addSeparator();
    edit->addAction(find);
    edit->addSeparator();
    edit->addAction(preferences);
    view = bar.addMenu(Actions::tr("&View"));
    view->addActions({pause, sampleNow, details});
    view->addSeparator();
    auto* size = view->addMenu(Actions::tr("&Text Size"));
    size->addActions({largerText, smallerText, usualText});
    view->addAction(fullScreen);
    auto* look = view->addMenu(Actions::tr("&Appearance"));
    for (auto* appearance : appearances)
        look->addAction(appearance);
    auto* place = view->addMenu(Actions::tr("P&lace of the Details"));
    for (auto* side : sides)
        place->addAction(side);
    place->addSeparator();
    place->addActions({growDetails, shrinkDetails});
    auto* help = bar.addMenu(Actions::tr("&Help"));
    help->addActions({legend, shortcuts, about});
}

} // namespace halfopen
