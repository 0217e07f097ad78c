// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/core/processes.h"

#include <fcntl.h>
#include <grp.h>
#include <sched.h>

#include <linux/if.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

#include <fstream>
#include <optional>
#include <string>

namespace halfopen::test {

/// Users of namespaces of their own; no account of the machine has to be theirs.
inline constexpr uid_t kAlice = 1500;
inline constexpr uid_t kBob = 1600;

/// A process in a network namespace of its own, with one connection over loopback in there.
class Resident {
public:
    /// What its child tells of itself.
    struct Facts {
        std::uint64_t netnsCookie = 0;
        std::uint64_t client = 0; ///< cookie of the connection's client side
        std::uint16_t port = 0;   ///< of the listener
        ino_t inode = 0;
        int error = 0; ///< errno of what did not work; 0: all did
    };

    /// @param uid       the user it runs as, in a user namespace of that user's; nullopt: root's, without one
    /// @param settings  values for /proc/sys/net/ipv4 in there
    /// @param name      of its process, by which its namespace is called
    explicit Resident(std::optional<uid_t> uid = std::nullopt,
                      const std::vector<std::pair<std::string, int>>& settings = {}, const char* name = "resident")
        : m_facts(static_cast<Facts*>(
              ::mmap(nullptr, sizeof(Facts), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)))
        , m_child([this, uid, settings, name] { live(uid, settings, name); }) {}
    ~Resident() {
        m_child.end();
        ::munmap(m_facts, sizeof(Facts));
    }
    Resident(const Resident&) = delete;
    Resident& operator=(const Resident&) = delete;

    pid_t pid() const { return m_child.pid(); }
    const Facts& facts() const { return *m_facts; }
    void end() { m_child.end(); }

private:
    static bool enter(std::optional<uid_t> uid) {
        if (!uid)
            return ::unshare(CLONE_NEWNET) == 0;
        // dumpable: as one that was executed as this user, whose owner may look into it.
        if (isRoot() && (::setgroups(0, nullptr) != 0 || ::setresgid(*uid, *uid, *uid) != 0 ||
                         ::setresuid(*uid, *uid, *uid) != 0 || ::prctl(PR_SET_DUMPABLE, 1) != 0))
            return false;
        if (::unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0)
            return false;
        std::ofstream("/proc/self/setgroups") << "deny";
        std::ofstream("/proc/self/uid_map") << "0 " << *uid << " 1\n";
        std::ofstream("/proc/self/gid_map") << "0 " << *uid << " 1\n";
        return true;
    }

    void live(std::optional<uid_t> uid, const std::vector<std::pair<std::string, int>>& settings, const char* called) {
        Facts& facts = *m_facts;
        ifreq loopback{};
        std::string("lo").copy(loopback.ifr_name, IFNAMSIZ);
        loopback.ifr_flags = IFF_UP;
        if (!enter(uid)) {
            facts.error = errno;
            return;
        }
        const int helper = ::socket(AF_INET, SOCK_DGRAM, 0);
        if (::ioctl(helper, SIOCSIFFLAGS, &loopback) != 0)
            facts.error = errno;
        for (const auto& [name, value] : settings)
            std::ofstream("/proc/sys/net/ipv4/" + name) << value;
        static Loopback connection; // for as long as the process lives
        connection.connectClient();
        static UniqueFd server = connection.accepted();
        facts.port = ntohs(connection.address.sin_port);
        facts.client = cookieOf(connection.client.get());
        socklen_t size = sizeof facts.netnsCookie;
        constexpr int kNetnsCookie = 71; // SO_NETNS_COOKIE
        ::getsockopt(connection.client.get(), SOL_SOCKET, kNetnsCookie, &facts.netnsCookie, &size);
        struct stat status {};
        ::stat("/proc/self/ns/net", &status);
        facts.inode = status.st_ino;
        ::prctl(PR_SET_NAME, called);
    }

    Facts* m_facts;
    Child m_child;
};

} // namespace halfopen::test
