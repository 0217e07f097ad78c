// SPDX-License-Identifier: GPL-3.0-or-later
// Which values mean what: as ss reads them, and as cells write them.
#include "core/query/filter.h"
#include "core/query/filter_tests.h"
#include "tests/core/query/filtered_machine.h"

#include <gtest/gtest.h>

namespace halfopen {
namespace {

using namespace test;

/// As ss has it, whatever the rest of the filter; see tests/ctl/tst_ss_filters.cpp.
TEST(FilterValues, aFamilyNarrowsAllThatIsFound) {
    check({{"sport = inet6:*", "37"},
           {"dport = inet6:22", "7"},
           {"dport = inet:22", ""},
           {"dport inet6:*:22", "37"},
           {"not dport = inet6:22", "3"},
           {"not dst inet6:[2001:db8::9]", "7"},
           {"dport = :443 or dport = inet6:22", "7"},
           {"dport = inet6:22 or dport = inet:443", "2"},
           {"port:inet6:22", "7"},
           {"dst inet:10.1.2.3 or dst inet6:[2001:db8::9]", "37"}});
    EXPECT_EQ(found(machine(), "dport = unix:22"), "sockets of the family unix are not shown here, only TCP");
    EXPECT_EQ(found(machine(), "dst inet:[::1]"), "'inet:[::1]' is no address, for example  dst 10.0.0.0/8");
    EXPECT_EQ(found(machine(), "dst inet6:10.1.2.3"), "'inet6:10.1.2.3' is no address, for example  dst 10.0.0.0/8");
    EXPECT_EQ(found(machine(), "dst inet6:localhost"),
              "'localhost' is no address and no known host, for example  dst 10.0.0.0/8");
}

TEST(FilterValues, numbersAddressesAndMasksAreThoseOfSs) {
    check({{"dport = 0673", "2"},
           {"port:20..30", "7"},
           {"port:0x14..30", "7"},
           {"dst 0", "5"},
           {"dst default", "1234567"},
           {"dst 10.1.2.3/255.255.0.0", "7"},
           {"dst 2001:db8::9:8080", "3"},
           {"dst 2001:db8::9:8081", ""},
           {"dst 2001:db8::9:http-alt", "3"},
           {"dev 0", "1234567"},
           {"dev != 0", ""}});
    EXPECT_EQ(found(machine(), "dst 10.1.2.3/255.0.255.0"),
              "'255.0.255.0' is no length of a prefix of this address, for example  dst 10.0.0.0/8");
    EXPECT_EQ(found(machine(), "dport = 08"), "'08' is no port and no service, for example  dport = :443");
}

/// Without brackets ss takes the last part for a port; where it may be of the address as well, both are found.
TEST(FilterValues, anAddressThatMayEndWithAPortIsBoth) {
    const FramePtr frame = FrameMaker{unguarded(1, "2001:db8::1", 443), unguarded(2, "2001:db8::1:443", 80),
                                      unguarded(3, "2001:db8::1", 80)}
                               .build();
    EXPECT_EQ(found(*frame, "dst 2001:db8::1:443"), "12");
    EXPECT_EQ(found(*frame, "dst [2001:db8::1:443]"), "2");
    EXPECT_EQ(found(*frame, "dst [2001:db8::1]:443"), "1");
}

TEST(FilterValues, aUnitAfterABlankIsOfItsValueAsCellsHaveIt) {
    check({{"idle > 1 m", "2347"},
           {"idle > 10 min", ""},
           {"idle>1 m", "2347"},
           {"idle>\"1 h 30 min\"", ""},
           {"idle<1 h 30 min", "12347"},
           {"idle < 1 h 30 min and state close-wait", "3"},
           {"idle:1 m..2 h", "2347"},
           {"timer < 30 s", "4"},
           {"keepidle = 1 min", "14"},
           {"keepidle:60 s,2 h", "145"},
           {"not keepidle = 1 min", "23567"},
           {"idle < 1 h -443", "1347"},
           {"idle > 1 443", "2"},
           {"sendq < 1 KiB state established", "1247"},
           {"bytes-sent >= 0 bytes", "12347"},
           {"rtt > 1 \u00b5s", "12347"},
           {"rtt>1\u6beb\u79d2", "12347"},
           {"idle < 2 \u5c0f\u65f6 1 \u5206", "12347"}});
    EXPECT_EQ(found(machine(), "idle > 1 \"m\""), "") << "a word in quotation marks is one";
    EXPECT_EQ(Filter("idle > 1 m 5 m").tree()->tests.size(), 3U) << "the second is none of the first";
}

} // namespace
} // namespace halfopen
