// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/dialogs.h"

#include "ui/look/diagnosis_icon.h"
#include "ui/look/strings.h"
#include "ui/look/text.h"
#include "ui/look/theme.h"
#include "ui/parts/fact_panel.h"

#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QIcon>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QVBoxLayout>

#include "halfopen_version.h"

namespace halfopen {

namespace {

struct Dialogs {
    Q_DECLARE_TR_FUNCTIONS(Dialogs)
};

QLabel* newLabel(const QString& text, bool bold) {
    auto* label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(!bold);
    auto font = label->font();
    font.setBold(bold);
    label->setFont(font);
    return label;
}

void addDiagnoses(QGridLayout& grid, const QWidget& dialog) {
    for (std::size_t i = 0; i < kDiagnosisCount; ++i) {
        const auto diagnosis = static_cast<Diagnosis>(i);
        auto* icon = new QLabel;
        const auto& color = themeOf(dialog.palette()).of(diagnosis);
        icon->setPixmap(diagnosisPixmap(diagnosis, color, 16, dialog.devicePixelRatioF()));
        const int row = grid.rowCount();
        grid.addWidget(icon, row, 0);
        grid.addWidget(newLabel(diagnosisLabel(diagnosis), true), row, 1);
        grid.addWidget(newLabel(diagnosisMeaning(diagnosis), false), row, 2);
    }
}

void addProvenances(QGridLayout& grid) {
    constexpr Provenance kAll[] = {Provenance::Exact, Provenance::Derived, Provenance::Inferred, Provenance::Assumed,
                                   Provenance::Hidden};
    for (const auto provenance : kAll) {
        const int row = grid.rowCount();
        grid.addWidget(newLabel(provenanceLabel(provenance), true), row, 1);
        grid.addWidget(newLabel(provenanceMeaning(provenance), false), row, 2);
    }
}

void addHeading(QGridLayout& grid, const QString& text) {
    grid.addWidget(newLabel(text, false), grid.rowCount(), 0, 1, 3);
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
    return {Dialogs::tr("Other Keys"),
            {{key(Qt::Key_Return), Dialogs::tr("Details of what is chosen"), {}},
             {Dialogs::tr("Letters"), Dialogs::tr("Typed over the table they filter it; / goes to the filter"), {}},
             {key(Qt::Key_Escape), Dialogs::tr("No filter any more"), {}},
             {key(Qt::Key_Right), Dialogs::tr("Expand the group"), {}},
             {key(Qt::Key_Left), Dialogs::tr("Collapse the group"), {}},
             {key(Qt::SHIFT | Qt::Key_F10), Dialogs::tr("Menu of the row"), {}},
             {key(Qt::CTRL | Qt::Key_G), Dialogs::tr("Choose what to group by"), {}},
             {key(Qt::Key_T), Dialogs::tr("Chart as table, or as chart again"), {}},
             {key(Qt::CTRL | Qt::Key_PageDown), Dialogs::tr("Next page"), {}},
             {key(Qt::CTRL | Qt::Key_PageUp), Dialogs::tr("Previous page"), {}}}};
}

} // namespace

void showLegend(QWidget* parent) {
    auto* dialog = new QDialog(parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(Dialogs::tr("What the Words Mean"));
    auto* layout = new QVBoxLayout(dialog);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(12);
    grid->setColumnStretch(2, 1);
    addHeading(*grid, Dialogs::tr("What if the peer were gone right now?"));
    addDiagnoses(*grid, *dialog);
    addHeading(*grid, Dialogs::tr("Where a number is known from. What is in italics is a guess."));
    addProvenances(*grid);
    layout->addLayout(grid);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::close);
    layout->addWidget(buttons);
    dialog->resize(620, dialog->sizeHint().height());
    dialog->show();
}

void showShortcuts(QWidget* parent, const QMenuBar& bar) {
    auto* dialog = new QDialog(parent);
    dialog->setObjectName(QStringLiteral("shortcuts"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(Dialogs::tr("Keyboard Shortcuts"));
    FactGroups groups;
    for (const auto* menu : bar.actions()) {
        FactGroup group{withoutMnemonic(menu->text()), {}};
        if (menu->menu())
            addKeys(group, *menu->menu());
        if (!group.facts.empty())
            groups.push_back(std::move(group));
    }
    groups.push_back(otherKeys());
    auto* layout = new QVBoxLayout(dialog);
    auto* facts = new FactPanel(FactPanel::Shape::Numbers, kKeyColumn);
    facts->show(groups);
    layout->addWidget(facts, 1);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::close);
    layout->addWidget(buttons);
    dialog->resize(740, 440);
    dialog->show();
}

void showAbout(QWidget* parent) {
    auto* box = new QMessageBox(parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(Dialogs::tr("About Halfopen"));
    box->setIconPixmap(QIcon(QStringLiteral(":/icons/org.halfopen.Halfopen.svg")).pixmap(64, 64));
    box->setTextFormat(Qt::RichText);
    box->setText(QStringLiteral("<b>Halfopen %1</b>").arg(QLatin1String(kVersion)));
    box->setInformativeText(
        Dialogs::tr("Shows which TCP connections are really alive, when the kernel will next check on each "
                    "of them, and when and why it will give each of them up.\n\nFree software under the "
                    "GNU General Public License, version 3 or later."));
    box->open();
}

} // namespace halfopen
