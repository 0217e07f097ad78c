// SPDX-License-Identifier: GPL-3.0-or-later
// The programs, by what the kernel would do with them (net/ipv4/inet_diag.c, inet_diag_bc_run()).
#include "core/kernel/diag/socket_bytecode.h"

#include <gtest/gtest.h>

#include <linux/inet_diag.h>
#include <sys/socket.h>

#include <cstring>

namespace halfopen {
namespace {

struct Socket {
    std::uint16_t localPort;
    std::uint16_t remotePort;
    IpAddress remote;
};

inet_diag_bc_op operationAt(const std::vector<std::byte>& program, std::size_t at) {
    inet_diag_bc_op operation{};
    std::memcpy(&operation, program.data() + at, sizeof operation);
    return operation;
}

bool hostFits(const std::vector<std::byte>& program, std::size_t at, const Socket& socket) {
    inet_diag_hostcond condition{};
    std::memcpy(&condition, program.data() + at + sizeof(inet_diag_bc_op), sizeof condition);
    EXPECT_EQ(condition.family, AF_INET);
    EXPECT_EQ(condition.port, -1);
    EXPECT_EQ(condition.prefix_len % 8, 0) << "this test compares whole bytes";
    return std::memcmp(program.data() + at + sizeof(inet_diag_bc_op) + sizeof condition,
                       socket.remote.bytes.data() + 12, condition.prefix_len / 8) == 0;
}

/// What the kernel would say.
bool accepts(const std::vector<std::byte>& program, const Socket& socket) {
    std::size_t at = 0;
    for (int steps = 0; at < program.size(); ++steps) {
        if (steps > 1000 || at % 4 != 0)
            return ADD_FAILURE(), false;
        const auto operation = operationAt(program, at);
        const auto number = [&] { return operationAt(program, at + sizeof operation).no; };
        bool yes = false;
        switch (operation.code) {
        case INET_DIAG_BC_JMP:
            break;
        case INET_DIAG_BC_S_GE:
            yes = socket.localPort >= number();
            break;
        case INET_DIAG_BC_S_LE:
            yes = socket.localPort <= number();
            break;
        case INET_DIAG_BC_D_GE:
            yes = socket.remotePort >= number();
            break;
        case INET_DIAG_BC_D_LE:
            yes = socket.remotePort <= number();
            break;
        case INET_DIAG_BC_D_COND:
            yes = hostFits(program, at, socket);
            break;
        default:
            ADD_FAILURE() << int{operation.code};
        }
        at += yes ? operation.yes : operation.no;
    }
    EXPECT_TRUE(at == program.size() || at == program.size() + 4);
    return at == program.size();
}

SocketCondition port(bool local, std::uint16_t low, std::uint16_t high) {
    return {.local = local, .lowPort = low, .highPort = high, .address = {}};
}

TEST(SocketBytecode, everythingTakesNoProgram) {
    EXPECT_TRUE(bytecodeOf(SocketFilter()).empty());
}

TEST(SocketBytecode, conditionsAreJoinedAsTheyAreMeant) {
    SocketCondition net{.address = IpAddress::v4({10, 1, 0, 0}), .bits = 96 + 16};
    const SocketFilter filter{.conditions = {{port(false, 443, 443), port(true, 22, 22), net},
                                             {port(true, 1, 0xffff)},
                                             {port(false, 100, 500), port(false, 8000, 0xffff)}}};
    const auto program = bytecodeOf(filter);
    ASSERT_FALSE(program.empty());
    for (const std::uint16_t local : {0, 22, 1000})
        for (const std::uint16_t remote : {22, 443, 500, 501, 8000})
            for (const IpAddress& address : {IpAddress::v4({10, 1, 7, 7}), IpAddress::v4({10, 2, 7, 7})}) {
                const bool first = remote == 443 || local == 22 || address.bytes[13] == 1;
                const bool third = (remote >= 100 && remote <= 500) || remote >= 8000;
                EXPECT_EQ(accepts(program, {local, remote, address}), first && local > 0 && third)
                    << local << " " << remote << " " << address.toString();
            }
}

TEST(SocketBytecode, whatDoesNotFitIsLeftAwayAndLetsMoreThrough) {
    SocketFilter filter{.conditions = {{port(false, 443, 443)}, {}}};
    filter.conditions.back().assign(200, port(true, 1, 1));
    const auto program = bytecodeOf(filter);
    EXPECT_TRUE(accepts(program, {7, 443, {}}));
    EXPECT_FALSE(accepts(program, {1, 444, {}}));
}

} // namespace
} // namespace halfopen
