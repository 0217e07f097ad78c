// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/parts/page.h"
#include "ui/window/services.h"

#include <QObject>

#include <array>

class QAction;
class QMenu;
class QMenuBar;

namespace halfopen {

/// Writes what a page shows into a file or onto the clipboard, by core's writers, on a thread of its own.
class ExportFlow final : public QObject {
    Q_OBJECT

public:
    /// @param current  the page that is shown
    /// @param window   parent of the dialogs, and of this
    ExportFlow(const WindowServices& services, std::function<Page&()> current, QWidget* window);

    void addTo(QMenuBar& bar); ///< into its first two menus, File and Edit
    QMenu* copyAs() const { return m_copyAs; }
    /// Which of them have something to act on.
    void showAbilities(const FramePtr& frame);

Q_SIGNALS:
    void said(const QString& sentence); ///< what became of it

private:
    void ask(Page::Scope scope);
    void exportTo(const QString& file, Page::Scope scope, FrameFormat format);
    void askForRecording();
    void recordTo(const QString& file);
    void fillCopyAs();
    void copy(FrameFormat format);

    const WindowServices& m_services;
    std::function<Page&()> m_current;
    QWidget* m_window;
    FramePtr m_frame;
    QAction* m_shown;
    QAction* m_all;
    QAction* m_recording;
    QMenu* m_copyAs;
};

} // namespace halfopen
