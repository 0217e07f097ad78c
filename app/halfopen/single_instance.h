// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QVariantMap>
#include <QWidget>

namespace halfopen {

/// One window for each session: whoever starts the program once more is shown the one that is there. The window has a
/// name on the session bus, where others reach it as org.freedesktop.Application.
/// Source: Desktop Entry Specification, D-Bus Activation.
class SingleInstance final : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Application")

public:
    /// Raises the window of another process. @return false: there is none, or no session bus
    static bool raiseOther();

    /// Takes the name for this window, where nobody has it.
    explicit SingleInstance(QWidget& window);
    ~SingleInstance() override;
    bool isTheOne() const { return m_named; } ///< false: another has the name, or there is no session bus

public Q_SLOTS:
    Q_SCRIPTABLE void
    Activate(const QVariantMap& platformData); // NOLINT(readability-identifier-naming): the bus's name

private:
    QWidget& m_window;
    bool m_named = false;
};

} // namespace halfopen
