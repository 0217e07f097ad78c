// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/netns/netns_access.h"

#include "core/kernel/iterator.h"
#include "core/kernel/netns/netns_child.h"
#include "core/kernel/netns/netns_id.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sched.h>

#include <linux/netlink.h>
#include <linux/nsfs.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <functional>
#include <thread>
#include <utility>

#ifndef SO_NETNS_COOKIE
#define SO_NETNS_COOKIE 71
#endif

namespace halfopen {

namespace {

// _IOR(NSIO, 0xd, __u64) of linux/nsfs.h, Linux 6.18.
constexpr unsigned long kGetId = _IOR(0xb7, 13, std::uint64_t);

UniqueFd openSocket(int family, int type, int protocol) {
    return UniqueFd(::socket(family, type | SOCK_CLOEXEC, protocol));
}

UniqueFd openToRead(const char* path) {
    return UniqueFd(::open(path, O_RDONLY | O_CLOEXEC));
}

NetnsId inodeOf(int file) {
    struct stat status {};
    return ::fstat(file, &status) == 0 ? status.st_ino : 0;
}

class OwnAccess final : public NetnsAccess {
public:
    UniqueFd socket(int family, int type, int protocol) const override { return openSocket(family, type, protocol); }
    UniqueFd iterate(int link) const override { return UniqueFd(createIterator(link)); }
    NetnsTier tier() const override { return NetnsTier::Own; }
    NetnsId inode() const override { return ownNetns(); }

private:
    UniqueFd open(const char* path) const override { return openToRead(path); }
};

/// By setns(2) on a thread that ends with the call: nothing has to find its way back.
class AskedAccess final : public NetnsAccess {
public:
    explicit AskedAccess(UniqueFd netns)
        : m_netns(std::move(netns)) {}

    UniqueFd socket(int family, int type, int protocol) const override {
        return inside([&] { return openSocket(family, type, protocol); });
    }
    UniqueFd iterate(int link) const override {
        return inside([link] { return UniqueFd(createIterator(link)); });
    }
    NetnsTier tier() const override { return NetnsTier::Asked; }
    NetnsId inode() const override { return inodeOf(m_netns.get()); }

private:
    UniqueFd open(const char* path) const override {
        return inside([path] { return openToRead(path); });
    }
    UniqueFd inside(const std::function<UniqueFd()>& open) const {
        UniqueFd opened;
        int error = 0;
        std::thread([&] {
            if (::setns(m_netns.get(), CLONE_NEWNET) == 0)
                opened = open();
            error = errno;
        }).join();
        errno = error;
        return opened;
    }

    UniqueFd m_netns;
};

/// By a child that enters the user namespace as well, which a process with several threads cannot do itself.
class MineAccess final : public NetnsAccess {
public:
    MineAccess(UniqueFd user, UniqueFd netns, UidMap users)
        : m_user(std::move(user))
        , m_netns(std::move(netns))
        , m_users(std::move(users)) {}

    UniqueFd socket(int family, int type, int protocol) const override {
        return openInChild(m_user.get(), m_netns.get(), {family, type, protocol});
    }
    NetnsTier tier() const override { return NetnsTier::Mine; }
    NetnsId inode() const override { return inodeOf(m_netns.get()); }
    UidMap users() const override { return m_users; }

private:
    UniqueFd open(const char* path) const override { return openInChild(m_user.get(), m_netns.get(), {.path = path}); }

    UniqueFd m_user;
    UniqueFd m_netns;
    UidMap m_users;
};

/// Whether sockets can be had by it. A failed setns(2) that goes unnoticed would look at one's own namespace.
bool works(const NetnsAccess& access) {
    return static_cast<bool>(access.socket(AF_NETLINK, SOCK_RAW, NETLINK_SOCK_DIAG));
}

} // namespace

UniqueFd NetnsAccess::settings(const char* group) const {
    return open(fmt::format("/proc/sys/net/{}", group).c_str());
}

SettingFiles NetnsAccess::settingFiles(SettingUse use) const {
    const UniqueFd ipv4 = settings("ipv4");
    const UniqueFd mptcp = use == SettingUse::Read ? settings("mptcp") : UniqueFd();
    return openSettingFiles(ipv4.get(), mptcp.get(), use);
}

UniqueFd NetnsAccess::iterate(int) const {
    errno = EPERM;
    return {};
}

UniqueFd NetnsAccess::statistics(const char* name) const {
    return open(fmt::format("/proc/thread-self/net/{}", name).c_str());
}

NetnsAccessPtr ownNetnsAccess() {
    return std::make_shared<const OwnAccess>();
}

Result<NetnsAccessPtr> enterNetns(UniqueFd netns, const std::string& name, std::int32_t pid) {
    if (const NetnsId own = ownNetns(); own != 0 && inodeOf(netns.get()) == own)
        return ownNetnsAccess();
    UniqueFd user(::ioctl(netns.get(), NS_GET_USERNS));
    UniqueFd again(::fcntl(netns.get(), F_DUPFD_CLOEXEC, 3));
    const auto asked = std::make_shared<const AskedAccess>(std::move(netns));
    if (works(*asked))
        return asked;
    const int error = errno;
    if (user) {
        const auto mine = std::make_shared<const MineAccess>(std::move(user), std::move(again),
                                                             pid != 0 ? UidMap::of(pid) : UidMap::none());
        if (works(*mine))
            return mine;
    }
    return tl::unexpected(netnsRefused(name, error));
}

Result<void> enterNetnsForGood(UniqueFd netns, const std::string& name) {
    if (!netns)
        return tl::unexpected(netnsRefused(name, errno));
    if (const NetnsId own = ownNetns(); own != 0 && inodeOf(netns.get()) == own)
        return {};
    if (::setns(netns.get(), CLONE_NEWNET) == 0)
        return {};
    const int error = errno;
    const UniqueFd user(::ioctl(netns.get(), NS_GET_USERNS));
    if (user && ::setns(user.get(), CLONE_NEWUSER) == 0 && ::setns(netns.get(), CLONE_NEWNET) == 0)
        return {};
    return tl::unexpected(netnsRefused(name, error));
}

Error netnsRefused(const std::string& name, int error) {
    if (error == EPERM || error == EACCES)
        return {
            ErrorCode::NotPermitted,
            Sentence::tr("The network namespace {0} belongs to somebody else: only an administrator may enter it. Try "
                         "it with sudo.",
                         name)};
    if (error == ENOENT || error == ESRCH || error == ESTALE)
        return netnsGone(name);
    return {ErrorCode::NotSupported,
            Sentence::tr("The network namespace {0} cannot be entered: {1}.", name, Errno{error})};
}

Error netnsGone(const std::string& name) {
    return {ErrorCode::NotFound, Sentence::tr("The network namespace {0} is gone.", name)};
}

Error netnsLeft(const std::string& name) {
    return {ErrorCode::NotFound,
            Sentence::tr("Nobody lives in the network namespace {0} any more, and nothing else keeps it.", name)};
}

std::uint64_t netnsCookieOf(int socket) {
    std::uint64_t cookie = 0;
    socklen_t size = sizeof cookie;
    return ::getsockopt(socket, SOL_SOCKET, SO_NETNS_COOKIE, &cookie, &size) == 0 ? cookie : 0;
}

std::uint64_t ownNetnsCookie() {
    return netnsCookieOf(openSocket(AF_NETLINK, SOCK_RAW, NETLINK_SOCK_DIAG).get());
}

std::uint64_t netnsCookieOfFile(int netns) {
    std::uint64_t cookie = 0;
    return ::ioctl(netns, kGetId, &cookie) == 0 ? cookie : 0;
}

} // namespace halfopen
