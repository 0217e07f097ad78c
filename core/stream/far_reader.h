// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/stream/messages.h"

#include <functional>
#include <optional>
#include <string>
#include <utility>

namespace halfopen::stream {

// Why nothing more of a machine is read.
inline Error noSense(const std::string& host, Sentence why) {
    return {ErrorCode::Unreadable, Sentence::tr("What {0} says makes no sense: {1}.", host, std::move(why))};
}
inline Error tooMuch(const std::string& host) {
    return {ErrorCode::Unreadable, Sentence::tr("{0} tells more than can be true, and is cut off.", host)};
}

/// Reads what the other side says, in pieces of any size, which may be hostile: it keeps no more of it than the limits
/// allow (core/stream/limits.h). One thread.
class FarReader {
public:
    /// Takes one message, with the kernel's bytes that belong to it (valid during the call only). The first is Hello.
    /// @return why nothing more is to be read
    using Take = std::function<Result<void>(Message&& message, ByteView raw)>;

    FarReader() = default;
    virtual ~FarReader() = default;
    FarReader(const FarReader&) = delete;
    FarReader& operator=(const FarReader&) = delete;

    /// @return Unreadable: what it says is cut off here. NotSupported: it is of another protocol
    virtual Result<void> feed(ByteView bytes, const Take& take) = 0;

    /// The first line has come.
    virtual bool begun() const = 0;
    /// What came before it: of others, and not made harmless.
    virtual const std::string& noise() const = 0;

    /// Why no Hello came, where that is known by the first line.
    virtual std::optional<Error> whyNoHello() const { return std::nullopt; }
};

} // namespace halfopen::stream
