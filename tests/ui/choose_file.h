// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/child.h"

#include <QAction>
#include <QApplication>
#include <QEvent>
#include <QFileDialog>

namespace halfopen::test {

/// Chooses a file in the dialog that a verb of the window opens.
inline void chooseFile(const QWidget& window, const char* verb, const QString& file) {
    child<QAction>(window, verb).trigger();
    auto& dialog = child<QFileDialog>(window);
    Q_EMIT dialog.fileSelected(file);
    dialog.close();
    QApplication::sendPostedEvents(&dialog, QEvent::DeferredDelete);
}

} // namespace halfopen::test
