// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/diag/recording.h"

#include "core/kernel/diag/message_reader.h"
#include "core/kernel/diag/netlink_message.h"
#include "core/kernel/unique_fd.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace halfopen {

namespace {

// Larger than any dump of a real machine (10 million sockets), small enough not to eat the memory of one.
constexpr std::uintmax_t kLargestRecording = std::uintmax_t{4} << 30;
// Between two questions whether a recording is still wanted: while a pipe is silent, and while messages are decoded.
constexpr int kAskEvery = 100; // ms
constexpr std::size_t kDecodedAtOnce = 16 << 20;

bool isSocket(const nlmsghdr& head) {
    return head.nlmsg_type == SOCK_DIAG_BY_FAMILY || head.nlmsg_type == TCPDIAG_GETSOCK;
}

/// Walks through messages one by one; stops at the first that does not fit.
void eachMessage(ByteView bytes, const std::function<void(const NetlinkMessage&)>& visit) {
    while (const auto message = firstMessage(bytes)) {
        visit(*message);
        bytes = bytes.subspan(message->whole.size());
    }
}

} // namespace

std::vector<std::byte> filterBatch(ByteView batch, const std::function<bool(const Connection&)>& keep) {
    std::vector<std::byte> kept;
    eachMessage(batch, [&](const NetlinkMessage& message) {
        if (isSocket(message.head)) {
            Connection connection;
            ByteView info;
            if (!decodeInetDiag(message.payload, {}, connection, info) || !keep(connection))
                return;
        }
        kept.insert(kept.end(), message.whole.begin(), message.whole.end());
    });
    return kept;
}

namespace {

Error calledOff() {
    return {ErrorCode::SomeFailed, Sentence::tr("Reading the recording was called off.")};
}

/// Waits for a pipe, which a block of a file never makes. @return false where it was called off
bool waitFor(int fd, const KeepReading& keepReading, std::uintmax_t read, std::uintmax_t of) {
    pollfd wait{fd, POLLIN, 0};
    while (::poll(&wait, 1, keepReading ? kAskEvery : -1) <= 0)
        if (keepReading && !keepReading(read, of))
            return false;
    return !keepReading || keepReading(read, of);
}

std::uintmax_t sizeOf(int fd) {
    struct stat status {};
    return ::fstat(fd, &status) == 0 && S_ISREG(status.st_mode) ? static_cast<std::uintmax_t>(status.st_size) : 0;
}

Result<std::vector<std::byte>> readFile(const std::filesystem::path& file, const KeepReading& keepReading) {
    // Without O_NONBLOCK a pipe that nobody writes to could not be called off.
    const UniqueFd fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    const auto unreadable = [&](int cause) {
        const auto code = cause == EACCES ? ErrorCode::NotPermitted : ErrorCode::NotFound;
        return failure(code, Sentence::tr("Cannot read the recording {0}: {1}.", file.string(), Errno{cause}));
    };
    if (!fd)
        return unreadable(errno);
    std::vector<std::byte> bytes;
    const std::uintmax_t size = sizeOf(fd.get());
    std::vector<std::byte> block(1 << 20);
    while (bytes.size() < kLargestRecording) {
        if (!waitFor(fd.get(), keepReading, bytes.size(), size))
            return tl::unexpected(calledOff());
        const ssize_t got = ::read(fd.get(), block.data(), block.size());
        if (got == 0)
            break;
        if (got > 0)
            bytes.insert(bytes.end(), block.begin(), block.begin() + got);
        else if (errno != EINTR && errno != EAGAIN)
            return unreadable(errno);
    }
    return bytes;
}

/// About so many bytes of whole messages from the front; all of them where something is damaged there.
ByteView front(ByteView bytes) {
    std::size_t offset = 0;
    while (offset < kDecodedAtOnce) {
        const auto message = firstMessage(bytes.subspan(offset));
        if (!message)
            return bytes;
        offset += message->whole.size();
    }
    return bytes.first(offset);
}

/// A state that this program does not know cannot be asked for, and is not held back.
bool wants(const SampleRequest& request, State state) {
    const auto number = static_cast<unsigned>(state);
    return number >= 32 || (request.only.states >> number & 1U) != 0;
}

class Collect : public ConnectionSink {
public:
    Collect(std::vector<Connection>& into, std::unordered_map<std::uint64_t, std::uint32_t>& tokens)
        : m_into(into)
        , m_tokens(tokens) {}
    void restart() override { m_into.clear(); }
    void add(const Connection& connection) override { m_into.push_back(connection); }
    void addToken(std::uint64_t cookie, std::uint32_t token) override { m_tokens.insert_or_assign(cookie, token); }

private:
    std::vector<Connection>& m_into;
    std::unordered_map<std::uint64_t, std::uint32_t>& m_tokens;
};

} // namespace

Result<std::unique_ptr<RecordingSource>> RecordingSource::open(const std::filesystem::path& file,
                                                               const KeepReading& keepReading) {
    auto bytes = readFile(file, keepReading);
    if (!bytes)
        return tl::unexpected(bytes.error());
    auto source = decode(std::move(*bytes), keepReading);
    if (!source)
        return failure(source.error().code, Sentence::tr("{0}: {1}", file.string(), source.error().sentence));
    return source;
}

Result<std::unique_ptr<RecordingSource>> RecordingSource::parse(ByteView bytes) {
    return decode({bytes.begin(), bytes.end()}, {});
}

/// After each trailer but the last begins another namespace. What stands behind a damage is of no namespace.
std::vector<RecordingSource::Part> RecordingSource::partsOf(std::vector<std::byte> bytes) {
    const auto file = std::make_shared<const std::vector<std::byte>>(std::move(bytes));
    std::vector<Part> parts{{file, 0, file->size(), std::nullopt}};
    std::size_t offset = 0;
    eachMessage(*file, [&](const NetlinkMessage& message) {
        offset += message.whole.size();
        if (message.head.nlmsg_type != NLMSG_NOOP)
            return;
        parts.back().trailer = decodeTrailer(message.payload);
        if (!parts.back().trailer || offset == file->size())
            return;
        parts.back().end = offset;
        parts.push_back({file, offset, file->size(), std::nullopt});
    });
    return parts;
}

Result<std::unique_ptr<RecordingSource>> RecordingSource::decode(std::vector<std::byte> bytes,
                                                                 const KeepReading& keepReading) {
    std::unique_ptr<RecordingSource> first;
    for (Part& part : partsOf(std::move(bytes))) {
        std::unique_ptr<RecordingSource> source(new RecordingSource);
        source->m_part = std::move(part);
        if (!source->read(keepReading))
            return tl::unexpected(calledOff());
        if (first)
            first->m_others.push_back(std::move(source));
        else
            first = std::move(source);
    }
    const bool sawEnd = first->m_notes.empty();
    if (first->m_connections.empty() && !sawEnd)
        return failure(ErrorCode::Unreadable,
                       Sentence::tr("This is not a recording of sock_diag messages: {0}", first->m_notes.front()));
    return first;
}

/// There may be several dumps, each with its NLMSG_DONE; ss writes one for each family.
bool RecordingSource::read(const KeepReading& keepReading) {
    Collect collect(m_connections, m_tokens);
    std::vector<std::uint8_t> ignoredDetail;
    std::size_t offset = m_part.begin;
    bool done = false;
    while (offset < m_part.end) {
        std::size_t consumed = 0;
        const ByteView rest = ByteView(*m_part.file).subspan(offset, m_part.end - offset);
        const auto status = readBatch(front(rest), {}, {.checkOrigin = false}, collect, ignoredDetail, consumed);
        offset += consumed;
        if (!status) {
            m_notes.push_back(
                Sentence::tr("The recording is damaged at byte {0} ({1}); {2} sockets before it were read.", offset,
                             status.error().sentence, m_connections.size()));
            return true;
        }
        done = done || status->done;
        if (keepReading && !keepReading(offset, m_part.file->size()))
            return false;
    }
    if (!done)
        m_notes.push_back(Sentence::tr("The recording is cut short: no end mark after byte {0}; {1} sockets were read.",
                                       m_part.end, m_connections.size()));
    m_trailer = std::move(m_part.trailer);
    const bool withInfo = std::ranges::any_of(m_connections, [](const auto& c) { return c.info.present(); });
    for (Connection& connection : m_connections)
        connection.infoRequested = withInfo;
    return true;
}

std::optional<MachineFacts> RecordingSource::machineFacts() const {
    if (!m_trailer)
        return MachineFacts{};
    return MachineFacts{.name = m_trailer->host,
                        .kernel = m_trailer->kernel,
                        .sysctls = m_trailer->sysctls,
                        .clock = m_trailer->clock,
                        .netnsCookie = m_trailer->netnsCookie,
                        .netnsName = m_trailer->netnsName,
                        .units = m_trailer->units};
}

Result<SampleSummary> RecordingSource::sample(const SampleRequest& request, ConnectionSink& sink) {
    SampleSummary summary;
    summary.start = summary.end = m_trailer ? m_trailer->taken : MonotonicTime{};
    summary.notes = m_notes;
    if (!m_trailer)
        summary.notes.push_back(Sentence::tr("The recording does not tell the settings and the tick of its machine: "
                                             "the kernel's defaults are assumed."));
    for (Connection connection : m_connections) {
        connection.sampled = summary.end;
        if (!wants(request, connection.state))
            continue;
        sink.add(connection);
        if (connection.upperLayer == UpperLayer::Mptcp)
            if (const auto token = m_tokens.find(connection.cookie); token != m_tokens.end())
                sink.addToken(connection.cookie, token->second);
    }
    if (request.detailCookie != 0) {
        eachMessage(bytes(), [&](const NetlinkMessage& message) {
            Connection connection;
            ByteView info;
            if (!isSocket(message.head) || !decodeInetDiag(message.payload, {}, connection, info))
                return;
            if (connection.cookie == request.detailCookie) {
                const auto* first = reinterpret_cast<const std::uint8_t*>(info.data());
                summary.detail.assign(first, first + info.size());
            }
        });
    }
    return summary;
}

} // namespace halfopen
