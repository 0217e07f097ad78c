// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/listeners.h"

#include <gtest/gtest.h>

namespace halfopen {
namespace {

Connection socketAt(const char* address, std::uint16_t port, std::uint64_t cookie, bool inet6 = false) {
    Connection c;
    c.state = State::Listen;
    c.local = {*IpAddress::parse(address), port};
    c.cookie = cookie;
    c.inet6 = inet6;
    return c;
}

std::uint64_t listenerOf(const Listeners& listeners, const Connection& child) {
    const auto* listener = listeners.of(child);
    return listener == nullptr ? 0 : listener->cookie;
}

TEST(Listeners, veryAddressComesBeforeAnyAddress) {
    Listeners listeners;
    listeners.add(socketAt("0.0.0.0", 80, 1));
    listeners.add(socketAt("10.0.0.1", 80, 2));
    listeners.add(socketAt("10.0.0.1", 81, 3));
    EXPECT_EQ(listenerOf(listeners, socketAt("10.0.0.1", 80, 9)), 2u);
    EXPECT_EQ(listenerOf(listeners, socketAt("10.0.0.2", 80, 9)), 1u);
    EXPECT_EQ(listenerOf(listeners, socketAt("10.0.0.2", 81, 9)), 0u);
}

TEST(Listeners, dualStackListenerTakesIpv4AsAnIpv6Socket) {
    Listeners listeners;
    listeners.add(socketAt("::", 80, 6, true));
    EXPECT_EQ(listenerOf(listeners, socketAt("10.0.0.1", 80, 9, true)), 6u);
    EXPECT_EQ(listenerOf(listeners, socketAt("10.0.0.1", 80, 9, false)), 0u);
    listeners.add(socketAt("0.0.0.0", 80, 4));
    EXPECT_EQ(listenerOf(listeners, socketAt("10.0.0.1", 80, 9, false)), 4u);
}

TEST(Listeners, interfaceMustFitAndWins) {
    Listeners listeners;
    Connection bound = socketAt("0.0.0.0", 80, 2);
    bound.interface = 3;
    listeners.add(socketAt("0.0.0.0", 80, 1));
    listeners.add(bound);
    Connection child = socketAt("10.0.0.1", 80, 9);
    EXPECT_EQ(listenerOf(listeners, child), 1u);
    child.interface = 3;
    EXPECT_EQ(listenerOf(listeners, child), 2u);
}

TEST(Listeners, amongEqualsNobodyIsNamed) {
    Listeners listeners;
    listeners.add(socketAt("0.0.0.0", 80, 1));
    listeners.add(socketAt("0.0.0.0", 80, 2));
    EXPECT_EQ(listenerOf(listeners, socketAt("10.0.0.1", 80, 9)), 0u);
    listeners.add(socketAt("10.0.0.1", 80, 3));
    EXPECT_EQ(listenerOf(listeners, socketAt("10.0.0.1", 80, 9)), 3u);
}

} // namespace
} // namespace halfopen
