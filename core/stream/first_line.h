// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/diag/decode.h"
#include "core/model/error.h"

#include <string>
#include <string_view>

namespace halfopen::stream {

/// Waits for the line "BEGINNING PROTOCOL NONCE"; what a talking .bashrc says before it is passed over. Pure.
class FirstLine {
public:
    /// @param beginning  with a blank behind it
    /// @param host       who is to say it
    FirstLine(std::string_view beginning, std::string_view nonce, std::string host);

    /// @param bytes  what came; what is left of it is behind the line
    /// @return       Unreadable: more than kMostNoise came before it
    Result<void> find(ByteView& bytes);

    bool found() const { return m_found; }
    const std::string& protocol() const { return m_protocol; }
    /// What came before it: of others, and not made harmless.
    const std::string& noise() const { return m_noise; }

private:
    std::string m_host;
    std::string m_beginning;
    std::string m_ending; ///< the line after its protocol
    std::string m_protocol;
    std::string m_noise;
    bool m_found = false;
};

} // namespace halfopen::stream
