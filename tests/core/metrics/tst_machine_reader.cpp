// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/sysctl/machine_reader.h"
#include "tests/core/fake_root.h"

#include <gtest/gtest.h>

namespace halfopen {
namespace {

TEST(MachineReader, readsCountersByTheirNames) {
    const FakeRoot root;
    root.write("/proc/thread-self/net/netstat", "TcpExt: SyncookiesSent ListenOverflows ListenDrops TCPKeepAlive\n"
                                                "TcpExt: 1 12 13 14\nIpExt: InNoRoutes\nIpExt: 5\n");
    root.write("/proc/sys/net/core/somaxconn", "4096\n");
    root.sysctl("ip_local_port_range", "1000\t1999\n");
    root.sysctl("ip_local_reserved_ports", "999-1001,1500\n");
    const MachineReadings read = readMachine(root.path());
    EXPECT_EQ(read.listenOverflows, 12U);
    EXPECT_EQ(read.listenDrops, 13U);
    EXPECT_EQ(read.keepaliveProbes, 14U);
    EXPECT_EQ(read.abortsOnTimeout, std::nullopt) << "this kernel tells none";
    EXPECT_EQ(read.acceptQueue, 4096);
    EXPECT_EQ(read.synBacklog, std::nullopt);
    EXPECT_EQ(read.reservedPorts, 3U);
}

TEST(MachineReader, nothingIsInventedWithoutProc) {
    const FakeRoot root;
    const MachineReadings read = readMachine(root.path());
    EXPECT_EQ(read.listenDrops, std::nullopt);
    EXPECT_EQ(read.maxTimeWaits, std::nullopt);
    EXPECT_EQ(read.reservedPorts, 0U);
}

TEST(MachineReader, theRealKernelTellsAllOfThem) {
    const MachineReadings read = readMachine();
    for (const auto& counter : {read.listenOverflows, read.listenDrops, read.keepaliveProbes, read.abortsOnTimeout,
                                read.timeWaitOverflows, read.requestQueueFullDrops})
        EXPECT_TRUE(counter);
    EXPECT_TRUE(read.acceptQueue);
}

TEST(PortList, countsWhatLiesInTheRange) {
    EXPECT_EQ(portsInList("", 1, 65535), 0U);
    EXPECT_EQ(portsInList("8080\n", 1, 65535), 1U);
    EXPECT_EQ(portsInList("1-3,7,9-10", 2, 9), 4U);
    EXPECT_EQ(portsInList("none", 1, 65535), 0U);
    EXPECT_EQ(portsInList("5-", 1, 65535), 0U);
}

} // namespace
} // namespace halfopen
