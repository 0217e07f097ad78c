// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/error.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace halfopen::ctl {

/// What a stream is asked for.
struct StreamWords {
    std::string nonce;
    std::chrono::milliseconds interval{1000};
    bool zstd = false;
    bool owners = false;
    bool once = false;
    std::string netns; ///< "": the own one

    bool operator==(const StreamWords&) const = default;
};

/// What the other side has asked for where sshd has put another command in its place (SSH_ORIGINAL_COMMAND, sshd(8)):
/// nothing of it is run, and whatever is not understood is refused. Pure. @return Usage
Result<StreamWords> parseForcedCommand(std::string_view command);

/// What the receiver says, one line for one thing.
struct StreamOrder {
    enum class Kind { Ping, Interval, Quit, Other } kind = Kind::Other;
    std::chrono::milliseconds interval{0};
};
/// Lines as they come, in pieces.
class StreamOrders {
public:
    /// @return false where no end of a line is to be expected any more: what comes is not meant for us
    bool add(std::string_view bytes);
    std::optional<StreamOrder> next();

private:
    std::string m_bytes;
};

} // namespace halfopen::ctl
