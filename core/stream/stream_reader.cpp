// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stream/stream_reader.h"

#include "core/kernel/diag/netlink_message.h"
#include "core/stream/limits.h"

#include "halfopen_version.h"
#include <fmt/format.h>

#include <bit>
#include <charconv>
#include <cstring>
#include <utility>

namespace halfopen::stream {

namespace {

constexpr std::string_view kBeginning = "halfopen stream ";

/// Whichever is the older one has to be replaced. @param theirs  "": not known
Sentence anotherProtocol(const std::string& host, int protocol, const std::string& theirs) {
    const std::string ours(kVersion);
    if (theirs.empty())
        return Sentence::tr("{0} speaks protocol {1}, and this program protocol {2} (Halfopen {3}): install the same "
                            "version of the package halfopen-tools on both.",
                            host, protocol, kProtocol, ours);
    if (protocol > kProtocol)
        return Sentence::tr("{0} speaks protocol {1} (Halfopen {2}), and this program protocol {3} (Halfopen {4}): "
                            "install Halfopen {2} here.",
                            host, protocol, theirs, kProtocol, ours);
    return Sentence::tr("{0} speaks protocol {1} (Halfopen {2}), and this program protocol {3} (Halfopen {4}): install "
                        "the package halfopen-tools there, of version {4}.",
                        host, protocol, theirs, kProtocol, ours);
}

std::size_t bytesBehind(const Message& message) {
    if (const auto* batch = std::get_if<BatchMark>(&message))
        return batch->bytes;
    if (const auto* events = std::get_if<EventsMark>(&message))
        return events->bytes;
    return 0;
}

} // namespace

StreamReader::StreamReader(std::string_view nonce, std::string host)
    : m_host(std::move(host))
    , m_firstLine(kBeginning, nonce, m_host) {}

Result<void> StreamReader::findFirstLine(ByteView& bytes) {
    if (auto searched = m_firstLine.find(bytes); !searched)
        return searched;
    if (!m_firstLine.found())
        return {};
    const std::string& protocol = m_firstLine.protocol();
    const char* const end = protocol.data() + protocol.size();
    const auto [behind, error] = std::from_chars(protocol.data(), end, m_protocol);
    if (error != std::errc() || behind != end || m_protocol <= 0)
        return tl::unexpected(noSense(m_host, Sentence::tr("it does not say who it is")));
    return {};
}

std::optional<Error> StreamReader::whyNoHello() const {
    if (m_protocol == kProtocol)
        return std::nullopt;
    return Error{ErrorCode::NotSupported, anotherProtocol(m_host, m_protocol, m_version)};
}

Result<void> StreamReader::feed(ByteView bytes, const Take& take) {
    if (!m_firstLine.found())
        if (auto found = findFirstLine(bytes); !found)
            return found;
    if (!m_saidHello)
        if (auto taken = feedHello(bytes, take); !taken)
            return tl::unexpected(whyNoHello().value_or(taken.error()));
    if (!m_decompressor)
        return feedPlain(bytes, take);
    std::vector<std::byte> plain;
    do {
        plain.clear();
        if (auto read = m_decompressor->read(bytes, plain); !read)
            return tl::unexpected(noSense(m_host, read.error().sentence));
        if (auto taken = feedPlain(plain, take); !taken)
            return taken;
    } while (!bytes.empty() || !plain.empty());
    return {};
}

/// Byte for byte as far as it goes: what is behind it may be compressed.
Result<void> StreamReader::feedHello(ByteView& bytes, const Take& take) {
    while (!m_saidHello && !bytes.empty()) {
        m_bytes.push_back(bytes.front());
        bytes = bytes.subspan(1);
        if (m_bytes.size() < sizeof(nlmsghdr))
            continue;
        nlmsghdr head{};
        std::memcpy(&head, m_bytes.data(), sizeof head);
        if (head.nlmsg_len > kMostHello || head.nlmsg_type != NLMSG_NOOP)
            return tl::unexpected(noSense(m_host, Sentence::tr("it does not say who it is")));
        if (m_bytes.size() < NLMSG_ALIGN(head.nlmsg_len))
            continue;
        if (auto taken = takeMessages(take); !taken)
            return taken;
    }
    return {};
}

Result<void> StreamReader::feedPlain(ByteView bytes, const Take& take) {
    m_bytes.insert(m_bytes.end(), bytes.begin(), bytes.end());
    auto taken = takeMessages(take);
    m_bytes.erase(m_bytes.begin(), m_bytes.begin() + static_cast<std::ptrdiff_t>(std::exchange(m_taken, 0)));
    return taken;
}

Result<void> StreamReader::takeMessages(const Take& take) {
    while (true) {
        const auto more = takeOne(take);
        if (!more)
            return tl::unexpected(more.error());
        if (!*more)
            return {};
    }
}

/// @return false where the next one is not there as a whole
Result<bool> StreamReader::takeOne(const Take& take) {
    const ByteView rest = ByteView(m_bytes).subspan(m_taken);
    if (m_mark) {
        if (rest.size() < m_awaited)
            return false;
        m_taken += m_awaited;
        Message mark = std::move(*m_mark);
        m_mark.reset();
        if (auto taken = take(std::move(mark), rest.first(m_awaited)); !taken)
            return tl::unexpected(taken.error());
        return true;
    }
    nlmsghdr head{};
    if (rest.size() < sizeof head)
        return false;
    std::memcpy(&head, rest.data(), sizeof head);
    if (head.nlmsg_type != NLMSG_NOOP || head.nlmsg_len < sizeof head || head.nlmsg_len > kMostMessage)
        return tl::unexpected(
            noSense(m_host, Sentence::tr("a message of type {0} and {1} bytes", head.nlmsg_type, head.nlmsg_len)));
    const std::size_t whole = NLMSG_ALIGN(std::size_t{head.nlmsg_len});
    if (rest.size() < whole)
        return false;
    m_taken += whole;
    auto message = decode(rest.subspan(sizeof head, head.nlmsg_len - sizeof head));
    if (!message)
        return tl::unexpected(noSense(m_host, message.error().sentence));
    if (!m_saidHello) {
        if (auto taken = takeHello(std::move(*message), take); !taken)
            return tl::unexpected(taken.error());
        return true;
    }
    if (std::holds_alternative<Hello>(*message))
        return tl::unexpected(noSense(m_host, Sentence::tr("it says twice who it is")));
    m_awaited = bytesBehind(*message);
    if (m_awaited > 0)
        m_mark = std::move(*message);
    else if (auto taken = take(std::move(*message), {}); !taken)
        return tl::unexpected(taken.error());
    return true;
}

Result<void> StreamReader::takeHello(Message&& message, const Take& take) {
    auto* hello = std::get_if<Hello>(&message);
    if (!hello)
        return tl::unexpected(noSense(m_host, Sentence::tr("it does not say who it is")));
    m_version = hello->version;
    if (hello->protocol != kProtocol)
        m_protocol = hello->protocol;
    if (const auto why = whyNoHello())
        return tl::unexpected(*why);
    if (hello->littleEndian != (std::endian::native == std::endian::little))
        return failure(ErrorCode::NotSupported,
                       Sentence::tr("{0} is a machine of the other byte order, which cannot be read here.", m_host));
    if (hello->zstd)
        m_decompressor = Decompressor::make();
    if (hello->zstd && !m_decompressor)
        return tl::unexpected(noSense(m_host, Sentence::tr("it compresses, which nobody has asked for")));
    hello->noise = m_firstLine.noise();
    m_saidHello = true;
    m_bytes.clear();
    m_taken = 0;
    return take(std::move(message), {});
}

} // namespace halfopen::stream
