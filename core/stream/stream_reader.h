// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/stream/compression.h"
#include "core/stream/messages.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen::stream {

/// Reads what the other side says, in pieces of any size, which may be hostile: it keeps no more of it than the limits
/// allow (core/stream/limits.h). One thread.
class StreamReader {
public:
    /// Takes one message, with the kernel's bytes that belong to it (valid during the call only). The first is Hello.
    /// @return why nothing more is to be read
    using Take = std::function<Result<void>(Message&& message, ByteView raw)>;

    /// @param nonce  what the first line must repeat
    explicit StreamReader(std::string_view nonce);

    /// @return Unreadable: the stream is cut off here. NotSupported: it is of another protocol
    Result<void> feed(ByteView bytes, const Take& take);

    /// The first line has come.
    bool begun() const { return m_begun; }
    /// What came before it: of others, and not made harmless.
    const std::string& noise() const { return m_noise; }

private:
    Result<void> findFirstLine(ByteView& bytes);
    Result<void> feedHello(ByteView& bytes, const Take& take);
    Result<void> feedPlain(ByteView bytes, const Take& take);
    Result<void> takeMessages(const Take& take);
    Result<bool> takeOne(const Take& take);
    Result<void> takeHello(Message&& message, const Take& take);

    std::string m_line; ///< the first line after its protocol number
    std::string m_noise;
    bool m_begun = false;
    bool m_saidHello = false;
    std::unique_ptr<Decompressor> m_decompressor; ///< null where the stream is plain
    std::vector<std::byte> m_bytes;               ///< not taken yet
    std::size_t m_taken = 0;                      ///< of m_bytes
    std::optional<Message> m_mark;                ///< whose bytes are awaited
    std::size_t m_awaited = 0;
};

} // namespace halfopen::stream
