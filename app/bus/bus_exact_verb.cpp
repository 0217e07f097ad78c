// SPDX-License-Identifier: GPL-3.0-or-later
// The verb of BusOperations on the programs that read sockets exactly.
#include "app/bus/bus_operations.h"
#include "app/bus/bus_types.h"
#include "app/contract/bus_exact.h"

#include <QDBusArgument>
#include <QDBusUnixFileDescriptor>

#include <fcntl.h>

#include <utility>
#include <vector>

namespace halfopen {
namespace {

UniqueFd copyOf(const QVariant& argument) {
    return UniqueFd(::fcntl(qvariant_cast<QDBusUnixFileDescriptor>(argument).fileDescriptor(), F_DUPFD_CLOEXEC, 3));
}

Outcome<ExactProgramsPtr> programsOf(const QDBusMessage& reply) {
    if (reply.signature().toStdString() != kExactAnswer)
        return otherVersion();
    const QVariantList& arguments = reply.arguments();
    std::vector<UniqueFd> ends;
    for (const auto& fd : qdbus_cast<QList<QDBusUnixFileDescriptor>>(arguments[4]))
        ends.push_back(copyOf(QVariant::fromValue(fd)));
    return programsFrom(copyOf(arguments[0]), copyOf(arguments[1]), arguments[2].toUInt(), arguments[3].toUInt(),
                        std::move(ends), arguments[5].toULongLong());
}

} // namespace

RequestToken BusOperations::openExactSource(Operations::Done<ExactProgramsPtr> done) {
    BusCall call;
    call.method = QStringLiteral("OpenExactSource");
    call.command = kCommandToReadExactly;
    call.interactive = m_interactive;
    call.answered = [done = std::move(done)](const Outcome<QDBusMessage>& reply) { done(reply.and_then(programsOf)); };
    return enqueue(std::move(call));
}

} // namespace halfopen
