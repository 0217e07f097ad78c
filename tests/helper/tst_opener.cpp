// SPDX-License-Identifier: GPL-3.0-or-later
// What the process that may enter namespaces opens there for the one that listens to the bus, and what it does not.
#include "app/helper/opener.h"
#include "tests/core/kernel/netns/resident.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <linux/netlink.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <iostream>

namespace halfopen {
namespace {

/// Counts what is not as it shall be, in a process of one thread.
class Wrongs {
public:
    void expect(bool good, const char* what) {
        if (good)
            return;
        std::cerr << what << "\n";
        ++m_count;
    }
    int count() const { return m_count; }

private:
    int m_count = 0;
};

bool isWrongNamespace(const Opener& opener, std::uint64_t cookie) {
    const auto entered = opener.enter(cookie);
    return !entered && entered.error().kind == PrivilegeErrorKind::WrongNamespace;
}

/// Single files, and for writing those alone that may be changed.
void expectClosedList(const NetnsAccess& access, Wrongs& wrongs) {
    for (const SettingUse use : {SettingUse::Read, SettingUse::Change}) {
        const SettingFiles opened = access.settingFiles(use);
        for (const SettingInfo& info : allSettings()) {
            const UniqueFd& file = opened.file(info.id);
            const bool isWanted = use == SettingUse::Read || info.writable;
            wrongs.expect(file ? isWanted : !isWanted || info.optional, info.name.data());
            struct stat status {};
            wrongs.expect(!file || (::fstat(file.get(), &status) == 0 && S_ISREG(status.st_mode)), "a file");
            const int how = file ? ::fcntl(file.get(), F_GETFL) & O_ACCMODE : O_RDONLY;
            wrongs.expect(how == O_RDONLY || (use == SettingUse::Change && info.writable), "for writing");
        }
        wrongs.expect(static_cast<bool>(opened.localPorts()) == (use == SettingUse::Read), "ports");
    }
}

int wrongsOf(const test::Resident::Facts& there) {
    Wrongs wrongs;
    const auto opener = Opener::start();
    const auto entered = opener ? (*opener)->enter(there.netnsCookie) : Outcome<NetnsAccessPtr>();
    if (!opener || !entered || !*entered)
        return 100;
    const NetnsAccess& access = **entered;
    const auto socket = [&](int family, int type, int protocol) {
        return static_cast<bool>(access.socket(family, type, protocol));
    };
    wrongs.expect(socket(AF_NETLINK, SOCK_RAW, NETLINK_SOCK_DIAG), "sock_diag");
    wrongs.expect(!socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE), "rtnetlink");
    wrongs.expect(!socket(AF_NETLINK, SOCK_RAW, NETLINK_NETFILTER), "netfilter");
    wrongs.expect(!socket(AF_INET, SOCK_STREAM, 0), "TCP");
    wrongs.expect(!socket(AF_PACKET, SOCK_RAW, 0), "packets");
    for (const char* folder :
         {"ipv4", "mptcp", "core", "netfilter", "ipv6", "ipv4/conf", "ipv4/../core", "../kernel", ".", ""})
        wrongs.expect(!access.settings(folder), folder);
    expectClosedList(access, wrongs);
    wrongs.expect(!access.statistics("tcp"), "/proc/net/tcp");
    wrongs.expect(!access.iterate(0), "iterator");
    wrongs.expect(isWrongNamespace(**opener, 0), "no cookie");
    wrongs.expect(isWrongNamespace(**opener, there.inode), "an inode");
    wrongs.expect(isWrongNamespace(**opener, ~std::uint64_t{0}), "none");
    return wrongs.count();
}

TEST(HelpersOpener, opensSocketsOfSockDiagAndTheClosedListOfSettingsAndNothingElse) {
    const test::Resident there;
    ASSERT_EQ(there.facts().error, 0);
    EXPECT_EQ(test::resultInChild([&] { return wrongsOf(there.facts()); }), 0);
}

} // namespace
} // namespace halfopen
