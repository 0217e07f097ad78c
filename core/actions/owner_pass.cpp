// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/actions/owner_pass.h"

#include <fmt/format.h>

#include <utility>

namespace halfopen {
namespace {

using Kind = PrivilegeErrorKind;

// Between two looks at the clock; one of them costs a microsecond or two.
constexpr int kStepsAtOnce = 32;

Kind kindOf(OwnerUnknown why) {
    switch (why) {
    case OwnerUnknown::OtherUser:
    case OwnerUnknown::Unseen:
    case OwnerUnknown::ProcHidden:
    case OwnerUnknown::NoCapability:
    case OwnerUnknown::Denied:
    case OwnerUnknown::UnmappedUser:
        return Kind::NotAuthorized;
    case OwnerUnknown::NoFiles:
        return Kind::WriteFailed;
    default:
        return Kind::NotSupported;
    }
}

} // namespace

Outcome<Reach> reachForChange(const Connection& connection) {
    if (connection.inode == 0)
        return tl::unexpected(withoutDescriptor(connection));
    return Reach{&connection, connection.inode, connection.cookie};
}

Outcome<Reach> reachForReading(const SocketTargets& targets, const Connection& connection) {
    if (!connection.isNotAccepted())
        return reachForChange(connection);
    const auto* listener = targets.listenerOf(connection);
    if (listener == nullptr)
        return refusal(Kind::NotSupported,
                       Sentence::tr("The connection waits in a listener's queue, and which listener's is not to "
                                    "be told: several share the port."));
    return Reach{&connection, listener->inode, listener->cookie};
}

OwnerPass::OwnerPass(std::vector<Reach> reaches)
    : m_reaches(std::move(reaches))
    , m_seen(m_reaches.size()) {
    for (std::size_t index = 0; index < m_reaches.size(); ++index)
        m_open.emplace(m_reaches[index].inode, index);
}

void OwnerPass::run(MonotonicTime until, const Take& take) {
    bool more = true;
    while (more && !m_open.empty()) {
        m_busy = MonotonicClock::now() >= until;
        if (m_busy)
            return;
        for (int i = 0; i < kStepsAtOnce && more && !m_open.empty(); ++i) {
            more = m_walk.step();
            if (more && m_walk.inode() != 0)
                found(take);
        }
    }
    for (const InRing& ring : m_rings)
        if (!m_seen[ring.index])
            handOver(ring.index, ring.owner, take);
}

void OwnerPass::found(const Take& take) {
    auto [at, end] = m_open.equal_range(m_walk.inode());
    while (at != end) {
        const std::size_t index = at->second;
        if (m_walk.fd() < 0) {
            m_rings.push_back({index, m_walk.owner()});
            ++at;
            continue;
        }
        m_seen[index] = true;
        at = take(index, m_walk.owner()) ? m_open.erase(at) : std::next(at);
    }
}

void OwnerPass::handOver(std::size_t index, const Owner& owner, const Take& take) {
    m_seen[index] = true;
    static_cast<void>(take(index, owner));
}

PrivilegeError OwnerPass::whyNobody(std::size_t index) const {
    if (m_busy)
        return tookTooLong();
    Connection sought = *m_reaches[index].connection;
    sought.inode = m_reaches[index].inode;
    return refusedBy(halfopen::whyNobody(sought, m_walk.obstacles(), ownRights()));
}

PrivilegeError tookTooLong() {
    return {Kind::Busy,
            Sentence::tr("Looking through the descriptors of all processes took too long; try again when the machine "
                         "has less to do."),
            {}};
}

PrivilegeError heldUp() {
    return {Kind::WriteFailed,
            Sentence::tr("The kernel has not answered yet: a program holds the lock of its socket, as it waits inside "
                         "a system call on "
                         "it."),
            {}};
}

PrivilegeError lockedByProgram() {
    return {Kind::Busy,
            Sentence::tr("A program holds its lock while it waits inside a system call on it, and the kernel would not "
                         "answer before that ends: nothing was done."),
            {}};
}

PrivilegeError refusedBy(ReadRefusal refusal) {
    return toPrivilegeError(errorOf(refusal));
}

PrivilegeError refusedBy(OwnerUnknown why) {
    return {kindOf(why), sentenceOf(why), {}};
}

PrivilegeError noSuchConnection(std::uint64_t cookie) {
    return {Kind::NoSuchConnection,
            Sentence::tr("There is no TCP socket with the cookie {0} here (any more).", Hex{cookie}),
            {}};
}

std::optional<PrivilegeError> whyNotClosable(const Connection& connection) {
    const std::string local = connection.local.toString();
    if (connection.state == State::Listen)
        return PrivilegeError{
            Kind::OutOfRange, Sentence::tr("{0} is a listener; Halfopen closes connections only.", local), {}};
    // SOCK_DESTROY looks among listeners and connections only, and connect(2) to AF_UNSPEC leaves a bound socket bound.
    if (connection.state == State::Bound)
        return PrivilegeError{Kind::OutOfRange,
                              Sentence::tr("{0} is bound, neither listening nor connected: there is no connection to "
                                           "close, and only its program can give the address back.",
                                           local),
                              {}};
    return std::nullopt;
}

PrivilegeError withoutDescriptor(const Connection& connection) {
    if (connection.isNotAccepted())
        return {Kind::NotSupported,
                Sentence::tr(
                    "The connection waits in its listener's queue: its program has not accepted it, so there is no "
                    "descriptor yet through which it could be changed."),
                {}};
    if (connection.state == State::SynRecv)
        return {Kind::NotSupported,
                Sentence::tr("The handshake is not complete: no program holds the connection yet, and there is no "
                             "descriptor through which it could be read or changed."),
                {}};
    return {
        Kind::NotSupported,
        Sentence::tr("No program holds this socket any more (it is in {0}): there is no descriptor through which it "
                     "could be read or changed.",
                     toString(connection.state)),
        {}};
}

} // namespace halfopen
