// SPDX-License-Identifier: GPL-3.0-or-later
// The verb of BusOperations on the programs that read sockets exactly.
#include "app/bus/bus_operations.h"
#include "app/bus/bus_types.h"
#include "core/kernel/bpf/exact_programs.h"
#include "core/kernel/bpf/exact_record.h"
#include "core/kernel/iterator.h"

#include <QDBusUnixFileDescriptor>

#include <fcntl.h>

#include <cerrno>
#include <utility>

namespace halfopen {
namespace {

/// Of one's own: what came with the message goes with it.
UniqueFd copyOf(const QVariant& argument) {
    return UniqueFd(::fcntl(qvariant_cast<QDBusUnixFileDescriptor>(argument).fileDescriptor(), F_DUPFD_CLOEXEC, 3));
}

/// Tried once: where this process may not make a pass (a sandbox that forbids bpf(2)), nothing that comes would.
Outcome<ExactProgramsPtr> programsOf(const QDBusMessage& reply) {
    if (reply.signature() != QLatin1String("hhuu"))
        return otherVersion();
    const QVariantList& arguments = reply.arguments();
    if (arguments[2].toUInt() != EXACT_RECORD_VERSION || arguments[3].toUInt() != sizeof(exact_record))
        return otherVersion();
    auto programs = ExactPrograms::handed(copyOf(arguments[0]), copyOf(arguments[1]));
    if (!UniqueFd(createIterator(programs->sockets())))
        return refusal(PrivilegeErrorKind::NotSupported,
                       Sentence::tr("This process is not let use what the helper has opened: {0}.", Errno{errno}));
    return programs;
}

} // namespace

RequestToken BusOperations::openExactSource(Operations::Done<ExactProgramsPtr> done) {
    BusCall call;
    call.method = QStringLiteral("OpenExactSource");
    call.interactive = m_interactive;
    call.answered = [done = std::move(done)](const Outcome<QDBusMessage>& reply) { done(reply.and_then(programsOf)); };
    return enqueue(std::move(call));
}

} // namespace halfopen
