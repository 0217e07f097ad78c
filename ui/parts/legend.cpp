// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/legend.h"

#include "core/query/order.h"
#include "ui/look/diagnosis_icon.h"
#include "ui/look/strings.h"
#include "ui/look/text.h"
#include "ui/look/theme.h"
#include "ui/parts/fact_panel.h"

#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace halfopen {

namespace {

struct Legend {
    Q_DECLARE_TR_FUNCTIONS(Legend)
};

constexpr int kIcon = 16; ///< pixels, beside letters of a usual size

QLabel* newLabel(const QString& text, bool bold) {
    auto* label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(!bold);
    auto font = label->font();
    font.setBold(bold);
    label->setFont(font);
    return label;
}

/// The worst first, as the table sorts them.
std::array<Diagnosis, kDiagnosisCount> byWorry() {
    std::array<Diagnosis, kDiagnosisCount> all{};
    for (std::size_t i = 0; i < kDiagnosisCount; ++i)
        all[worryOf(static_cast<Diagnosis>(i))] = static_cast<Diagnosis>(i);
    return all;
}

QWidget* newWords(const QWidget& dialog) {
    auto* page = new QWidget;
    auto* grid = new QGridLayout(page);
    grid->setHorizontalSpacing(12);
    grid->setColumnStretch(2, 1);
    grid->addWidget(newLabel(Legend::tr("What if the peer were gone right now?"), false), 0, 0, 1, 3);
    for (const Diagnosis diagnosis : byWorry()) {
        auto* icon = new QLabel;
        const auto& color = themeOf(dialog.palette()).of(diagnosis);
        icon->setPixmap(
            diagnosisPixmap(diagnosis, color, iconSizeFor(dialog.fontMetrics(), kIcon), dialog.devicePixelRatioF()));
        const int row = grid->rowCount();
        grid->addWidget(icon, row, 0);
        grid->addWidget(newLabel(diagnosisLabel(diagnosis), true), row, 1);
        grid->addWidget(newLabel(diagnosisMeaning(diagnosis), false), row, 2);
    }
    grid->setRowStretch(grid->rowCount(), 1);
    return page;
}

FactGroup marks() {
    const auto change = [](Change what) { return changeLabel(what); };
    return {Legend::tr("Marks"),
            {{QStringLiteral("+"), change(Change::New), {}},
             {QStringLiteral("\u25c7"), change(Change::Changed), {}},
             {QStringLiteral("\u00d7"), change(Change::Closed), {}},
             {Legend::tr("Bell"), Legend::tr("Watched: what befalls it is told (Connection > Notify)."), {}},
             {QStringLiteral("!"),
              Legend::tr("Something moves its forecast beside a silent peer; its tip and its details say what."),
              {}}}};
}

FactGroup numbers() {
    return {
        Legend::tr("Numbers"),
        {{QStringLiteral("60/10/6"), Legend::tr("Keepalive: idle time and interval in seconds, number of probes."), {}},
         {QStringLiteral("(7200/75/9)"), Legend::tr("In brackets: the system's setting, taken for granted."), {}},
         {QStringLiteral("~60"), Legend::tr("In italics, with ~: a guess, or resting on what could not be read."), {}},
         {QStringLiteral("?"), Legend::tr("Another timer hides it."), {}},
         {QStringLiteral("3/15"), Legend::tr("Unanswered, of those that are allowed."), {}},
         {Legend::tr("1h 47m \u00b1"
                     "2m"),
          Legend::tr("A band: some time from 1h 45m to 1h 49m."),
          {}},
         {Legend::tr("> 5m", "an age"), Legend::tr("At least: it was there before Halfopen looked."), {}}}};
}

FactGroup provenances() {
    FactGroup group{Legend::tr("Where a number is known from"), {}};
    for (const auto from :
         {Provenance::Exact, Provenance::Derived, Provenance::Inferred, Provenance::Assumed, Provenance::Hidden})
        group.facts.push_back({provenanceLabel(from), provenanceMeaning(from), {}});
    return group;
}

constexpr int kKeyColumn = 44; ///< characters

void addKeys(FactGroup& group, const QMenu& menu) {
    for (const auto* action : menu.actions()) {
        if (action->menu())
            addKeys(group, *action->menu());
        else if (!action->shortcut().isEmpty())
            group.facts.push_back(
                {action->shortcut().toString(QKeySequence::NativeText), withoutMnemonic(action->text()), {}});
    }
}

/// Those that stand in no menu.
FactGroup otherKeys() {
    const auto key = [](const QKeySequence& keys) { return keys.toString(QKeySequence::NativeText); };
    return {Legend::tr("Other Keys"),
            {{key(Qt::Key_Return), Legend::tr("Details of what is chosen"), {}},
             {Legend::tr("Letters"), Legend::tr("Filter the table they are typed over"), {}},
             {QStringLiteral("/"), Legend::tr("Go to the filter"), {}},
             {key(Qt::Key_Escape), Legend::tr("No filter any more"), {}},
             {key(Qt::Key_Right), Legend::tr("Expand the group"), {}},
             {key(Qt::Key_Left), Legend::tr("Collapse the group"), {}},
             {key(Qt::SHIFT | Qt::Key_F10), Legend::tr("Menu of the row"), {}},
             {key(Qt::CTRL | Qt::Key_G), Legend::tr("Choose what to group by"), {}},
             {key(Qt::Key_T), Legend::tr("Chart as table, or as chart again"), {}},
             {key(Qt::CTRL | Qt::Key_PageDown), Legend::tr("Next page"), {}},
             {key(Qt::CTRL | Qt::Key_PageUp), Legend::tr("Previous page"), {}}}};
}

FactGroups allKeys(const QMenuBar& bar) {
    FactGroups groups;
    for (const auto* menu : bar.actions()) {
        FactGroup group{withoutMnemonic(menu->text()), {}};
        if (menu->menu())
            addKeys(group, *menu->menu());
        if (!group.facts.empty())
            groups.push_back(std::move(group));
    }
    groups.push_back(otherKeys());
    return groups;
}

QWidget* newPanel(FactPanel::Shape shape, int columnCharacters, const FactGroups& groups) {
    auto* panel = new FactPanel(shape, columnCharacters);
    panel->show(groups);
    return panel;
}

} // namespace

void showLegend(QWidget* parent, const QMenuBar& bar, LegendPage first) {
    auto* dialog = new QDialog(parent);
    dialog->setObjectName(QStringLiteral("legend"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(Legend::tr("What the Words Mean"));
    auto* pages = new QTabWidget;
    pages->addTab(newWords(*dialog), Legend::tr("&Words"));
    pages->addTab(newPanel(FactPanel::Shape::Sentences, 0, {marks(), numbers(), provenances()}),
                  Legend::tr("&Marks and Numbers"));
    pages->addTab(newPanel(FactPanel::Shape::Numbers, kKeyColumn, allKeys(bar)), Legend::tr("&Keys"));
    pages->setCurrentIndex(static_cast<int>(first));
    auto* layout = new QVBoxLayout(dialog);
    layout->addWidget(pages, 1);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::close);
    layout->addWidget(buttons);
    dialog->resize(740, 480);
    dialog->show();
}

} // namespace halfopen
