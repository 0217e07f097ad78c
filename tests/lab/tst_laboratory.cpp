// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lab/laboratory.h"
#include "core/model/state.h"
#include "tests/lab/in_child.h"
#include "tests/lab/laboratory_test.h"
#include "tests/skip.h"

#include <gtest/gtest.h>

#include <sys/stat.h>

#include <fstream>
#include <string>

namespace halfopen::lab {
namespace {

using test::inChild;
using test::kNobody;
using namespace std::chrono_literals;

const Endpoint kPeer4{*IpAddress::parse("198.51.100.7"), 5432};
const Endpoint kPeer6{*IpAddress::parse("2001:db8:51::7"), 443};

int readSysctl(const std::string& name) {
    int value = -1;
    std::ifstream("/proc/sys/net/ipv4/" + name) >> value;
    return value;
}

/// Opens a laboratory and connects to `peer` in it; "established" where both worked, else the sentence of the error.
std::string openAndConnect(const Endpoint& peer) {
    auto lab = Laboratory::open();
    if (!lab)
        return inEnglish(lab.error());
    if (auto added = lab->addPeer(peer.address); !added)
        return inEnglish(added.error());
    auto visit = lab->visitPeer();
    auto listener = listenAt(peer);
    if (!visit || !listener)
        return listener ? inEnglish(visit.error()) : inEnglish(listener.error());
    const auto pair = lab->connect(peer, listener->get());
    if (!pair)
        return inEnglish(pair.error());
    return stateOf(pair->near.get()) == 1 ? "established" : "not established";
}

std::string openAndWriteSysctl() {
    auto lab = Laboratory::open();
    if (!lab)
        return inEnglish(lab.error());
    auto written = Laboratory::setSysctl("tcp_keepalive_time", 61);
    if (!written)
        return inEnglish(written.error());
    return std::to_string(readSysctl("tcp_keepalive_time"));
}

class Privileged : public testing::Test {
protected:
    void SetUp() override {
        if (const auto why = test::whyNotRoot())
            SKIP_UNLESS_CI(*why);
    }
};

class Laboratories : public test::LaboratoryTest {};

TEST_F(Laboratories, opensAsWhoeverRunsTheTests) {
    EXPECT_EQ(inChild([] { return openAndConnect(kPeer4); }), "established");
}

TEST_F(Laboratories, joinsBothHostsOverIpv6) {
    EXPECT_EQ(inChild([] { return openAndConnect(kPeer6); }), "established");
}

TEST_F(Privileged, nobodyCanOpenOne) {
    EXPECT_EQ(inChild([] { return openAndConnect(kPeer4); }, kNobody), "established");
}

TEST_F(Laboratories, leavesTheSettingsOfTheHostAlone) {
    const int before = readSysctl("tcp_keepalive_time");
    EXPECT_EQ(inChild(openAndWriteSysctl), "61");
    EXPECT_EQ(readSysctl("tcp_keepalive_time"), before);
}

TEST_F(Privileged, itsSettingsAreNobodysToWrite) {
    const int before = readSysctl("tcp_keepalive_time");
    EXPECT_EQ(inChild(openAndWriteSysctl, kNobody), "61");
    EXPECT_EQ(readSysctl("tcp_keepalive_time"), before);
}

/// In a user namespace that allows no further one, and without the capabilities that would make one unnecessary.
std::string openWhereNamespacesAreExhausted() {
    if (auto first = Laboratory::open(); !first)
        return inEnglish(first.error());
    std::ofstream("/proc/sys/user/max_user_namespaces") << "0" << std::flush;
    test::dropCapabilities();
    const auto second = Laboratory::open();
    if (second)
        return "opened";
    return std::to_string(static_cast<int>(second.error().code)) + " " + inEnglish(second.error());
}

TEST_F(Privileged, saysWhatToRaiseWhereUserNamespacesAreExhausted) {
    const auto said = inChild(openWhereNamespacesAreExhausted, kNobody);
    EXPECT_EQ(said,
              std::to_string(static_cast<int>(ErrorCode::NotPermitted)) +
                  " The laboratory needs a user namespace, but No space left on device; no more namespaces are "
                  "allowed here: raise user.max_user_namespaces and user.max_net_namespaces (sysctl). Or start it "
                  "as root.");
}

/// Becomes a shell that writes a setting and exits with it.
std::string execShellInLaboratory() {
    if (auto lab = Laboratory::open(); !lab)
        return inEnglish(lab.error());
    if (auto kept = keepRightsAcrossExec(); !kept)
        return inEnglish(kept.error());
    ::execl("/bin/sh", "sh", "-c",
            "echo 77 > /proc/sys/net/ipv4/tcp_keepalive_time; exit $(cat /proc/sys/net/ipv4/tcp_keepalive_time)",
            nullptr);
    return "no shell";
}

TEST_F(Privileged, aCommandOfNobodyKeepsTheRightsInside) {
    const auto said = inChild(execShellInLaboratory, kNobody);
    EXPECT_EQ(said, "the child failed, wait status " + std::to_string(77 << 8) + ", it said: ");
}

TEST_F(Laboratories, canBeOpenedTwiceInOneProcess) {
    EXPECT_EQ(inChild([] {
                  auto first = Laboratory::open();
                  auto second = Laboratory::open();
                  if (!first || !second)
                      return first ? inEnglish(second.error()) : inEnglish(first.error());
                  return std::string(first->localHost().inode() == second->localHost().inode() ? "one" : "two");
              }),
              "two");
}

TEST_F(Privileged, aVisitReturnsToWhereItCameFrom) {
    EXPECT_EQ(inChild([] {
                  auto lab = Laboratory::open();
                  std::string inodes;
                  {
                      auto visit = lab->visitPeer();
                      inodes += NetNamespace::current()->inode() == lab->peerHost().inode() ? "far " : "? ";
                  }
                  return inodes + (NetNamespace::current()->inode() == lab->localHost().inode() ? "near" : "?");
              }),
              "far near");
}

} // namespace
} // namespace halfopen::lab
