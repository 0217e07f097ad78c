// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/privilege_error.h"

#include <QDBusConnection>
#include <QMap>
#include <QObject>
#include <QString>

#include <functional>

namespace halfopen {

/// One question to polkit.
struct Question {
    QString caller; ///< unique bus name: the subject is the connection, never a pid, which could be reused
    QString action; ///< "org.halfopen.helper.set-keepalive-defaults"
    QMap<QString, QString> details; ///< for the message and for rules; made by the helper alone, no word of the caller
    bool interactive = false;       ///< the caller allows a dialog
};

/// polkitd, asked without ever blocking. Every answer that is not a plain yes is a refusal.
class Authority : public QObject {
    Q_OBJECT

public:
    using Answer = std::function<void(Outcome<void>)>;

    explicit Authority(const QDBusConnection& bus, QObject* parent = nullptr);

    /// @param id      to withdraw the question by; unique among those open
    /// @param answer  called once, from the event loop: done, or InteractionRequired, Dismissed, NotAuthorized,
    /// NoAuthority.
    ///                It may come minutes later, and after withdraw() still
    void ask(quint64 id, const Question& question, Answer answer);

    /// Closes the dialog, if there is one.
    void withdraw(quint64 id);

private:
    QDBusConnection m_bus;
};

} // namespace halfopen
