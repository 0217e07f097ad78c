// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lab/trouble.h"

namespace halfopen::lab {

namespace {

constexpr char kDevice[] = "eth1";
constexpr char kSecondFarDevice[] = "far1";
constexpr Hardware kSecondNearHardware{0x02, 0, 0, 0, 1, 0x0a};
constexpr Hardware kSecondFarHardware{0x02, 0, 0, 0, 1, 0x01};
// Of the network for measurements of devices (RFC 2544).
constexpr char kNearAddress[] = "198.18.0.10/24";
constexpr char kFarAddress[] = "198.18.0.1/24";

IpAddress hostOf(const char* prefix) {
    return Prefix::of(prefix).address;
}

} // namespace

Result<void> addTrouble(Links& near, int farNamespace) {
    if (auto added =
            near.addVethPair({kDevice, kSecondNearHardware}, {kSecondFarDevice, kSecondFarHardware}, farNamespace);
        !added)
        return added;
    return near.setUp(kDevice);
}

Result<void> addFarEnd(Links& far) {
    return inOrder([&] { return far.setUp(kSecondFarDevice); },
                   [&] { return far.addAddress(kSecondFarDevice, Prefix::of(kFarAddress)); },
                   [&] { return far.addNeighbour(kSecondFarDevice, hostOf(kNearAddress), kSecondNearHardware); });
}

Result<void> openTrouble(Links& near) {
    return inOrder([&] { return near.doubtNeighbours("eth0"); }, [&] { return near.awaitCarrier(kDevice); },
                   [&] { return near.addAddress(kDevice, Prefix::of(kNearAddress)); },
                   [&] { return near.addNeighbour(kDevice, hostOf(kFarAddress), kSecondFarHardware); },
                   [&] {
                       return near.addRoute({droppedPeer(), 32}, hostOf(kFarAddress), kDevice);
                   });
}

Result<void> startTrouble(Links& near) {
    return near.dropAll(kDevice);
}

IpAddress droppedPeer() {
    return Prefix::of("203.0.113.40").address;
}

} // namespace halfopen::lab
