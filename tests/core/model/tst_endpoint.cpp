// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/endpoint.h"

#include <gtest/gtest.h>

#include <arpa/inet.h>

#include <random>

namespace halfopen {
namespace {

TEST(IpAddress, mappedAndPlainIpv4AreTheSameAddress) {
    EXPECT_EQ(IpAddress::parse("::ffff:10.0.0.1"), IpAddress::parse("10.0.0.1"));
    EXPECT_EQ(IpAddress::parse("::ffff:10.0.0.1")->toString(), "10.0.0.1");
    EXPECT_EQ(IpAddress::parse("::ffff:10.0.0.1")->family(), Family::Ipv4);
}

TEST(IpAddress, parseTakesBracketsAndRefusesWords) {
    EXPECT_EQ(IpAddress::parse("[2001:db8::1]")->toString(), "2001:db8::1");
    EXPECT_FALSE(IpAddress::parse("10.0.0"));
    EXPECT_FALSE(IpAddress::parse("psql"));
    EXPECT_FALSE(IpAddress::parse(""));
}

TEST(IpAddress, ipv6IsWrittenAsTheLibraryWritesIt) {
    std::mt19937 draw(17);
    for (int time = 0; time < 20'000; ++time) {
        IpAddress address;
        for (std::size_t byte = 0; byte < 16; ++byte) // mostly zeros, so that they come in every run
            address.bytes[byte] = draw() % 3 == 0 ? static_cast<std::uint8_t>(draw()) : 0;
        if (address.family() == Family::Ipv4)
            continue;
        char text[INET6_ADDRSTRLEN] = "";
        inet_ntop(AF_INET6, address.bytes.data(), text, sizeof text);
        ASSERT_EQ(address.toString(), text);
    }
    for (const char* text : {"::", "::1", "1::", "::2:0:0:1", "1:0:0:2::", "::1.2.3.4", "::0.1.0.0", "0:1::1",
                             "1:2:3:4:5:6:7:8", "::7:8"}) {
        char library[INET6_ADDRSTRLEN] = "";
        const auto address = IpAddress::parse(text);
        inet_ntop(AF_INET6, address->bytes.data(), library, sizeof library);
        EXPECT_EQ(address->toString(), library);
    }
}

TEST(IpAddress, knowsLoopbackAndUnspecifiedOfBothFamilies) {
    EXPECT_TRUE(IpAddress::parse("127.8.9.1")->isLoopback());
    EXPECT_TRUE(IpAddress::parse("::1")->isLoopback());
    EXPECT_FALSE(IpAddress::parse("::2")->isLoopback());
    EXPECT_TRUE(IpAddress::parse("0.0.0.0")->isUnspecified());
    EXPECT_TRUE(IpAddress{}.isUnspecified());
    EXPECT_FALSE(IpAddress::parse("0.0.0.1")->isUnspecified());
}

TEST(Endpoint, readsAsSsWritesIt) {
    EXPECT_EQ((Endpoint{*IpAddress::parse("10.0.0.1"), 22}.toString()), "10.0.0.1:22");
    EXPECT_EQ((Endpoint{*IpAddress::parse("::1"), 22}.toString()), "[::1]:22");
    EXPECT_EQ((Endpoint{IpAddress{}, 22}.toString()), "*:22");
    EXPECT_EQ((Endpoint{*IpAddress::parse("0.0.0.0"), 0}.toString()), "0.0.0.0:*");
}

TEST(Endpoint, theZoneStandsWithAddressesOfALinkOnly) {
    const Endpoint link{*IpAddress::parse("fe80::b"), 22};
    EXPECT_EQ(link.toString("vA"), "[fe80::b%vA]:22");
    EXPECT_EQ(link.toString(), "[fe80::b]:22");
    EXPECT_EQ((Endpoint{*IpAddress::parse("febf::1"), 22}.toString("2")), "[febf::1%2]:22");
    for (const char* address : {"fec0::1", "2001:db8::1", "10.0.0.1", "169.254.1.1", "::1"})
        EXPECT_EQ((Endpoint{*IpAddress::parse(address), 22}.toString("vA")).find('%'), std::string::npos) << address;
}

} // namespace
} // namespace halfopen
