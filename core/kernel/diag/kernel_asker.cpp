// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/diag/kernel_asker.h"

#include "core/kernel/diag/message_reader.h"
#include "core/kernel/diag/netlink_receive.h"
#include "core/kernel/diag/socket_bytecode.h"
#include "core/kernel/port_range.h"
#include "core/kernel/unique_fd.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <optional>
#include <string>

namespace halfopen {

namespace {

constexpr int kAttempts = 3;

class Sockets : public ConnectionSink {
public:
    void restart() override { m_all.clear(); }
    void add(const Connection& connection) override { m_all.push_back({.cookie = connection.cookie}); }
    std::vector<RowKey> take() {
        std::ranges::sort(m_all);
        return std::move(m_all);
    }

private:
    std::vector<RowKey> m_all;
};

std::vector<std::byte> requestWith(const std::vector<std::byte>& program, std::uint32_t sequence) {
    struct {
        nlmsghdr head;
        inet_diag_req body;
        nlattr attribute;
    } request{};
    request.head.nlmsg_len = static_cast<std::uint32_t>(sizeof request + program.size());
    request.head.nlmsg_type = TCPDIAG_GETSOCK;
    request.head.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
    request.head.nlmsg_seq = sequence;
    request.body.idiag_states = SocketFilter::kEveryState;
    request.attribute = {static_cast<std::uint16_t>(sizeof(nlattr) + program.size()), INET_DIAG_REQ_BYTECODE};
    std::vector<std::byte> bytes(sizeof request);
    std::memcpy(bytes.data(), &request, sizeof request);
    bytes.insert(bytes.end(), program.begin(), program.end());
    return bytes;
}

/// @return whether the dump is complete and was not interrupted
Result<bool> readAll(int socket, const BatchContext& context, Sockets& sockets) {
    alignas(nlmsghdr) std::array<std::byte, 64 * 1024> buffer;
    std::vector<std::uint8_t> detail;
    bool interrupted = false;
    while (true) {
        const Datagram got = receiveFromKernel(socket, buffer);
        if (got.size <= 0 || got.truncated)
            return tl::unexpected(sockDiagError(got.size < 0 ? got.error : EMSGSIZE, {}));
        std::size_t consumed = 0;
        const auto status = readBatch(ByteView(buffer).first(static_cast<std::size_t>(got.size)), MonotonicClock::now(),
                                      context, sockets, detail, consumed);
        if (!status)
            return tl::unexpected(status.error());
        interrupted = interrupted || status->interrupted;
        if (status->done)
            return !interrupted;
    }
}

/// The id of a cgroup2 directory. Source: cgroup_id(), the handle that name_to_handle_at(2) gives of kernfs.
std::optional<std::uint64_t> groupId(const std::string& path) {
    std::uint64_t id = 0;
    alignas(file_handle) std::array<std::byte, sizeof(file_handle) + sizeof id> handle{};
    auto* head = reinterpret_cast<file_handle*>(handle.data());
    head->handle_bytes = sizeof id;
    int mount = 0;
    if (::name_to_handle_at(AT_FDCWD, path.c_str(), head, &mount, 0) != 0)
        return std::nullopt;
    std::memcpy(&id, handle.data() + sizeof(file_handle), sizeof id);
    return id;
}

/// From which the kernel chooses a port.
std::pair<std::uint16_t, std::uint16_t> portsOf(const NetnsAccess& netns) {
    const UniqueFd settings = netns.settings("ipv4");
    KeptFile file(fmt::format("/proc/self/fd/{}/ip_local_port_range", settings.get()));
    return readPortRange(file).value_or(KernelAnswer().ports);
}

Error withReason(const Error& error, const KernelQuestion& question) {
    if (question.fact == KernelFact::Mark && error.code == ErrorCode::NotPermitted)
        return {ErrorCode::NotPermitted,
                Sentence::tr("The marks of sockets are told to those with CAP_NET_ADMIN only: run it with sudo.")};
    if (question.fact == KernelFact::ControlGroup)
        return {ErrorCode::NotSupported,
                Sentence::tr("This kernel cannot filter by control group: {0}", error.sentence)};
    return error;
}

} // namespace

Result<KernelAsker> KernelAsker::open(const NetnsAccess& netns) {
    UniqueFd socket = netns.socket(AF_NETLINK, SOCK_RAW, NETLINK_SOCK_DIAG);
    sockaddr_nl address{};
    address.nl_family = AF_NETLINK;
    socklen_t size = sizeof address;
    if (!socket || ::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
        ::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&address), &size) != 0)
        return tl::unexpected(sockDiagError(errno, {}));
    KernelAsker asker(std::move(socket), address.nl_pid);
    asker.m_ports = portsOf(netns);
    return asker;
}

Result<KernelAnswer> KernelAsker::ask(const KernelQuestion& question) {
    KernelAnswer answer{.question = question, .sockets = {}, .ports = m_ports};
    std::uint64_t group = 0;
    if (question.fact == KernelFact::ControlGroup) {
        const auto id = groupId(question.group);
        if (!id)
            return failure(ErrorCode::NotFound,
                           Sentence::tr("There is no control group {0}: {1}.", question.group, Errno{errno}));
        group = *id;
    }
    const auto program = bytecodeOf(question, group);
    for (int attempt = 1; attempt <= kAttempts; ++attempt) {
        const auto request = requestWith(program, ++m_sequence);
        if (::send(m_socket.get(), request.data(), request.size(), 0) != static_cast<ssize_t>(request.size()))
            return tl::unexpected(withReason(sockDiagError(errno, {}), question));
        Sockets sockets;
        const auto whole =
            readAll(m_socket.get(), {.sequence = m_sequence, .port = m_port, .withInfo = false}, sockets);
        if (!whole)
            return tl::unexpected(withReason(whole.error(), question));
        answer.sockets = sockets.take();
        if (*whole)
            break;
    }
    return answer;
}

} // namespace halfopen
