// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/sockets/socket_access.h"

#include "core/kernel/socket_option.h"
#include "core/kernel/sockets/fetched_socket.h"
#include "core/kernel/sockets/mptcp_socket.h"
#include "core/kernel/sockets/own_rights.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <limits>
#include <utility>

namespace halfopen {
namespace {

constexpr int kTcpRtoMaxMs = 44; // TCP_RTO_MAX_MS of linux/tcp.h, 6.15

template <class T>
T clamped(int value) {
    using Limits = std::numeric_limits<T>;
    return static_cast<T>(std::clamp<std::int64_t>(value, Limits::min(), Limits::max()));
}

ReadRefusal refusalOfErrno(int error, std::int32_t pid) {
    switch (error) {
    case ENOSYS:
        return ReadRefusal::NotSupported;
    case EPERM:
    case EACCES:
        return whyNotPermitted(pid);
    case EMFILE:
    case ENFILE:
    case ENOMEM:
        return ReadRefusal::NoDescriptors;
    default: // ESRCH, EBADF; EINVAL for a thread that leads no group
        return ReadRefusal::Gone;
    }
}

/// Whether what was meant is the whole of an MPTCP connection; refuses another socket. In as few calls as it takes, for
/// this is done for each socket of a list: no two sockets have one cookie, of whatever protocol, and what a dump has
/// told as a TCP socket is one.
tl::expected<bool, ReadRefusal> isMptcp(int socket, const SocketMeant& meant) {
    std::uint64_t found = 0;
    const bool isDumped = meant.inode != 0 && meant.layer == UpperLayer::None;
    if (isDumped && getOption(socket, SOL_SOCKET, SO_COOKIE, found) && found == meant.cookie)
        return false;
    int protocol = 0;
    if (!getOption(socket, SOL_SOCKET, SO_PROTOCOL, protocol))
        return tl::unexpected(ReadRefusal::Reused); // ENOTSOCK
    if (protocol == kIpprotoMptcp) {
        if (const auto refusal = isAnotherMptcp(socket, meant))
            return tl::unexpected(*refusal);
        return true;
    }
    if (protocol != IPPROTO_TCP || !getOption(socket, SOL_SOCKET, SO_COOKIE, found) || found != meant.cookie)
        return tl::unexpected(ReadRefusal::Reused);
    return false;
}

/// TCP_DEFER_ACCEPT reads back as the seconds that its timeouts come to: 1, 3, 7, .. (net/ipv4/tcp.c,
/// retrans_to_secs()).
std::uint8_t deferRounds(int seconds) {
    constexpr int kLongest = 120; // TCP_RTO_MAX
    std::uint8_t rounds = 0;
    for (int passed = 0, timeout = 1; passed < seconds && rounds < 255;
         ++rounds, timeout = std::min(2 * timeout, kLongest))
        passed += timeout;
    return rounds;
}

/// What the kernel takes of an MPTCP connection and hands to its subflows. It takes no TCP_USER_TIMEOUT, TCP_SYNCNT or
/// TCP_LINGER2 of it, so there is none in effect.
OptionsReading readMptcp(int socket) {
    int enabled = 0, idle = 0, interval = 0, probes = 0;
    const bool complete =
        getOption(socket, SOL_SOCKET, SO_KEEPALIVE, enabled) && getOption(socket, IPPROTO_TCP, TCP_KEEPIDLE, idle) &&
        getOption(socket, IPPROTO_TCP, TCP_KEEPINTVL, interval) && getOption(socket, IPPROTO_TCP, TCP_KEEPCNT, probes);
    if (!complete) // before 6.9 the kernel neither takes nor tells them
        return tl::unexpected(ReadRefusal::MultipathTcp);
    KeepaliveOptions options;
    options.enabled = enabled != 0 ? Switch::On : Switch::Off;
    options.idleSeconds = idle;
    options.intervalSeconds = interval;
    options.probes = clamped<std::int16_t>(probes);
    options.enabledFrom = options.idleFrom = options.intervalFrom = Provenance::Exact;
    options.probesFrom = options.userTimeoutFrom = Provenance::Exact;
    return options;
}

/// @param state  as a dump has told it; Close: nobody has
OptionsReading readTcp(int socket, State state) {
    int enabled = 0, idle = 0, interval = 0, probes = 0, userTimeout = 0, synCount = 0, linger = 0, rtoMax = 0,
        defer = 0;
    const bool complete =
        getOption(socket, SOL_SOCKET, SO_KEEPALIVE, enabled) && getOption(socket, IPPROTO_TCP, TCP_KEEPIDLE, idle) &&
        getOption(socket, IPPROTO_TCP, TCP_KEEPINTVL, interval) &&
        getOption(socket, IPPROTO_TCP, TCP_KEEPCNT, probes) &&
        getOption(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, userTimeout) &&
        getOption(socket, IPPROTO_TCP, TCP_SYNCNT, synCount) && getOption(socket, IPPROTO_TCP, TCP_LINGER2, linger);
    if (!complete)
        return tl::unexpected(ReadRefusal::Failed);
    getOption(socket, IPPROTO_TCP, kTcpRtoMaxMs, rtoMax); // ENOPROTOOPT before 6.15: stays 0
    if (state == State::Listen || state == State::Close)  // of no use elsewhere
        getOption(socket, IPPROTO_TCP, TCP_DEFER_ACCEPT, defer);

    KeepaliveOptions options;
    options.enabled = enabled != 0 ? Switch::On : Switch::Off;
    options.idleSeconds = idle;
    options.intervalSeconds = interval;
    options.probes = clamped<std::int16_t>(probes);
    options.userTimeout = Millis(clamped<std::uint32_t>(userTimeout));
    options.synCount = static_cast<std::uint8_t>(std::clamp(synCount, 0, kMostSynCount));
    options.lingerSeconds = static_cast<std::int16_t>(std::clamp(linger, -1, kMostLingerSeconds));
    options.deferAccept = deferRounds(defer);
    options.rtoMax = Millis(clamped<std::uint32_t>(rtoMax));
    options.enabledFrom = options.idleFrom = options.intervalFrom = Provenance::Exact;
    options.probesFrom = options.userTimeoutFrom = Provenance::Exact;
    return options;
}

std::optional<ReadRefusal> disconnect(int socket) {
    int listening = 0;
    if (!getOption(socket, SOL_SOCKET, SO_ACCEPTCONN, listening))
        return ReadRefusal::Failed;
    if (listening != 0) // a listener would end with all who wait in its queue
        return ReadRefusal::Listener;
    sockaddr nobody{};
    nobody.sa_family = AF_UNSPEC;
    if (connect(socket, &nobody, sizeof nobody) == 0)
        return std::nullopt;
    return errno == EBUSY ? ReadRefusal::InUse : ReadRefusal::Failed;
}

/// One option that is to be set, and what it is now.
struct Step {
    std::string_view name;
    int level;
    int option;
    std::optional<std::int32_t> value;
    std::int32_t before;
};

/// In the order in which they are set.
std::array<Step, 5> stepsOf(const OptionsChange& change, const KeepaliveOptions& before) {
    const auto enabled = change.enabled ? std::optional<std::int32_t>(*change.enabled ? 1 : 0) : std::nullopt;
    return {{{"TCP_KEEPIDLE", IPPROTO_TCP, TCP_KEEPIDLE, change.idleSeconds, before.idleSeconds},
             {"TCP_KEEPINTVL", IPPROTO_TCP, TCP_KEEPINTVL, change.intervalSeconds, before.intervalSeconds},
             {"TCP_KEEPCNT", IPPROTO_TCP, TCP_KEEPCNT, change.probes, before.probes},
             {"TCP_USER_TIMEOUT", IPPROTO_TCP, TCP_USER_TIMEOUT, change.userTimeoutMs,
              clamped<std::int32_t>(before.userTimeout.count())},
             {"SO_KEEPALIVE", SOL_SOCKET, SO_KEEPALIVE, enabled, before.enabled == Switch::On ? 1 : 0}}};
}

/// All, or none as far as the kernel lets us.
void apply(int socket, const OptionsChange& change, OptionsWriting& writing) {
    const auto steps = stepsOf(change, writing.before);
    for (std::size_t at = 0; at < steps.size(); ++at) {
        const Step& step = steps[at];
        if (!step.value || setOption(socket, step.level, step.option, *step.value))
            continue;
        writing.error = errno;
        writing.refused = step.name;
        while (at-- > 0)
            if (steps[at].value && *steps[at].value != steps[at].before)
                setOption(socket, steps[at].level, steps[at].option, steps[at].before);
        return;
    }
}

} // namespace

void SocketAccess::rest() {
    m_process.reset();
    m_refusal.reset();
    m_pid = 0;
}

std::optional<ReadRefusal> SocketAccess::open(std::int32_t pid) {
    if (m_pid == pid && (m_process || m_refusal))
        return m_refusal;
    rest();
    m_process = openProcess(pid);
    m_pid = pid;
    return m_process ? std::nullopt : std::optional(refusalOfErrno(errno, pid));
}

struct SocketAccess::Fetched {
    FetchedSocket socket;
    bool isMptcp = false;

    OptionsReading read(const SocketMeant& meant) const {
        return isMptcp ? readMptcp(socket.get()) : readTcp(socket.get(), meant.state);
    }
};

tl::expected<SocketAccess::Fetched, ReadRefusal> SocketAccess::fetch(std::int32_t pid, std::int32_t fd,
                                                                     const SocketMeant& meant) {
    if (fd < 0)
        return tl::unexpected(ReadRefusal::InRing);
    if (const auto refusal = open(pid))
        return tl::unexpected(*refusal);
    FetchedSocket socket = fetchSocket(m_process, fd);
    if (!socket) {
        const int error = errno;
        const ReadRefusal refusal = refusalOfErrno(error, pid);
        if (error == EPERM)
            m_refusal = refusal;
        else if (error == ESRCH) // the process held has ended; its number may live on in another
            rest();
        return tl::unexpected(refusal);
    }
    const auto whole = isMptcp(socket.get(), meant);
    if (!whole)
        return tl::unexpected(whole.error());
    return Fetched{std::move(socket), *whole};
}

OptionsReading SocketAccess::read(std::int32_t pid, std::int32_t fd, const SocketMeant& meant) {
    const auto fetched = fetch(pid, fd, meant);
    return fetched ? fetched->read(meant) : tl::unexpected(fetched.error());
}

tl::expected<OptionsWriting, ReadRefusal> SocketAccess::write(std::int32_t pid, std::int32_t fd,
                                                              const SocketMeant& meant, const OptionsChange& change) {
    const auto fetched = fetch(pid, fd, meant);
    if (!fetched)
        return tl::unexpected(fetched.error());
    const auto before = fetched->read(meant);
    if (!before)
        return tl::unexpected(before.error());
    OptionsWriting writing{*before, {}, {}, 0};
    apply(fetched->socket.get(), change, writing);
    const auto after = fetched->read(meant);
    writing.after = after.value_or(writing.before);
    return writing;
}

std::optional<ReadRefusal> SocketAccess::close(std::int32_t pid, std::int32_t fd, const SocketMeant& meant) {
    const auto fetched = fetch(pid, fd, meant);
    return fetched ? disconnect(fetched->socket.get()) : fetched.error();
}

} // namespace halfopen
