// SPDX-License-Identifier: GPL-3.0-or-later
// The verb of HelperService on the programs that read sockets exactly: for a caller who goes on reading without the
// helper.
#include "app/bus/bus_types.h"
#include "app/helper/helper_service.h"
#include "core/kernel/bpf/exact_record.h"

#include <QDBusUnixFileDescriptor>

namespace halfopen {
namespace {

const QString kReadExactly = QStringLiteral("org.halfopen.helper.read-exactly");

QVariant toBus(int descriptor) {
    return QVariant::fromValue(QDBusUnixFileDescriptor(descriptor)); // a copy, which goes with the message
}

} // namespace

void HelperService::openExactSource(const QDBusMessage& message) {
    const auto possible = [] { return ExactPrograms::check().map_error(toPrivilegeError); };
    Verb verb{kReadExactly, possible, [] { return Outcome<Details>(Details{}); }, {}};
    verb.slowWork = [&loader = m_loader](const Caller& caller) {
        const auto programs = loader.openExact();
        if (!programs)
            return Deed{tl::unexpected(programs.error())};
        return Deed{QVariantList{toBus((*programs)->sockets()), toBus((*programs)->owners()),
                                 static_cast<uint>(EXACT_RECORD_VERSION), static_cast<uint>(sizeof(exact_record))},
                    {lineForExactSource(caller)}};
    };
    submit(message, std::move(verb));
}

} // namespace halfopen
