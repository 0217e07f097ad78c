// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/units.h"
#include "ui/details/subject.h"
#include "ui/parts/verb.h"

#include <QString>

namespace halfopen {

/// What a person can do about a connection, and the button for it.
struct Advice {
    QString text;
    Verb verb = Verb::None;
    QString verbText{}; ///< on the button
    QString command{};  ///< of Verb::CopyCommand

    bool operator==(const Advice&) const = default;
};

/// By what holds of it, else by its diagnosis: each has an answer.
Advice adviceFor(const Subject& subject, MonotonicTime now);

/// What can be done about connections like it that are still to come; its text stands nowhere. Verb::None: nothing.
Advice adviceForLater(const Subject& subject);

} // namespace halfopen
