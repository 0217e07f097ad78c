// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/netns/setting_files.h"
#include "core/kernel/netns/uid_map.h"
#include "core/kernel/unique_fd.h"
#include "core/model/contexts.h"
#include "core/model/error.h"

#include <cstdint>
#include <memory>
#include <string>

namespace halfopen {

/// A way into one network namespace: opens what belongs to it. A socket stays in the namespace that it was opened in,
/// whoever uses it later and from where (namespaces(7)). Any thread may ask, which is never moved itself.
class NetnsAccess {
public:
    NetnsAccess() = default;
    NetnsAccess(const NetnsAccess&) = delete;
    NetnsAccess& operator=(const NetnsAccess&) = delete;
    virtual ~NetnsAccess() = default;

    /// As socket(2), with SOCK_CLOEXEC. @return no descriptor and errno where it fails
    virtual UniqueFd socket(int family, int type, int protocol) const = 0;
    /// A folder of /proc/sys/net of the namespace. Opened in there it goes on showing that namespace from anywhere
    /// (net/sysctl_net.c), keeps nothing alive, and is empty once the namespace is gone.
    /// @param group  "ipv4", "mptcp"
    /// @return       no descriptor and errno where it fails
    UniqueFd settings(const char* group) const;
    /// The files of the closed list. Not one of them is there where the namespace is gone.
    virtual SettingFiles settingFiles(SettingUse use) const;
    /// A file of /proc/net of the namespace, which goes on showing that namespace from anywhere and keeps it alive, as
    /// a socket does.
    /// @param name  "sockstat". @return no descriptor and errno where it fails
    UniqueFd statistics(const char* name) const;
    /// BPF_ITER_CREATE of bpf(2): a pass of an iterator of sockets dumps the namespace that it was made in.
    /// @param link  of the iterator. @return no descriptor and errno where it fails, or cannot be made from here
    virtual UniqueFd iterate(int link) const;
    virtual NetnsTier tier() const = 0;
    /// Of the nsfs file; 0: not known.
    virtual NetnsId inode() const = 0;
    /// What the uids are called here that a socket of socket() tells.
    virtual UidMap users() const { return UidMap::none(); }

private:
    /// As open(2), for reading, with O_CLOEXEC.
    virtual UniqueFd open(const char* path) const = 0;
};
using NetnsAccessPtr = std::shared_ptr<const NetnsAccess>;

/// That of the calling thread, whichever thread calls.
NetnsAccessPtr ownNetnsAccess();

/// Into another namespace: by setns(2) on a thread of its own for whoever has CAP_SYS_ADMIN there and here, else, where
/// the namespace belongs to a user namespace of the caller's (rootless containers, bwrap), by a child that enters both.
/// @param netns  an open nsfs file; it keeps the namespace alive
/// @param name   for the sentence of a refusal
/// @param pid    a process in there, to know its users by; 0: none is known
/// @return       NotPermitted where neither way is open, NotSupported where the kernel has no namespaces
Result<NetnsAccessPtr> enterNetns(UniqueFd netns, const std::string& name, std::int32_t pid = 0);

/// The same for the whole process, which must have one thread, and for good.
Result<void> enterNetnsForGood(UniqueFd netns, const std::string& name);

/// Why a namespace was not entered. @param error  errno of openNetnsFile() or of setns(2)
Error netnsRefused(const std::string& name, int error);

/// It ended before it could be entered.
Error netnsGone(const std::string& name);

/// Who looks into it is the only one that still keeps it.
Error netnsLeft(const std::string& name);

/// SO_NETNS_COOKIE, which is never given twice before the machine boots again, as inodes are.
/// @return 0 where the kernel has none (before 5.14)
std::uint64_t netnsCookieOf(int socket);

/// That of the calling thread's namespace.
std::uint64_t ownNetnsCookie();

/// The same of a namespace that is only looked at: NS_GET_ID (6.18). @param netns  an open nsfs file. @return 0: not
/// told
std::uint64_t netnsCookieOfFile(int netns);

} // namespace halfopen
