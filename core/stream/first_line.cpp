// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stream/first_line.h"

#include "core/stream/limits.h"

#include <fmt/format.h>

#include <utility>

namespace halfopen::stream {

FirstLine::FirstLine(std::string_view beginning, std::string_view nonce, std::string host)
    : m_host(std::move(host))
    , m_beginning(beginning)
    , m_ending(fmt::format(" {}\n", nonce)) {}

/// It stands on a line of its own; a line that only ends like it is noise.
Result<void> FirstLine::find(ByteView& bytes) {
    const std::size_t before = m_noise.size();
    m_noise.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    for (std::size_t end = m_noise.find(m_ending); end != std::string::npos; end = m_noise.find(m_ending, end + 1)) {
        const std::size_t start = m_noise.rfind('\n', end) + 1; // npos + 1 is 0
        const std::string line = m_noise.substr(start, end - start);
        if (!line.starts_with(m_beginning) || start > kMostNoise)
            continue;
        m_protocol = line.substr(m_beginning.size());
        bytes = bytes.subspan(end + m_ending.size() - before);
        m_noise.resize(start);
        m_found = true;
        return {};
    }
    bytes = {};
    if (m_noise.size() > kMostNoise + m_beginning.size() + m_ending.size())
        return failure(ErrorCode::Unreadable,
                       Sentence::tr("{0} says more than {1} bytes before it begins: is it halfopenctl that answers?",
                                    m_host, kMostNoise));
    return {};
}

} // namespace halfopen::stream
