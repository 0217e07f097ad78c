// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/diag/dump_process.h"

#include "core/kernel/cpu_time.h"
#include "core/kernel/descriptor_passing.h"
#include "core/kernel/diag/message_reader.h"

#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <string>
#include <utility>

namespace halfopen {
namespace {

using namespace std::chrono_literals;

Error noProcess(int error) {
    return {ErrorCode::Unreadable, Sentence::tr("No process can be made to list TCP sockets: {0}.", Errno{error})};
}

constexpr std::size_t kSlotBytes = dumping::kSlots * dumping::kBatchBytes;
// A kernel that is neither done nor waits for a lock is slow, but not for ever.
constexpr int kMostWaits = 15;

bool isReadable(int fd, std::chrono::milliseconds within) {
    pollfd ready{fd, POLLIN, 0};
    const auto until = std::chrono::steady_clock::now() + within;
    while (true) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
        const int polled = ::poll(&ready, 1, static_cast<int>(std::max<std::int64_t>(left.count(), 0)));
        if (polled >= 0 || errno != EINTR)
            return polled > 0;
    }
}

} // namespace

Result<std::unique_ptr<DumpProcess>> DumpProcess::start() {
    std::unique_ptr<DumpProcess> process(new DumpProcess);
    if (auto ok = process->clone(); !ok)
        return tl::unexpected(ok.error());
    return process;
}

/// fork(2) without what it does besides: no handlers, and no SIGCHLD for a program that waits for children of its own.
Result<void> DumpProcess::clone() {
    int ends[2] = {-1, -1};
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
        return tl::unexpected(noProcess(errno));
    m_channel.reset(ends[0]);
    const UniqueFd theirs(ends[1]);
    void* const slots = ::mmap(nullptr, kSlotBytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (slots == MAP_FAILED)
        return tl::unexpected(noProcess(errno));
    m_slots = static_cast<std::byte*>(slots);
    const long child = ::syscall(SYS_clone, 0L, nullptr, nullptr, nullptr, nullptr);
    if (child == 0)
        dumping::serve(theirs.get(), m_slots);
    if (child < 0)
        return tl::unexpected(noProcess(errno));
    m_parent = ::getpid();
    m_child = static_cast<pid_t>(child);
    return {};
}

DumpProcess::~DumpProcess() {
    release();
    if (m_slots)
        ::munmap(m_slots, kSlotBytes);
}

/// Usually it ends at once; where it waits for a lock it ends with that, and whoever adopts it reaps it.
void DumpProcess::release() {
    constexpr int kTimeLimitMs = 100;
    if (m_child == 0 || ::getpid() != m_parent)
        return;
    ::kill(m_child, SIGKILL);
    for (int waited = 0; !reap() && !m_abandoned && waited < kTimeLimitMs; ++waited)
        ::poll(nullptr, 0, 1);
}

bool DumpProcess::reap() {
    if (m_child != 0 && ::waitpid(m_child, nullptr, __WALL | WNOHANG) != 0)
        m_child = 0;
    return m_child == 0;
}

Result<void> DumpProcess::ask(const DumpSocket& socket, std::span<const std::byte> request, bool whole) {
    dumping::Order order{.size = static_cast<std::uint32_t>(request.size()), .whole = whole ? 1U : 0U};
    std::ranges::copy(request.first(std::min(request.size(), order.request.size())), order.request.begin());
    return this->order(order, socket.get());
}

Result<void> DumpProcess::readPass(const UniqueFd& pass) {
    return order({.size = 1, .kind = dumping::Kind::Pass}, pass.get());
}

Result<void> DumpProcess::order(const dumping::Order& order, int source) {
    dumping::Order sent = order;
    if (DescriptorMessage(&sent, sizeof sent).send(m_channel.get(), source) < 0)
        return tl::unexpected(noProcess(errno));
    m_kind = order.kind;
    m_held = false;
    return {};
}

Result<const DumpProcess::Batch*> DumpProcess::next(std::chrono::milliseconds timeLimit) {
    if (std::exchange(m_held, false)) {
        const dumping::Order read{};
        ::send(m_channel.get(), &read, sizeof read, MSG_NOSIGNAL); // where it has gone, the next call tells
    }
    for (int waited = 0;; ++waited) {
        dumping::Report report{};
        const ssize_t size = ::recv(m_channel.get(), &report, sizeof report, MSG_DONTWAIT);
        if (size == sizeof report)
            return take(report);
        if (size >= 0 || (errno != EAGAIN && errno != EINTR))
            return failure(ErrorCode::Unreadable, Sentence::tr("The process that lists TCP sockets has ended."));
        if (!isReadable(m_channel.get(), timeLimit) && (waitsInKernel() || waited >= kMostWaits))
            return nullptr;
    }
}

tl::unexpected<Error> DumpProcess::refused(int error) const {
    if (m_kind == dumping::Kind::Pass)
        return failure(ErrorCode::Unreadable,
                       Sentence::tr("The kernel does not let its sockets be read exactly: {0}.", Errno{error}));
    if (error == ENOBUFS)
        return failure(ErrorCode::Unreadable,
                       Sentence::tr("The kernel had no memory to list all TCP sockets (ENOBUFS)."));
    return tl::unexpected(sockDiagError(error, {}));
}

Result<const DumpProcess::Batch*> DumpProcess::take(const dumping::Report& report) {
    if (report.error != 0)
        return refused(report.error);
    if (report.size == 0 && m_kind == dumping::Kind::Netlink)
        return failure(ErrorCode::Unreadable, Sentence::tr("The kernel closed the sock_diag socket."));
    if (report.truncated != 0 || report.size > dumping::kBatchBytes)
        return failure(ErrorCode::Unreadable,
                       Sentence::tr("A batch of the kernel did not fit into {0} bytes.", dumping::kBatchBytes));
    m_held = true;
    m_batch = {.bytes =
                   ByteView(m_slots + std::size_t{report.slot % dumping::kSlots} * dumping::kBatchBytes, report.size),
               .before = report.before,
               .now = report.now,
               .lost = report.lost != 0,
               .last = report.last != 0};
    return &m_batch;
}

/// State D of proc(5): in the kernel, and no signal ends it. Where /proc does not tell, what takes so long is taken for
/// it.
bool DumpProcess::waitsInKernel() const {
    std::ifstream file(fmt::format("/proc/{}/stat", m_child));
    std::string text;
    std::getline(file, text);
    const std::size_t name = text.rfind(')');
    return name == std::string::npos || name + 2 >= text.size() || text[name + 2] == 'D';
}

void DumpProcess::abandon() {
    m_abandoned = true;
    ::kill(m_child, SIGKILL);
}

std::chrono::nanoseconds DumpProcess::cpuTime() const {
    return m_child != 0 ? processCpuTime(m_child) : std::chrono::nanoseconds{};
}

bool DumpProcess::ended() {
    return m_abandoned && reap();
}

} // namespace halfopen
