// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/permission.h"

#include "ui/look/strings.h"
#include "ui/look/translated.h"

#include <QCoreApplication>

namespace halfopen {

namespace {

struct Permission {
    Q_DECLARE_TR_FUNCTIONS(Permission)
};

/// A timer that runs in the place of the keepalive timer.
bool isMasked(const Row& row) {
    const auto kind = row.connection.timer.kind();
    return kind != TimerKind::None && kind != TimerKind::Keepalive;
}

} // namespace

QString missingRight(const Row& row) {
    if (!needsPermission(row))
        return {};
    return isForRoot(row.unread) ? translated(sentenceOf(row.unread)) : ownerUnknownSentence(row.ownerUnknown);
}

QString provenanceLabel(Provenance from, const Row& row) {
    if (from != Provenance::Hidden || isMasked(row))
        return provenanceLabel(from);
    return needsPermission(row) ? Permission::tr("not readable") : Permission::tr("not known");
}

QString provenanceMeaning(Provenance from, const Row& row) {
    if (from != Provenance::Hidden || isMasked(row))
        return provenanceMeaning(from);
    return needsPermission(row) ? Permission::tr("another user's socket, or a protected one, which takes root to read")
                                : Permission::tr("no timer runs that would tell, and the socket was not read");
}

} // namespace halfopen
