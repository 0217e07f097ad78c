// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/dialogs.h"

#include "ui/look/diagnosis_icon.h"
#include "ui/look/strings.h"
#include "ui/look/theme.h"

#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QIcon>
#include <QLabel>
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
