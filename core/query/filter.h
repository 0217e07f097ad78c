// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/endpoint.h"
#include "core/model/frame.h"
#include "core/model/row.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen {

/// Plain words, all of which must match. A word is, by what it looks like:
/// - a whole address, an address:port, a port (5432, :5432) or a pid: equal to the local or the remote side's; an
/// address
///   of a link may have its zone (fe80::b%eth0, [fe80::b%2]:22), the name or the index of the interface;
/// - "sk:" and cookies in hex, with commas between them (sk:1d2,1d5): one of these, as `ss -e` names them;
/// - the start of a state, of a diagnosis ("unguarded", "close-w", "estab");
/// - else, any case: part of a process name, its unit or container, a user, an interface or of an address as written.
class Filter {
public:
    Filter() = default;
    explicit Filter(std::string_view words);

    bool empty() const { return m_words.empty(); }
    /// @param frame  where the row's owners and names are
    bool matches(const Row& row, const Frame& frame) const;

private:
    struct Word {
        std::string text; ///< lower case
        std::optional<IpAddress> address;
        std::string zone; ///< of the address; "": any
        std::optional<std::uint16_t> port;
        std::optional<std::int32_t> pid;
        std::optional<std::vector<std::uint64_t>> cookies; ///< rising
    };
    static Word parse(std::string_view word);
    static bool matches(const Word& word, const Row& row, const Frame& frame);
    static bool matchesText(const Word& word, const Row& row, const Frame& frame);

    std::vector<Word> m_words;
};

/// Whether a quick button lets a row through.
bool matches(QuickFilter quick, const Row& row);

} // namespace halfopen
