// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/descriptor_passing.h"
#include "core/kernel/diag/dump_channel.h"
#include "core/kernel/diag/netlink_receive.h"

#include <signal.h>
#include <time.h>
#include <unistd.h>

#include <linux/netlink.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#include <cerrno>
#include <cstring>

namespace halfopen::dumping {
namespace {

std::int64_t nanosOf(clockid_t clock) {
    timespec time{};
    clock_gettime(clock, &time);
    return std::int64_t{1'000'000'000} * time.tv_sec + time.tv_nsec;
}

CallTimes begin() {
    const std::int64_t begun = nanosOf(CLOCK_MONOTONIC);
    return {.begun = begun, .coarse = nanosOf(CLOCK_MONOTONIC_COARSE)};
}

/// Whether the answer is complete with these messages.
bool isLast(const std::byte* batch, std::size_t size, bool whole) {
    nlmsghdr head{};
    for (std::size_t at = 0; at + sizeof head <= size; at += NLMSG_ALIGN(head.nlmsg_len)) {
        std::memcpy(&head, batch + at, sizeof head);
        if (!whole || head.nlmsg_type == NLMSG_DONE || head.nlmsg_type == NLMSG_ERROR)
            return true;
        if (head.nlmsg_len < sizeof head)
            return true; // the other side refuses it
    }
    return false;
}

/// Nothing of the process that it was cloned from stays open, or a pipe would not end with that one.
int keepOnly(int channel) {
    constexpr int kNoCloseRange = 4096; // before 5.9
    dup2(channel, 0);
#ifdef SYS_close_range
    if (syscall(SYS_close_range, 1U, ~0U, 0U) == 0)
        return 0;
#endif
    for (int fd = 1; fd < kNoCloseRange; ++fd)
        close(fd);
    return 0;
}

class Child {
public:
    Child(int channel, std::byte* slots)
        : m_channel(channel)
        , m_slots(slots) {}

    /// @return false when the other side has gone
    bool serveOne() {
        Order order{};
        if (!take(order))
            return false;
        if (order.size == 0)
            return true;
        m_free = kSlots;
        m_lost = false;
        const bool goesOn = order.kind == Kind::Netlink ? answer(order) : readPass();
        close(m_source); // or its network namespace would last for as long as nobody asks for anything else
        m_source = -1;
        return goesOn;
    }

private:
    /// @return false when the other side has gone
    bool take(Order& order) {
        int socket = -1;
        const ssize_t size = DescriptorMessage(&order, sizeof order).receive(m_channel, socket);
        if (socket >= 0)
            m_source = socket;
        return size > 0;
    }

    bool tell(const Report& report) const { return send(m_channel, &report, sizeof report, MSG_NOSIGNAL) > 0; }

    bool giveUp(int error) const {
        tell({.error = error});
        return false;
    }

    bool answer(const Order& order) {
        sockaddr_nl kernel{};
        kernel.nl_family = AF_NETLINK;
        CallTimes before = begin();
        const ssize_t sent = sendto(m_source, order.request.data(), order.size, 0,
                                    reinterpret_cast<const sockaddr*>(&kernel), sizeof kernel);
        before.returned = nanosOf(CLOCK_MONOTONIC);
        if (sent < 0)
            return giveUp(errno);
        for (bool last = false; !last;) {
            if (!receive(before, order.whole != 0, last))
                return false;
        }
        return true;
    }

    /// One batch of the kernel; what another process sends is passed over. ENOBUFS loses messages, not the dump: it
    /// goes on with what is queued; but where the kernel found no memory for a batch, nothing makes it go on, and
    /// waiting would be for ever.
    bool receive(CallTimes& before, bool whole, bool& last) {
        if (!awaitSlot())
            return false;
        Report report{.slot = m_slot, .before = before};
        std::byte* const slot = slotAtHand();
        report.now = begin();
        const Datagram got = receiveOnce(m_source, {slot, kBatchBytes}, m_lost ? MSG_DONTWAIT : 0);
        report.now.returned = nanosOf(CLOCK_MONOTONIC);
        m_lost = m_lost || got.error == ENOBUFS;
        if (got.error == EINTR || got.error == ENOBUFS)
            return true;
        if (got.size < 0)
            return giveUp(m_lost && got.error == EAGAIN ? ENOBUFS : got.error);
        before = report.now;
        if (got.size > 0 && !got.fromKernel)
            return true;
        report.size = static_cast<std::uint32_t>(got.size);
        report.lost = m_lost;
        report.truncated = got.truncated;
        report.last = last = got.size == 0 || isLast(slot, report.size, whole);
        return handOut(report);
    }

    bool readPass() {
        for (bool last = false; !last;) {
            if (!readOnce(last))
                return false;
        }
        return true;
    }

    /// A read that has passed a million sockets of others without one of ours is to be repeated (EAGAIN).
    bool readOnce(bool& last) {
        if (!awaitSlot())
            return false;
        const ssize_t size = read(m_source, slotAtHand(), kBatchBytes);
        if (size < 0)
            return errno == EINTR || errno == EAGAIN || giveUp(errno);
        last = size == 0;
        return handOut({.slot = m_slot, .size = static_cast<std::uint32_t>(size), .last = last});
    }

    std::byte* slotAtHand() const { return m_slots + std::size_t{m_slot} * kBatchBytes; }

    bool awaitSlot() {
        for (Order credit{}; m_free == 0; ++m_free) {
            if (!take(credit))
                return false;
        }
        return true;
    }

    bool handOut(const Report& report) {
        m_slot = (m_slot + 1) % kSlots;
        --m_free;
        return tell(report);
    }

    int m_channel;
    int m_source = -1; ///< of the order at hand
    std::byte* m_slots;
    std::uint32_t m_slot = 0;
    std::uint32_t m_free = kSlots;
    bool m_lost = false;
};

} // namespace

void serve(int channel, std::byte* slots) {
    sigset_t all;
    sigfillset(&all); // what is sent to a terminal's whole group is not for us: we end with the channel
    sigprocmask(SIG_SETMASK, &all, nullptr);
    prctl(PR_SET_NAME, "halfopen-dump");
    [[maybe_unused]] const int nowhere = chdir("/"); // keeps no file system busy
    Child child(keepOnly(channel), slots);
    while (child.serveOne()) {
    }
    syscall(SYS_exit_group, 0);
    __builtin_unreachable();
}

} // namespace halfopen::dumping
