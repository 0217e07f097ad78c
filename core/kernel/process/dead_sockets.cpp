// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/process/dead_sockets.h"

#include "core/kernel/diag/decode.h"
#include "core/kernel/netns/netns_access.h"
#include "core/kernel/netns/netns_id.h"
#include "core/kernel/socket_option.h"
#include "core/kernel/sockets/fetched_socket.h"

#include <fmt/format.h>

#include <net/if.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/xattr.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

namespace halfopen {

namespace {

constexpr int kTcpInfo = 11; // TCP_INFO
constexpr std::size_t kLeastInfo = 104;

/// @param interface  set to the zone of a link-local address: its index, where no name can be had
Endpoint localOf(int socket, std::string& interface) {
    sockaddr_storage storage{};
    socklen_t size = sizeof storage;
    Endpoint local;
    if (getsockname(socket, reinterpret_cast<sockaddr*>(&storage), &size) != 0)
        return local;
    if (storage.ss_family == AF_INET) {
        const auto& four = reinterpret_cast<const sockaddr_in&>(storage);
        std::array<std::uint8_t, 4> bytes{};
        std::memcpy(bytes.data(), &four.sin_addr, bytes.size());
        return {IpAddress::v4(bytes), ntohs(four.sin_port)};
    }
    const auto& six = reinterpret_cast<const sockaddr_in6&>(storage);
    std::memcpy(local.address.bytes.data(), &six.sin6_addr, local.address.bytes.size());
    local.port = ntohs(six.sin6_port);
    if (six.sin6_scope_id == 0)
        return local;
    ifreq request{};
    request.ifr_ifindex = static_cast<int>(six.sin6_scope_id);
    interface = ioctl(socket, SIOCGIFNAME, &request) == 0 ? request.ifr_name : std::to_string(six.sin6_scope_id);
    return local;
}

/// A socket that was never connected, or only met a refusal, is in CLOSE as well, and so is one that its program has
/// disconnected (then the counts begin anew).
bool wasOpen(const TcpInfo& info) {
    return info.bytesAcked + info.bytesReceived > 0 || info.segmentsIn > 1;
}

} // namespace

DeadSocketSearch::DeadSocketSearch()
    : m_netns(ownNetns())
    , m_netnsCookie(ownNetnsCookie()) {}

void DeadSocketSearch::begin() {
    m_foreign = std::move(m_foreignNow);
    m_foreignNow.clear();
    m_living.clear();
    m_dead.clear();
}

void DeadSocketSearch::enter(std::int32_t pid) {
    m_pid = pid;
    m_here.reset();
}

bool DeadSocketSearch::isHere() {
    if (!m_here)
        m_here = m_netns != 0 && netnsOfProcess(m_pid) == m_netns;
    return *m_here;
}

/// Source: net/socket.c, sockfs_xattr_get(): the name of the socket's struct proto.
DeadSocketSearch::Kind DeadSocketSearch::kindOf(std::int32_t fd) const {
    std::array<char, 32> name{};
    const auto path = fmt::format("/proc/{}/fd/{}", m_pid, fd);
    const ssize_t size = getxattr(path.c_str(), "system.sockprotoname", name.data(), name.size() - 1);
    const std::string_view protocol(name.data());
    return size > 0 && (protocol == "TCP" || protocol == "TCPv6") ? Kind::Tcp : Kind::Foreign;
}

/// A process may hold sockets of other namespaces: passed to it, or made before it moved.
bool DeadSocketSearch::isOfOurs(int socket) const {
    const std::uint64_t cookie = m_netnsCookie == 0 ? 0 : netnsCookieOf(socket);
    return cookie == 0 || cookie == m_netnsCookie;
}

/// SO_ERROR would tell how it ended, but whoever reads it takes it from the program: it is left alone.
std::optional<DeadSocket> DeadSocketSearch::examine(std::int32_t fd) const {
    const UniqueFd process = openProcess(m_pid);
    const FetchedSocket socket = process ? fetchSocket(process, fd) : FetchedSocket();
    DeadSocket dead;
    int protocol = 0;
    std::array<std::byte, 512> raw{};
    socklen_t size = raw.size();
    dead.looked = MonotonicClock::now();
    const bool known = socket && getOption(socket.get(), SOL_SOCKET, SO_PROTOCOL, protocol) &&
                       protocol == IPPROTO_TCP &&
                       getsockopt(socket.get(), IPPROTO_TCP, kTcpInfo, raw.data(), &size) == 0 && size >= kLeastInfo;
    if (!known || static_cast<State>(raw[0]) != State::Close) // tcpi_state
        return std::nullopt;
    dead.info = decodeTcpInfo(ByteView(raw.data(), size));
    struct stat status {};
    if (!wasOpen(dead.info) || !isOfOurs(socket.get()) ||
        !getOption(socket.get(), SOL_SOCKET, SO_COOKIE, dead.cookie) || fstat(socket.get(), &status) != 0)
        return std::nullopt;
    dead.inode = static_cast<std::uint32_t>(status.st_ino);
    dead.uid = status.st_uid;
    dead.local = localOf(socket.get(), dead.interface);
    return dead;
}

DeadSocket* DeadSocketSearch::look(std::int32_t fd, std::uint32_t inode) {
    if (const auto known = m_dead.find(inode); known != m_dead.end())
        return &known->second;
    if (m_living.contains(inode))
        return nullptr;
    if (m_foreign.contains(inode) || m_foreignNow.contains(inode)) {
        m_foreignNow.insert(inode);
        return nullptr;
    }
    if (!isHere())
        return nullptr;
    if (kindOf(fd) == Kind::Foreign) {
        m_foreignNow.insert(inode);
        return nullptr;
    }
    auto dead = examine(fd);
    if (!dead || dead->inode != inode) { // the descriptor may be another socket by now
        m_living.insert(inode);
        return nullptr;
    }
    return &m_dead.emplace(inode, std::move(*dead)).first->second;
}

DeadSocket* DeadSocketSearch::take(const ToldDead& told) {
    if (m_netnsCookie == 0 || told.netnsCookie != m_netnsCookie || !wasOpen(told.socket.info))
        return nullptr;
    return &m_dead.try_emplace(told.socket.inode, told.socket).first->second;
}

DeadSockets DeadSocketSearch::take() {
    DeadSockets all;
    all.reserve(m_dead.size());
    for (auto& [inode, dead] : m_dead)
        all.push_back(std::move(dead));
    m_dead.clear();
    std::ranges::sort(all, {}, &DeadSocket::inode);
    return all;
}

} // namespace halfopen
