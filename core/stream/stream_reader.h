// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/stream/compression.h"
#include "core/stream/far_reader.h"
#include "core/stream/first_line.h"
#include "core/stream/messages.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen::stream {

/// What `halfopenctl stream` says.
class StreamReader final : public FarReader {
public:
    /// @param nonce  what the first line must repeat
    /// @param host   by whose name it is told what is wrong
    StreamReader(std::string_view nonce, std::string host);

    Result<void> feed(ByteView bytes, const Take& take) override;
    bool begun() const override { return m_firstLine.found(); }
    const std::string& noise() const override { return m_firstLine.noise(); }
    std::optional<Error> whyNoHello() const override;

private:
    Result<void> findFirstLine(ByteView& bytes);
    Result<void> feedHello(ByteView& bytes, const Take& take);
    Result<void> feedPlain(ByteView bytes, const Take& take);
    Result<void> takeMessages(const Take& take);
    Result<bool> takeOne(const Take& take);
    Result<void> takeHello(Message&& message, const Take& take);

    std::string m_host;
    FirstLine m_firstLine;
    int m_protocol = kProtocol; ///< that it speaks, as far as it has said so
    std::string m_version;      ///< of Halfopen over there; "": it has not said so
    bool m_saidHello = false;
    std::unique_ptr<Decompressor> m_decompressor; ///< null where the stream is plain
    std::vector<std::byte> m_bytes;               ///< not taken yet
    std::size_t m_taken = 0;                      ///< of m_bytes
    std::optional<Message> m_mark;                ///< whose bytes are awaited
    std::size_t m_awaited = 0;
};

} // namespace halfopen::stream
