// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/halfopen/options.h"
#include "core/model/frame.h"

#include <QObject>
#include <QTimer>

namespace halfopen {

class MainWindow;

/// Takes one picture of the window, a while after the first frame with connections, and ends the program: 0, or 1 where
/// the file could not be written or no connection came within ten seconds.
class Screenshot final : public QObject {
    Q_OBJECT

public:
    /// @param window  outlives this
    Screenshot(MainWindow& window, const Options& options, QObject* parent);

    /// To be called with every frame once it is shown.
    void frameShown(const Frame& frame);

private:
    void selectIn(const Frame& frame);
    void take();

    MainWindow& m_window;
    Options m_options;
    QTimer m_timer;
    bool m_waiting = true;
};

} // namespace halfopen
