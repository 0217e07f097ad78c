// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/diag/socket_bytecode.h"

#include <linux/inet_diag.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <iterator>

namespace halfopen {

namespace {

// Newer than the headers of some distributions.
constexpr std::uint8_t kMarkCondition = 10;  // INET_DIAG_BC_MARK_COND
constexpr std::uint8_t kGroupCondition = 13; // INET_DIAG_BC_CGROUP_COND
constexpr int kMapped = 96;                  // bits before an IPv4 address
constexpr std::uint16_t kReject = 4;
constexpr std::size_t kLargest = 896; // with its request in one order to the dump process

using Bytecode = std::vector<std::byte>;

template <class T>
void append(Bytecode& program, const T& what) {
    // Copies in one piece make gcc 12 warn of what is none, at link time.
    std::ranges::copy(std::bit_cast<std::array<std::byte, sizeof what>>(what), std::back_inserter(program));
}

/// One operation and what belongs to it. `no` goes behind all that is in `size`, and is set when that is known.
Bytecode operation(std::uint8_t code, const Bytecode& operand = {}) {
    const std::size_t length = sizeof(inet_diag_bc_op) + operand.size();
    Bytecode program;
    append(program, inet_diag_bc_op{code, static_cast<std::uint8_t>(length), 0});
    std::ranges::copy(operand, std::back_inserter(program));
    return program;
}

Bytecode portOperation(std::uint8_t code, std::uint16_t port) {
    Bytecode operand;
    append(operand, inet_diag_bc_op{INET_DIAG_BC_NOP, 0, port});
    return operation(code, operand);
}

Bytecode hostOperation(const SocketCondition& condition) {
    const bool four = condition.address.family() == Family::Ipv4 && condition.bits >= kMapped;
    inet_diag_hostcond head{};
    head.family = four ? AF_INET : AF_INET6;
    head.prefix_len = static_cast<std::uint8_t>(condition.bits - (four ? kMapped : 0));
    head.port = -1;
    Bytecode operand;
    append(operand, head);
    const auto from = condition.address.bytes.begin() + (four ? kMapped / 8 : 0);
    for (auto byte = from; byte != condition.address.bytes.end(); ++byte)
        operand.push_back(static_cast<std::byte>(*byte));
    return operation(condition.local ? INET_DIAG_BC_S_COND : INET_DIAG_BC_D_COND, operand);
}

std::vector<Bytecode> operationsOf(const SocketCondition& condition) {
    std::vector<Bytecode> all;
    if (condition.lowPort > 0)
        all.push_back(portOperation(condition.local ? INET_DIAG_BC_S_GE : INET_DIAG_BC_D_GE, condition.lowPort));
    if (condition.highPort < 0xffff)
        all.push_back(portOperation(condition.local ? INET_DIAG_BC_S_LE : INET_DIAG_BC_D_LE, condition.highPort));
    if (condition.bits > 0)
        all.push_back(hostOperation(condition));
    return all;
}

void setNo(Bytecode& operation, std::size_t no) {
    const auto jump = static_cast<std::uint16_t>(no);
    std::memcpy(operation.data() + offsetof(inet_diag_bc_op, no), &jump, sizeof jump);
}

/// All of the operations, one after the other; the first that does not hold goes `beyond` bytes behind them.
Bytecode allOf(std::vector<Bytecode> operations, std::size_t beyond) {
    Bytecode all;
    for (auto one = operations.rbegin(); one != operations.rend(); ++one) {
        setNo(*one, one->size() + all.size() + beyond);
        all.insert(all.begin(), one->begin(), one->end());
    }
    return all;
}

/// One of the conditions holds, or the program rejects. @param rest  size of what follows in the program
Bytecode anyOf(const std::vector<SocketCondition>& conditions, std::size_t rest) {
    Bytecode any = allOf(operationsOf(conditions.back()), rest + kReject);
    for (auto one = conditions.rbegin() + 1; one != conditions.rend(); ++one) {
        // Where this one holds, a jump goes over the others; where it does not, on behind that jump.
        Bytecode jump = operation(INET_DIAG_BC_JMP);
        setNo(jump, jump.size() + any.size());
        any.insert(any.begin(), jump.begin(), jump.end());
        const Bytecode first = allOf(operationsOf(*one), jump.size());
        any.insert(any.begin(), first.begin(), first.end());
    }
    return any;
}

} // namespace

Bytecode bytecodeOf(const SocketFilter& filter) {
    Bytecode program;
    for (const auto& any : filter.conditions) {
        Bytecode part = anyOf(any, program.size());
        if (part.size() + program.size() > kLargest)
            continue;
        program.insert(program.begin(), part.begin(), part.end());
    }
    return program;
}

Bytecode bytecodeOf(const KernelQuestion& question, std::uint64_t group) {
    Bytecode operand;
    std::uint8_t code = INET_DIAG_BC_AUTO;
    if (question.fact == KernelFact::Mark) {
        code = kMarkCondition;
        append(operand, question.mark);
        append(operand, question.mask);
    } else if (question.fact == KernelFact::ControlGroup) {
        code = kGroupCondition;
        append(operand, group);
    }
    return allOf({operation(code, operand)}, kReject);
}

} // namespace halfopen
