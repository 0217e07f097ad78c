// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/comparison/comparison_model.h"
#include "ui/window/services.h"

#include <QObject>

class QAction;
class QMenuBar;

namespace halfopen {

/// Compares what is shown with an earlier recording, which is read on a thread of its own.
class CompareFlow final : public QObject {
    Q_OBJECT

public:
    /// @param window  parent of the dialogs, and of this
    CompareFlow(const WindowServices& services, QWidget* window);

    void addTo(QMenuBar& bar); ///< into its first menu, File
    /// What is shown now, and its name: "" is this machine.
    void show(const FramePtr& frame);
    void setSourceName(const QString& file) { m_source = file; }

Q_SIGNALS:
    void failed(const QString& sentence);

private:
    void ask();
    void compareWith(const QString& file);
    void tell(const QString& file, const ComparedFrames& frames);

    const WindowServices& m_services;
    QWidget* m_window;
    QAction* m_compare;
    FramePtr m_frame;
    QString m_source;
};

} // namespace halfopen
