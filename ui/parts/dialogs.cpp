// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/dialogs.h"

#include <QCoreApplication>
#include <QIcon>
#include <QMessageBox>

#include "halfopen_version.h"

namespace halfopen {

namespace {

struct Dialogs {
    Q_DECLARE_TR_FUNCTIONS(Dialogs)
};

} // namespace

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
