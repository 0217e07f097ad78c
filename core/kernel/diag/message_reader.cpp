// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/diag/message_reader.h"

#include "core/kernel/diag/netlink_message.h"
#include "core/kernel/diag/no_sock_diag.h"

#include <fmt/format.h>

#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace halfopen {

namespace {

// NLMSGERR_ATTR_MSG after the error, and after the echoed request unless the kernel capped it.
std::string extendedAckText(const nlmsghdr& head, ByteView payload) {
    if (!(head.nlmsg_flags & NLM_F_ACK_TLVS) || payload.size() < sizeof(nlmsgerr))
        return {};
    nlmsgerr error{};
    std::memcpy(&error, payload.data(), sizeof error);
    std::size_t offset = sizeof(nlmsgerr);
    if (!(head.nlmsg_flags & NLM_F_CAPPED) && error.msg.nlmsg_len > sizeof(nlmsghdr))
        offset += NLMSG_ALIGN(std::size_t{error.msg.nlmsg_len}) - sizeof(nlmsghdr);
    while (offset + sizeof(nlattr) <= payload.size()) {
        nlattr attribute{};
        std::memcpy(&attribute, payload.data() + offset, sizeof attribute);
        if (attribute.nla_len < sizeof attribute || offset + attribute.nla_len > payload.size())
            break;
        const auto* text = reinterpret_cast<const char*>(payload.data() + offset + sizeof attribute);
        if ((attribute.nla_type & NLA_TYPE_MASK) == NLMSGERR_ATTR_MSG)
            return {text, strnlen(text, attribute.nla_len - sizeof attribute)};
        offset += NLMSG_ALIGN(std::size_t{attribute.nla_len});
    }
    return {};
}

// netlink(7): the status is a negated errno, and no errno is above MAX_ERRNO (include/linux/err.h).
Result<void> readStatus(std::int32_t status, std::string_view extendedAck) {
    constexpr std::int32_t kMaxErrno = 4095;
    if (status < -kMaxErrno || status > 0)
        return failure(ErrorCode::Unreadable,
                       Sentence::tr("The status {0} of a netlink message is no error number.", status));
    if (status == 0) // a plain acknowledgement
        return {};
    return tl::unexpected(sockDiagError(-status, extendedAck));
}

// A dump that failed on its way says so in the status of its NLMSG_DONE.
Result<void> readDone(ByteView payload) {
    return readStatus(statusOf(payload).value_or(0), {});
}

Result<void> readError(const nlmsghdr& head, ByteView payload) {
    const auto status = statusOf(payload);
    if (!status)
        return failure(ErrorCode::Unreadable, Sentence::tr("The kernel's error message is cut short."));
    return readStatus(*status, extendedAckText(head, payload));
}

Result<void> readSocket(ByteView payload, MonotonicTime sampled, const BatchContext& context, ConnectionSink& sink,
                        std::vector<std::uint8_t>& detail) {
    Connection connection;
    ByteView info;
    if (auto ok = decodeInetDiag(payload, sampled, connection, info); !ok)
        return ok;
    if (context.detailCookie != 0 && connection.cookie == context.detailCookie) {
        detail.resize(info.size());
        std::ranges::transform(info, detail.begin(), [](std::byte b) { return std::to_integer<std::uint8_t>(b); });
    }
    connection.tickCertain = context.tickCertain;
    connection.timer.readBefore = context.readBefore;
    connection.infoRequested = context.withInfo;
    sink.add(connection);
    if (connection.upperLayer == UpperLayer::Mptcp)
        sink.addToken(connection.cookie, mptcpTokenOf(payload));
    return {};
}

Result<NetlinkMessage> nextMessage(ByteView rest) {
    if (const auto message = firstMessage(rest))
        return *message;
    nlmsghdr head{};
    if (rest.size() < sizeof head)
        return failure(ErrorCode::Unreadable,
                       Sentence::tr("{0} stray bytes where a message should start", rest.size()));
    std::memcpy(&head, rest.data(), sizeof head);
    const std::size_t length = head.nlmsg_len;
    return failure(ErrorCode::Unreadable,
                   Sentence::tr("a message claims {0} bytes where {1} are left", length, rest.size()));
}

Result<void> readMessage(const NetlinkMessage& message, MonotonicTime sampled, const BatchContext& context,
                         ConnectionSink& sink, std::vector<std::uint8_t>& detail, BatchStatus& status) {
    status.interrupted = status.interrupted || (message.head.nlmsg_flags & NLM_F_DUMP_INTR) != 0;
    switch (message.head.nlmsg_type) {
    case NLMSG_DONE:
        status.done = true;
        return readDone(message.payload);
    case NLMSG_ERROR:
        return readError(message.head, message.payload);
    case SOCK_DIAG_BY_FAMILY:
    case TCPDIAG_GETSOCK:
        return readSocket(message.payload, sampled, context, sink, detail);
    default:
        return {};
    }
}

} // namespace

Result<BatchStatus> readBatch(ByteView batch, MonotonicTime sampled, const BatchContext& context, ConnectionSink& sink,
                              std::vector<std::uint8_t>& detail, std::size_t& consumed) {
    BatchStatus status;
    consumed = 0;
    while (consumed < batch.size() && !status.done) {
        const auto message = nextMessage(batch.subspan(consumed));
        if (!message)
            return tl::unexpected(message.error());
        const nlmsghdr& head = message->head;
        const bool ours =
            !context.checkOrigin || (head.nlmsg_seq == context.sequence && head.nlmsg_pid == context.port);
        if (ours) {
            if (auto ok = readMessage(*message, sampled, context, sink, detail, status); !ok)
                return tl::unexpected(ok.error());
        }
        consumed += message->whole.size();
    }
    return status;
}

Error sockDiagError(int errorNumber, std::string_view extendedAck) {
    const Sentence words = extendedAck.empty() ? Sentence::tr("{0}", Errno{errorNumber})
                                               : Sentence::tr("{0}: {1}", Errno{errorNumber}, extendedAck);
    switch (errorNumber) {
    case ENOENT:
    case EPROTONOSUPPORT:
    case EAFNOSUPPORT:
        return noSockDiag(errorNumber, words, kernelKind());
    case EOPNOTSUPP:
    case ENOSYS:
        return {ErrorCode::NotSupported, Sentence::tr("This kernel does not know the request ({0}).", words)};
    case EPERM:
    case EACCES:
        return {
            ErrorCode::NotPermitted,
            Sentence::tr("The kernel refused to list TCP sockets ({0}): a seccomp filter, SELinux or AppArmor forbids "
                         "NETLINK_SOCK_DIAG to this program.",
                         words)};
    default:
        return {ErrorCode::Unreadable, Sentence::tr("Listing TCP sockets failed: {0}.", words)};
    }
}

} // namespace halfopen
